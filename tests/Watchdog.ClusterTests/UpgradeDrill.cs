using System.Globalization;
using Xunit.Abstractions;

namespace Watchdog.ClusterTests;

/// <summary>
/// A rolling upgrade: each of two workers gets SIGTERM in the middle of a sweep, or while acts are carried out, ends by itself, and is started anew
/// beside the other.
/// </summary>
public sealed class UpgradeDrill(ITestOutputHelper output)
{
    private const int Acts = 12;
    // What the worker gives its jobs at most.
    private static readonly TimeSpan LongestEnd = TimeSpan.FromSeconds(75);
    // A shard runs once a minute: a run that began within this was the one under way.
    private static readonly TimeSpan HalfAMinute = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    public static TheoryData<string> Moments => Quick.Is ? new() { "quarantine" } : new() { "sweep", "quarantine" };

    [Theory]
    [MemberData(nameof(Moments))]
    [Trait("Category", "Drill")]
    public async Task Each_worker_ends_with_its_work_done_or_handed_over_and_its_successor_joins(string moment)
    {
        await using var stage = await ClusterStage.SetAsync(2);
        var left = stage.Workers.ToList();
        List<double> ends = [];
        List<(double Seconds, double Late)> again = [];
        var (amidShards, finishedShards, amidActs) = (0, 0, 0);
        while (left.Count > 0)
        {
            var old = left[0];
            if (moment == "quarantine")
            {
                var before = await stage.ScalarAsync<long>("select coalesce(max(id), 0) from act");
                await stage.AskForActsAsync(Acts / 2);
                await stage.ReachesAsync(
                    $"select count(*) from step s join act a on a.id = s.act_id where a.id > {before} and a.state = 'executing' and s.called_at is not null", 1, Patience);
                // The first is the one that acts at this moment; the second is met while it does, or while the first one's successor does.
                old = left.Count == 2 ? (await stage.HolderAsync("actuator"))! : old;
                await old.PauseAsync();
                Assert.True(await stage.ScalarAsync<long>($"select count(*) from act where id > {before} and state = 'executing'") > 0, stage.Said);
            }
            else
            {
                await stage.PauseAmidAsync(old, "Shard");
            }

            var shards = await stage.ExecutingAsync(old);
            amidShards += shards.Count;
            amidActs += (await stage.ExecutingAsync(old, "Actuator")).Count;
            var asked = TimeProvider.System.GetUtcNow();
            var ended = await stage.TermAsync(old);
            ends.Add((TimeProvider.System.GetUtcNow() - asked).TotalSeconds);
            Assert.Equal(0, ended.ExitCode);
            Assert.InRange(ends[^1], 0, LongestEnd.TotalSeconds);
            Assert.Equal(0L, await stage.ScalarAsync<long>($"select count(*) from qrtz_fired_triggers where {ClusterStage.IsNode("instance_name", old)}"));
            var finished = await stage.ReadAsync(
                $"select shard from shard_run where {ClusterStage.IsNode("node", old)} and at > $1", reader => (int)reader.GetInt16(0), asked - HalfAMinute);
            finishedShards += shards.Intersect(finished).Count();
            left.Remove(old);
            stage.StartWorker();
            again.Add(await stage.AssertJudgedAgainAsync(asked, [.. shards.Except(finished)]));
        }

        if (moment == "sweep")
        {
            await stage.AskForActsAsync(Acts);
        }

        foreach (var successor in stage.Workers)
        {
            await stage.ReachesAsync($"select count(*) from shard_run where {ClusterStage.IsNode("node", successor)}", 1, Patience);
        }

        var whole = await stage.AssertWholeAsync(Acts, more: 0);
        output.Tell(string.Create(CultureInfo.InvariantCulture,
            $"each of two workers in turn told to end in mid-{moment} and started anew ({amidShards} shards in their run, {finishedShards} of them finished, the rest handed over; {amidActs} times amid acts): each ended by itself with 0, after {ends.Max():F1} s at most; all shards judged again in {again.Max(a => a.Seconds):F1} s, none more than {again.Max(a => a.Late):F1} s past its second; {whole}"));
    }
}
