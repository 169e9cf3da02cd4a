using System.Globalization;
using Xunit.Abstractions;

namespace Watchdog.ClusterTests;

/// <summary>SIGKILL to one of two workers and to two of three, in the middle of a sweep and in the middle of a quarantine: the others take over.</summary>
public sealed class WorkerKillDrill(ITestOutputHelper output)
{
    private const int Acts = 12;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    public static TheoryData<int, string> Moments => Quick.Is
        ? new() { { 2, "quarantine" } }
        : new() { { 2, "sweep" }, { 2, "quarantine" }, { 3, "sweep" }, { 3, "quarantine" } };

    [Theory]
    [MemberData(nameof(Moments))]
    [Trait("Category", "Drill")]
    public async Task All_but_one_of_the_workers_are_killed_and_the_last_takes_their_work_over(int workers, string moment)
    {
        await using var stage = await ClusterStage.SetAsync(workers);
        var interrupted = moment == "sweep" ? await KillInSweepAsync(stage) : await KillInQuarantineAsync(stage);
        while (stage.Workers.Count > 1)
        {
            await stage.KillAsync(stage.Workers[0]);
        }

        var end = TimeProvider.System.GetUtcNow();
        if (moment == "sweep")
        {
            await stage.AskForActsAsync(Acts);
        }

        var (seconds, late) = await stage.AssertJudgedAgainAsync(end, interrupted);
        var whole = await stage.AssertWholeAsync(Acts, more: stage.Kills);
        output.Tell(string.Create(CultureInfo.InvariantCulture,
            $"{stage.Kills} of {workers} workers killed in mid-{moment}, {interrupted.Count} shards in their run: all judged again in {seconds:F1} s, none more than {late:F1} s past its second; {whole}"));
    }

    // Stands still at an instant at which the store has runs of it, and is killed there.
    private static async Task<List<int>> KillInSweepAsync(ClusterStage stage)
    {
        var worker = stage.Workers[0];
        await stage.PauseAmidAsync(worker, "Shard");
        var running = await stage.ExecutingAsync(worker);
        await stage.KillAsync(worker);
        return running;
    }

    private static async Task<List<int>> KillInQuarantineAsync(ClusterStage stage)
    {
        await stage.AskForActsAsync(Acts);
        await stage.ReachesAsync("select count(*) from step s join act a on a.id = s.act_id where a.state = 'executing' and s.called_at is not null", 3, Patience);
        var holder = await stage.HolderAsync("actuator");
        Assert.NotNull(holder);
        await holder.PauseAsync();
        var running = await stage.ExecutingAsync(holder);
        Assert.True(await stage.ScalarAsync<long>("select count(*) from act where state = 'executing'") > 0, stage.Said);
        await stage.KillAsync(holder);
        return running;
    }
}
