using Watchdog.Ledger;
using Xunit.Abstractions;

namespace Watchdog.Tests.Drills;

/// <summary>
/// DESIGN law 7 on the real program: killed by SIGKILL before and after every change in AWS and before every COMMIT of a pass, then started
/// again, it has done one act, doubled none, lost none, and left no interface open.
/// </summary>
public abstract class CrashDrill(ITestOutputHelper output, string kind)
{
    private const int Vms = 72;
    // The audit's seal at a pass's end is not reached by every life at the same COMMIT.
    private const int Slack = 4;

    [Fact]
    [Trait("Category", "Drill")]
    public async Task Killed_at_any_point_an_act_and_its_release_are_done_once_and_whole()
    {
        await using var stage = await CrashStage.SetAsync(Vms);
        var vms = new Queue<string>(stage.Region.Ids);
        var round = new CrashRound(stage, kind);

        // A life that nobody kills shows how many points there are.
        var calm = await round.BeginAsync(vms.Dequeue());
        await stage.LiveAsync();
        var acting = stage.Counted;
        await round.AssertDoneAsync(calm, null);
        await stage.AskAsync(RequestKinds.Release, calm.CaseId);
        await stage.LiveAsync();
        var releasing = stage.Counted;
        await round.AssertReleasedAsync(calm, null);

        var (acts, releases) = (Chosen(Points(acting), 1), Chosen(Points(releasing), 2));
        int points = 0;
        while (acts.Count + releases.Count > 0)
        {
            var subject = await round.BeginAsync(vms.Dequeue());
            points += await round.SurviveAsync(acts, () => round.AssertDoneAsync(subject, acts.Last)) ? 1 : 0;
            await stage.AskAsync(RequestKinds.Release, subject.CaseId);
            points += await round.SurviveAsync(releases, () => round.AssertReleasedAsync(subject, releases.Last)) ? 1 : 0;
        }

        output.Tell($"{kind}: {points} kill points over {stage.Lives} lives ({acting.Changes} changes and {acting.Commits} commits of the act, "
            + $"{releasing.Changes} and {releasing.Commits} of its release).");
        Assert.True(points >= (Quick.Is ? 2 : (2 * acting.Changes) + acting.Commits + (2 * releasing.Changes) + releasing.Commits - Slack), $"{points} points");
    }

    private static List<KillPoint> Points((long Changes, long Commits) of) =>
    [
        .. Numbers(of.Changes).Select(n => new KillPoint(Moment.BeforeChange, n)), .. Numbers(of.Changes).Select(n => new KillPoint(Moment.AfterChange, n)),
        .. Numbers(of.Commits).Select(n => new KillPoint(Moment.BeforeCommit, n)),
    ];

    private static IEnumerable<long> Numbers(long to) => Enumerable.Range(1, (int)to).Select(n => (long)n);

    private static PointQueue Chosen(List<KillPoint> all, int seed)
    {
        if (!Quick.Is)
        {
            return new PointQueue(all);
        }

        var chance = new Random(20261122 + seed);
        return new PointQueue([.. all.GroupBy(point => point.Moment).SelectMany(of => of.OrderBy(_ => chance.Next()).Take(1))]);
    }
}

/// <summary>A VM with four interfaces on different groups.</summary>
public sealed class CrashQuarantineDrill(ITestOutputHelper output) : CrashDrill(output, ActKinds.Quarantine);

/// <summary>A VM that a release starts again.</summary>
public sealed class CrashStopDrill(ITestOutputHelper output) : CrashDrill(output, ActKinds.Stop);

/// <summary>Kill points that are still to be tried, and the one tried last.</summary>
internal sealed class PointQueue(IEnumerable<KillPoint> points)
{
    private readonly Queue<KillPoint> left = new(points);

    public int Count => left.Count;

    public KillPoint? Last { get; private set; }

    public KillPoint? Next() => Last = left.TryDequeue(out var point) ? point : null;
}
