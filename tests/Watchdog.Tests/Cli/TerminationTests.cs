using System.Diagnostics;

namespace Watchdog.Tests.Cli;

/// <summary>What a service manager's SIGTERM comes to on a machine that is slow just then.</summary>
public sealed class TerminationTests
{
    private static readonly TimeSpan Standstill = TimeSpan.FromSeconds(4);

    [Fact]
    public async Task A_program_that_stands_still_for_seconds_after_its_signal_ends_in_order_all_the_same()
    {
        await using var region = BuiltProgram.Start(["simulate", "--vms", "10", "--port", "0"], new Dictionary<string, string>());
        await region.WaitForAsync(line => line.Contains("http://", StringComparison.Ordinal) ? line : null);

        // In one go: it is at its end when it comes to a halt.
        using (var sender = Process.Start("/bin/sh", ["-c", $"kill -TERM {region.Id}; kill -STOP {region.Id}"]))
        {
            await sender.WaitForExitAsync();
        }

        await Task.Delay(Standstill, TimeProvider.System);
        await region.ResumeAsync();
        var ended = (await region.EndAsync()).With(0);
        Assert.Contains("refused by token buckets: 0", ended.Output, StringComparison.Ordinal);
    }
}
