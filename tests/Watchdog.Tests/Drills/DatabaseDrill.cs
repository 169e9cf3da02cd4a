
namespace Watchdog.Tests.Drills;

/// <summary>The private server of a running worker is killed: the worker starts it again and goes on by itself.</summary>
public sealed class DatabaseDrill
{
    [Fact]
    [Trait("Category", "Drill")]
    public async Task A_worker_whose_database_goes_away_sweeps_on_and_ends_when_it_is_told_to()
    {
        var (region, url) = await BuiltProgram.SimulateAsync("--vms", "100");
        await using var simulator = region;
        await using var folder = new WorkerFolder();
        await using var worker = BuiltProgram.Start(["run", "--data", folder.Path], BuiltProgram.On(url, null, ("Storage__RelaxedDurability", "true")));
        const string Swept = "select count(distinct at) from shard_run";
        Assert.True(await folder.ReachesAsync(Swept, 1, Child.Patience), worker.Said);

        await folder.KillServerAsync();

        // The listing goes on, and so do the shards' sweeps.
        Assert.True(await folder.ReachesAsync("select count(*) from vm", 1, Child.Patience), worker.Said);
        var before = await folder.CountAsync(Swept) ?? 0;
        Assert.True(await folder.ReachesAsync(Swept, before + 16, Child.Patience), worker.Said);
        Assert.Equal(0, await folder.CountAsync("select count(*) from act"));
        var ended = await worker.StopAsync();
        Assert.True(ended.ExitCode is 0 or 130, ended.Told);
    }
}
