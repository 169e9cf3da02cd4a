using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Watchdog.Bench.Fleet;
using Watchdog.Cli;
using Watchdog.Cli.Demo;
using Watchdog.Diagnostics;
using Watchdog.Http;
using Watchdog.Http.Access;
using Watchdog.Http.Access.Sessions;

namespace Watchdog.Bench.Pages;

/// <summary><c>scripts/bench pages</c>: reviewers on the ops pages over a private Postgres with many open cases, while things change.</summary>
internal static class PagesCommand
{
    private const double Goal = 20;
    private static readonly TimeSpan Warm = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Changes = TimeSpan.FromSeconds(3);

    public static async Task<int> RunAsync(string[] args)
    {
        var (cases, reviewers, seconds, path) = (Number("--cases", 10_000), Number("--reviewers", 50), Number("--seconds", 30), Text("--out"));
        using var folder = new ScratchFolder();
        using var host = OpsHost.Build(folder.Path);
        await using var services = (IAsyncDisposable)host;
        await SchemaGate.PassAsync(host.Services, CancellationToken.None);
        var database = host.Services.GetRequiredService<NpgsqlDataSource>();
        var clocks = host.Services.GetRequiredService<Clocks>();
        await MadeLedger.MakeAsync(database, new(5 * cases, cases, cases, cases, cases), clocks.Fleet.GetUtcNow());
        await host.StartAsync();
        var site = host.Services.GetRequiredService<HttpListening>().Address!;
        List<long> changes = [];
        using var end = new CancellationTokenSource();
        var changing = ChangeAsync();
        var sessions = host.Services.GetRequiredService<SessionBook>();
        List<byte[]> secrets = [];
        for (var i = 0; i < reviewers; i++)
        {
            secrets.Add(await sessions.BeginAsync($"reviewer {i}", Role.Operator, "oidc", TimeSpan.FromHours(1), CancellationToken.None));
        }

        var postgres = ServerOf(folder.Path);
        var (serverCpu, postgresCpu) = (0.0, 0.0);
        var told = await BrowserProcess.RunAsync(site, secrets, cases, Warm, TimeSpan.FromSeconds(seconds), () => (serverCpu, postgresCpu) = (Own(), ProcessCost.CpuOfFamily(postgres)));
        var used = new Cpu((Own() - serverCpu) / seconds, (ProcessCost.CpuOfFamily(postgres) - postgresCpu) / seconds);
        await end.CancelAsync();
        await changing;
        double[] heard = [.. told.Heard.Select(at => changes.LastOrDefault(change => change < at)).Zip(told.Heard, (change, at) => Stopwatch.GetElapsedTime(change, at).TotalMilliseconds)];
        var table = PagesTable.Of(cases, reviewers, seconds, Warm, Changes, told.Seen, heard, used, Goal);
        Console.WriteLine(table);
        if (path is not null)
        {
            await File.WriteAllTextAsync(path, table);
        }

        await host.StopAsync();
        return told.Seen.All(one => one.Status == 200) && PagesTable.Quantile([.. told.Seen.Select(one => one.ServerMs)], 0.99) < Goal ? 0 : 1;

        async Task ChangeAsync()
        {
            try
            {
                while (true)
                {
                    await Task.Delay(Changes, TimeProvider.System, end.Token);
                    changes.Add(Stopwatch.GetTimestamp());
                    await MadeLedger.ChangeAsync(database, clocks.Fleet.GetUtcNow(), end.Token);
                }
            }
            catch (OperationCanceledException)
            {
                // The time is over.
            }
        }

        string? Text(string name) => Array.IndexOf(args, name) is var at && at >= 0 && at + 1 < args.Length ? args[at + 1] : null;
        int Number(string name, int otherwise) => Text(name) is { } text ? int.Parse(text, CultureInfo.InvariantCulture) : otherwise;
    }

    // Without what it started: neither Postgres nor the browsers.
    private static double Own() => Process.GetCurrentProcess().TotalProcessorTime.TotalSeconds;

    private static int ServerOf(string folder) => int.Parse(File.ReadLines(Path.Combine(folder, "postgres", "postmaster.pid")).First(), CultureInfo.InvariantCulture);
}
