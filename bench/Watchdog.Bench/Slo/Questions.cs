using Watchdog.Bench.Slo.Books;
using Watchdog.Slo.Minutes;
using Watchdog.Slo.Reading;

namespace Watchdog.Bench.Slo;

/// <summary>What people, pages and burn rates ask of the books.</summary>
internal static class Questions
{
    /// <summary>The windows of the four burn rates, 14.4x/1h+5m, 6x/6h+30m, 3x/1d+2h and 1x/3d+6h: six hours serve two of them.</summary>
    public static readonly int[] BurnWindows = [5, 30, 60, 120, 360, 1_440, 4_320];

    public static IEnumerable<Question> All(MadeFleet fleet, int days)
    {
        var (start, end) = (MadeBooks.Start, MadeBooks.Start + (days * Minute.Day));
        var (from, to) = (MadeBooks.Month, MadeBooks.Month.AddDays(days));
        const decimal target = 0.995m;
        yield return new("one VM, every interval", 10, 50, 200, async (database, run, ct) =>
        {
            var vm = 1 + (int)(run * 7_919L % fleet.Vms);
            var intervals = await new VmBook(database).IntervalsAsync(Names.Vm(vm), start, end, ct);
            Require(CauseMinutes.Of(intervals.Select(i => i.Interval)).Tally.All == end - start, "a VM's minutes are not whole");
        });
        yield return new("burn: fleet, 12 Regions, 60 types, 5 plans, every window", 200, 1, 21, async (database, _, ct) =>
            Whole(await new WindowBook(database).ReadAsync(end, BurnWindows, ct), Math.Min(days * Minute.Day, BurnWindows[^1])));
        yield return new("28 days of every key", null, 1, 5, async (database, _, ct) =>
            Whole(await new WindowBook(database).ReadAsync(end, [28 * Minute.Day], ct), Math.Min(days, 28) * Minute.Day));
        foreach (var by in (Grouping[])[Grouping.Region, Grouping.Type, Grouping.Plan, Grouping.Owner])
        {
            yield return new($"the month by {by}, with attainment", by == Grouping.Owner ? null : 2_000, 1, 5, async (database, _, ct) =>
                Require((await new DayBook(database).ReadAsync(from, to, by, target, ct)).Sum(group => group.Tally.All) == (long)fleet.Vms * (end - start), "minutes are missing"));
        }

        yield return new("the 20 worst VMs of the month", null, 1, 5, async (database, _, ct) =>
            Require((await new WorstVms(database).ReadAsync(from, to, 20, ct)).Count > 0, "no VM was down"));
        yield return new("worst hour of the month, one Region", null, MadeFleet.Regions, 24, async (database, run, ct) =>
            Require(SeriesBook.Worst(await new SeriesBook(database).ReadAsync(new("region", Names.Region(run)), start, end, 60, ct)) is not null, "no hour counts"));
        yield return new("a day's curve, one type, five minutes a step", null, 12, 60, async (database, run, ct) =>
            Require((await new SeriesBook(database).ReadAsync(new("type", Names.Type(run)), end - Minute.Day, end, 5, ct)).Count > 0, "no point"));

        void Whole(IReadOnlyList<WindowTally> keys, int minutes) => Require(
            keys.Single(key => key.Key.Dimension == "fleet").Windows[^1].Tally.All == (long)fleet.Vms * minutes, "the fleet's minutes are not whole");
    }

    private static void Require(bool holds, string otherwise)
    {
        if (!holds)
        {
            throw new InvalidOperationException($"The books are wrong: {otherwise}.");
        }
    }
}
