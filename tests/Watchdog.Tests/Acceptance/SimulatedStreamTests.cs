using Watchdog.Tests.Aws;
using Watchdog.Tests.Intake;

namespace Watchdog.Tests.Acceptance;

/// <summary><c>watchdog simulate --stream</c> in a process of its own, and a receiver here.</summary>
public sealed class SimulatedStreamTests
{
    [Fact]
    public async Task The_program_delivers_its_backlog_and_tells_what_was_taken()
    {
        await using var world = await StreamWorld.CreateAsync(SimulatedAws.Vms(1));
        var worker = await world.WorkAsync();
        var (process, _) = await BuiltProgram.SimulateAsync(
            "--vms", "30", "--stream", worker.Endpoint.ToString(), "--stream-key", StreamWorld.Key, "--stream-backlog", "30", "--stream-fault", "duplicate=1");
        await using (process)
        {
            // This receiver lives in another year: it acknowledges what it cannot use.
            var told = await process.WaitForAsync(line => line.StartsWith("streamed until ", StringComparison.Ordinal) && !line.Contains(": 0 points", StringComparison.Ordinal) ? line : null);
            Assert.EndsWith(" bytes", told, StringComparison.Ordinal);
            Assert.Contains(", 0 retries, 0 lost, ", told, StringComparison.Ordinal);
        }

        Assert.Equal(0, await world.Database.ScalarAsync<long>("select count(*) from metric_window"));
    }
}
