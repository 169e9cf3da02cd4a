using System.Globalization;
using Xunit.Abstractions;

namespace Watchdog.ClusterTests;

/// <summary>What two workers go through without dying: a pause longer than their leases, a database that restarts or is away, an AWS that fails in many ways at once.</summary>
public sealed class OutageDrill(ITestOutputHelper output)
{
    private const int Acts = 12;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(25);
    // A minute, and enough beyond it that some shards missed their second for longer than the scheduler calls late.
    private static readonly TimeSpan Away = TimeSpan.FromSeconds(75);
    private static readonly TimeSpan FaultsFrom = TimeSpan.FromSeconds(120);
    private static readonly TimeSpan FaultsFor = TimeSpan.FromSeconds(90);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    public static TheoryData<string> Failures => ["paused", "restarted", "away"];

    [Theory]
    [MemberData(nameof(Failures))]
    [Trait("Category", "Drill")]
    [Trait("Drill", "Long")]
    public async Task The_workers_live_on_and_everything_goes_on(string failure)
    {
        await using var stage = await ClusterStage.SetAsync(2);
        await stage.AskForActsAsync(Acts);
        await stage.ReachesAsync("select count(*) from step s join act a on a.id = s.act_id where a.state = 'executing' and s.called_at is not null", 3, Patience);
        switch (failure)
        {
            case "paused":
                var holder = (await stage.HolderAsync("actuator"))!;
                await holder.PauseAsync();
                await Task.Delay(Pause, TimeProvider.System);
                await holder.ResumeAsync();
                break;
            case "restarted":
                await stage.RestartServerAsync();
                break;
            default:
                stage.Proxy.GoAway();
                await Task.Delay(Away, TimeProvider.System);
                stage.Proxy.ComeBack();
                break;
        }

        var (seconds, late) = await stage.AssertJudgedAgainAsync(TimeProvider.System.GetUtcNow(), []);
        var whole = await stage.AssertWholeAsync(Acts, more: 2);
        var what = failure switch { "paused" => "a worker paused for 25 s", "restarted" => "the database restarted", _ => "the database unreachable for 75 s" };
        output.Tell(string.Create(CultureInfo.InvariantCulture, $"{what} in mid-quarantine: all shards judged again in {seconds:F1} s, none more than {late:F1} s past its second; {whole}"));
    }

    [Fact]
    [Trait("Category", "Drill")]
    [Trait("Drill", "Long")]
    public async Task Aws_throttles_drops_and_hangs_and_nothing_is_lost_or_doubled()
    {
        await using var stage = await ClusterStage.SetAsync(2,
            "--fault", "throttle=0.3", "--fault", "drop=0.05", "--fault", "hang=0.01",
            "--fault-from", FaultsFrom.TotalSeconds.ToString(CultureInfo.InvariantCulture), "--fault-for", FaultsFor.TotalSeconds.ToString(CultureInfo.InvariantCulture));
        var end = stage.Began + FaultsFrom + FaultsFor;
        Assert.True(TimeProvider.System.GetUtcNow() < end - FaultsFor, "the faults began before every shard was judged once");
        await Task.Delay(end - FaultsFor - TimeProvider.System.GetUtcNow(), TimeProvider.System);
        await stage.AskForActsAsync(Acts);
        await Task.Delay(end - TimeProvider.System.GetUtcNow(), TimeProvider.System);

        var (seconds, late) = await stage.AssertJudgedAgainAsync(end, []);
        // A change that hung past its time-out took effect unseen.
        var whole = await stage.AssertWholeAsync(Acts, more: 6);
        output.Tell(string.Create(CultureInfo.InvariantCulture,
            $"30 % of calls throttled, 5 % dropped, 1 % hanging for {FaultsFor.TotalSeconds:F0} s: all shards judged again in {seconds:F1} s, none more than {late:F1} s past its second; {whole}"));
    }
}
