using FsCheck;
using FsCheck.Fluent;
using Watchdog.Slo.Classing;
using Watchdog.Slo.History;
using Watchdog.Slo.Minutes;

namespace Watchdog.Tests.Slo.Classing;

public sealed class ClassifierLaws
{
    private static readonly string[] Words = ["true_positive", "benign_positive", "false_positive", "duplicate", "indeterminate"];
    private static readonly int[] MinutesLater = [1, 5, 45, 400];

    [Fact]
    public void Minute_for_minute_the_classifier_says_what_the_table_says() => AgainstTheTable(10_000, 20_261_122);

    [Fact]
    [Trait("Category", "Drill")]
    public void Minute_for_minute_the_classifier_says_what_the_table_says_of_a_hundred_thousand_histories() =>
        AgainstTheTable(Environment.GetEnvironmentVariable("WATCHDOG_DRILLS") == "quick" ? 20_000 : 100_000, 5);

    [Fact]
    public void Intervals_are_ordered_disjoint_and_maximal_and_every_one_has_its_evidence() => Holds(world =>
    {
        var judged = world.Judge();
        for (var i = 0; i < judged.Intervals.Count; i++)
        {
            var one = judged.Intervals[i];
            if (one.Interval.From >= one.Interval.To || one.Interval.From < world.From || one.Interval.To > world.To || one.Evidence.Count == 0
                || (one.Interval.Agent != AgentSeen.Unknown && one.Interval.Class != MinuteClass.Good))
            {
                return false;
            }

            if (i > 0 && judged.Intervals[i - 1] is var before && (before.Interval.To > one.Interval.From
                || (before.Interval.To == one.Interval.From && Same(before, one))))
            {
                return false;
            }
        }

        return true;
    });

    [Fact]
    public void Judging_in_pieces_is_judging_at_once() => Holds(world =>
    {
        var middle = (world.From + world.To) / 2;
        return Minutes(world.Judge(to: middle)).Concat(Minutes(world.Judge(from: middle))).SequenceEqual(Minutes(world.Judge()));
    });

    [Fact]
    public void A_ruling_makes_no_minute_good_and_going_without_one_helps_nobody() => Holds(world =>
    {
        var late = Histories.Start.AddDays(100);
        var unruled = Minutes(Ruled(world, null).Judge(now: late)).ToDictionary(m => m.Minute, m => m.Cause);
        return Words.All(ruling =>
            Minutes(Ruled(world, ruling).Judge(now: late)).All(ruled => Causes.ClassOf(ruled.Cause) switch
            {
                MinuteClass.Good => Causes.ClassOf(unruled[ruled.Minute]) == MinuteClass.Good,
                // A scope that grew blind hides both alike.
                MinuteClass.Bad => Causes.ClassOf(unruled[ruled.Minute]) == MinuteClass.Bad,
                _ => Causes.ClassOf(unruled[ruled.Minute]) != MinuteClass.Good,
            }));
    });

    [Fact]
    public void Before_its_due_minute_time_alone_changes_nothing() => Holds(world =>
    {
        // Scopes that stay in sight: going blind is not the VM's affair.
        SightSpan[] always = [new(1, Histories.Start.AddYears(-30), Histories.Start.AddYears(30), true, null)];
        var seen = world with { Sights = new Dictionary<short, ScopeSight> { [1] = new(1, always, always), [2] = new(2, always, always) }, Now = Minute.At(world.To) };
        var judged = seen.Judge();
        var (due, last) = (judged.DueMin ?? Minute.Open, judged.Intervals is [.., var end] && end.Interval.To == seen.To ? end : null);
        return MinutesLater.Select(more => seen.To + more).Where(to => to <= due && seen.From < seen.To).All(to =>
        {
            var later = seen.Judge(to: to, now: Minute.At(to - 1));
            return Minutes(later).Where(m => m.Minute < seen.To).SequenceEqual(Minutes(judged))
                && Minutes(later).Count(m => m.Minute >= seen.To) == (last is null ? 0 : to - seen.To)
                && (last is null || Same(later.Intervals[^1], last));
        });
    });

    private static void AgainstTheTable(int histories, ulong seed)
    {
        Dictionary<Cause, int> met = [];
        Prop.ForAll(Histories.Arbitrary, world =>
        {
            var table = SlowReference.Judge(world.History, world.Sights, world.Rules, world.From, world.To, world.Now);
            foreach (var cause in table.Select(minute => minute.Cause).Distinct())
            {
                met[cause] = met.GetValueOrDefault(cause) + 1;
            }

            var judged = Minutes(world.Judge()).ToList();
            return judged.SequenceEqual(table)
                ? true.ToProperty()
                : false.Label($"table: {Told(table.Except(judged))}\nclassifier: {Told(judged.Except(table))}");
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(histories).WithReplay(seed, 297));

        // Each cause came up often enough to be compared.
        Assert.All(Causes.All, cause => Assert.True(met.GetValueOrDefault(cause) >= histories / 200, $"{cause}: {met.GetValueOrDefault(cause)}"));
    }

    private static string Told(IEnumerable<SlowMinute> minutes) => string.Join(", ", minutes.Take(5));

    private static void Holds(Func<World, bool> law) =>
        Prop.ForAll(Histories.Arbitrary, law).Check(Config.QuickThrowOnFailure.WithMaxTest(2_000));

    private static World Ruled(World world, string? ruling) => world with
    {
        History = world.History with { Holds = [.. world.History.Holds.Select(hold => hold with { Ruling = ruling })] },
    };

    private static bool Same(JudgedInterval a, JudgedInterval b) =>
        (a.Interval.Cause, a.Interval.Agent, a.Membership) == (b.Interval.Cause, b.Interval.Agent, b.Membership);

    private static IEnumerable<SlowMinute> Minutes(Judged judged) => judged.Intervals.SelectMany(one =>
        Enumerable.Range(one.Interval.From, one.Interval.To - one.Interval.From).Select(minute => new SlowMinute(minute, one.Interval.Cause, one.Interval.Agent, one.Membership)));
}
