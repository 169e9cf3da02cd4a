using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace Watchdog.Bench.Pages;

/// <summary>What the browsers' process tells at its end.</summary>
/// <param name="Seen">Their requests.</param>
/// <param name="Heard">When each was told of a change: the kernel's monotonic clock, which is the same for all processes.</param>
internal sealed record BrowsersTold(IReadOnlyList<Seen> Seen, IReadOnlyList<long> Heard);

/// <summary>The reviewers' browsers in a process of their own, so that neither their threads nor their garbage are the server's.</summary>
internal static class BrowserProcess
{
    public const string Name = "pages-browsers";

    /// <summary>Starts it; it looks for some seconds, forgets what it saw while warming, and tells the rest.</summary>
    public static async Task<BrowsersTold> RunAsync(Uri site, IEnumerable<byte[]> sessions, int cases, TimeSpan warm, TimeSpan looks, Action warmed)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardInput = true, RedirectStandardOutput = true };
        foreach (var argument in new[] { Name, site.ToString(), Text(cases), Text(warm.TotalSeconds), Text(looks.TotalSeconds) })
        {
            start.ArgumentList.Add(argument);
        }

        using var process = Process.Start(start)!;
        await process.StandardInput.WriteLineAsync(string.Join(' ', sessions.Select(Convert.ToHexString)));
        await process.StandardOutput.ReadLineAsync();
        warmed();
        var told = JsonSerializer.Deserialize<BrowsersTold>(await process.StandardOutput.ReadToEndAsync())!;
        await process.WaitForExitAsync();
        return told;

        static string Text(double value) => value.ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>What it does.</summary>
    public static async Task<int> MainAsync(string[] args)
    {
        var (site, cases, warm, looks) = (new Uri(args[0]), (int)Number(1), TimeSpan.FromSeconds(Number(2)), TimeSpan.FromSeconds(Number(3)));
        var sessions = (await Console.In.ReadLineAsync())!.Split(' ').Select(Convert.FromHexString);
        ConcurrentBag<Seen> seen = [];
        ConcurrentBag<long> heard = [];
        using var end = new CancellationTokenSource(warm + looks);
        Reviewer[] reviewers = [.. sessions.Select((session, i) => new Reviewer(site, session, cases, i, seen, heard))];
        var running = Task.WhenAll(reviewers.SelectMany(one => (Task[])[Ended(one.LookAsync(end.Token)), Ended(one.ListenAsync(end.Token))]));
        await Task.Delay(warm, TimeProvider.System);
        seen.Clear();
        heard.Clear();
        Console.WriteLine("warm");
        await running;
        foreach (var one in reviewers)
        {
            one.Dispose();
        }

        Console.WriteLine(JsonSerializer.Serialize(new BrowsersTold([.. seen], [.. heard])));
        return 0;

        double Number(int at) => double.Parse(args[at], CultureInfo.InvariantCulture);

        static async Task Ended(Task task)
        {
            try
            {
                await task;
            }
            catch (OperationCanceledException)
            {
                // The time is over.
            }
        }
    }
}
