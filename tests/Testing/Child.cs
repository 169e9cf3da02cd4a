using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text;

namespace Watchdog.Testing;

/// <summary>A child process with its texts; killed, by its id, when disposed of.</summary>
public sealed class Child : IAsyncDisposable
{
    /// <summary>No child of a test may take longer, whatever else the machine is doing.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(180);
    private readonly Process process;
    private readonly string called;
    private readonly ConcurrentQueue<string> lines = new();
    private readonly Task<string> output;
    private readonly Task<string> errors;

    private Child(ProcessStartInfo start)
    {
        called = $"{Path.GetFileName(start.FileName)} {string.Join(' ', start.ArgumentList)}";
        process = Process.Start(start)!;
        output = ReadAsync(process.StandardOutput);
        errors = ReadAsync(process.StandardError);
    }

    public int Id => process.Id;

    /// <summary>Starts a program with no proxy and no AWS settings but those given here.</summary>
    public static Child Start(string program, IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? environment = null)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };
        foreach (var name in start.Environment.Keys.Where(IsForeign).ToList())
        {
            start.Environment.Remove(name);
        }

        start.Environment["AWS_EC2_METADATA_DISABLED"] = "true";
        start.Environment["AWS_CONFIG_FILE"] = start.Environment["AWS_SHARED_CREDENTIALS_FILE"] = "/nonexistent";
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
        {
            start.Environment[name] = value;
        }

        return new Child(start);
    }

    /// <summary>Waits for its own end.</summary>
    /// <exception cref="TimeoutException">It did not come; the message holds what the child wrote.</exception>
    public async Task<Ended> EndAsync(TimeSpan? patience = null)
    {
        try
        {
            await process.WaitForExitAsync().WaitAsync(patience ?? Patience, TimeProvider.System);
        }
        catch (TimeoutException)
        {
            throw new TimeoutException($"'{called}' does not end:\n{Said}");
        }

        return new Ended(called, process.ExitCode, await output, await errors);
    }

    /// <summary>The first line, written or still to come, for which this is not null.</summary>
    public async Task<T> WaitForAsync<T>(Func<string, T?> find)
        where T : class
    {
        var since = TimeProvider.System.GetTimestamp();
        while (true)
        {
            var ended = process.HasExited;
            if (lines.Select(find).FirstOrDefault(found => found is not null) is { } found)
            {
                return found;
            }

            if (ended || TimeProvider.System.GetElapsedTime(since) > Patience)
            {
                throw new TimeoutException($"'{called}' {(ended ? $"ended with {process.ExitCode}" : "does not say it")}:\n{Said}");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System);
        }
    }

    /// <summary>Everything written so far, for messages.</summary>
    public string Said => string.Join('\n', lines);

    /// <summary>SIGKILL, as the machine's memory killer sends it.</summary>
    public async Task KillAsync()
    {
        process.Kill();
        await process.WaitForExitAsync();
    }

    /// <summary>SIGTERM, as a service manager sends it, and the end that follows.</summary>
    public async Task<Ended> StopAsync()
    {
        await SignalAsync("TERM");
        return await EndAsync();
    }

    /// <summary>SIGSTOP: it stands still, as a machine that is moved or out of memory lets it.</summary>
    public Task PauseAsync() => SignalAsync("STOP");

    /// <summary>SIGCONT: it goes on where it stood.</summary>
    public Task ResumeAsync() => SignalAsync("CONT");

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            await KillAsync();
        }

        process.Dispose();
    }

    private async Task SignalAsync(string signal)
    {
        using var sender = Process.Start("/bin/sh", ["-c", $"kill -{signal} {process.Id}"]);
        await sender.WaitForExitAsync();
    }

    private static bool IsForeign(string name) =>
        name.StartsWith("AWS_", StringComparison.Ordinal) || name.StartsWith("WATCHDOG_", StringComparison.Ordinal)
        || name.EndsWith("_PROXY", StringComparison.OrdinalIgnoreCase);

    private async Task<string> ReadAsync(StreamReader reader)
    {
        var text = new StringBuilder();
        while (await reader.ReadLineAsync() is { } line)
        {
            lines.Enqueue(line);
            text.AppendLine(line);
        }

        return text.ToString();
    }
}

/// <summary>How a child ended, and what it wrote.</summary>
public sealed record Ended(string Called, int ExitCode, string Output, string Errors)
{
    /// <summary>For assertion messages.</summary>
    public string Told => $"'{Called}' ended with {ExitCode}.\n--- standard output\n{Output}\n--- standard error\n{Errors}";

    /// <summary>The exit code is as it should be, and nobody was shown a stack trace.</summary>
    public Ended With(int exitCode)
    {
        Assert.True(ExitCode == exitCode, $"expected {exitCode}: {Told}");
        Assert.False(Errors.Contains("Unhandled exception", StringComparison.Ordinal) || Errors.Contains("   at Watchdog.", StringComparison.Ordinal), Told);
        return this;
    }
}
