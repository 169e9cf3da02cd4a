using Watchdog.Slo.Minutes;
using Watchdog.Slo.Reading;
using static Watchdog.Tests.Slo.Reading.HandMadeBooks;

namespace Watchdog.Tests.Slo.Reading;

public sealed class DayBookTests
{
    [Theory]
    [InlineData(Grouping.Fleet, "fleet")]
    [InlineData(Grouping.Region, "north south")]
    [InlineData(Grouping.Type, "c5.large m5.large")]
    [InlineData(Grouping.Plan, " free")]
    [InlineData(Grouping.Owner, "ann bob")]
    public async Task A_month_is_split_by_what_each_vm_was_on_each_day(Grouping by, string names)
    {
        await using var books = await MadeAsync();

        var groups = await new DayBook(books.Database.Source).ReadAsync(November, November.AddMonths(1), by, 0.995m, default);

        Assert.Equal(names.Split(' '), groups.Select(group => group.Name));
        Assert.Equal(new Tally(1000 + 990 + 500 + 1440, 10 + 5, 440 + 435, 500), Sum(groups));
        Assert.Equal(new AgentTally(900, 50), groups.Aggregate(default(AgentTally), (sum, group) => new(sum.Reached + group.Agent.Reached, sum.Silent + group.Agent.Silent)));
    }

    [Fact]
    public async Task Attainment_gives_each_vm_one_vote_by_its_own_minutes_in_the_group()
    {
        await using var books = await MadeAsync();
        DayBook book = new(books.Database.Source);

        var fleet = Assert.Single(await book.ReadAsync(November, November.AddMonths(1), Grouping.Fleet, 0.995m, default));
        var owners = await book.ReadAsync(November, November.AddMonths(1), Grouping.Owner, 0.995m, default);

        // i-1: 1990 of 2000, exactly the target. i-2: 500 of 505. i-3: all. i-4 was never to be there.
        Assert.Equal((3, 2, 1), (fleet.Counted, fleet.Kept, fleet.LeftOut));
        Assert.Equal(2 / 3.0, fleet.Attainment);
        // Ann had i-1 on the first day (1000 of 1000) and i-2; Bob had i-1 on the second (990 of 1000) and i-3.
        Assert.Equal([(2, 1), (2, 1)], owners.Select(owner => ((int)owner.Counted, (int)owner.Kept)));
    }

    [Fact]
    public async Task Days_outside_are_left_out_and_a_span_without_a_day_has_no_group()
    {
        await using var books = await MadeAsync();
        DayBook book = new(books.Database.Source);

        Assert.Equal(new Tally(990, 10, 440, 0), Assert.Single(await book.ReadAsync(November.AddDays(1), November.AddDays(2), Grouping.Fleet, 0.995m, default)).Tally);
        Assert.Empty(await book.ReadAsync(November.AddMonths(1), November.AddMonths(2), Grouping.Owner, 0.995m, default));
    }

    [Fact]
    public async Task Of_a_day_that_is_not_over_the_intervals_are_read_up_to_the_watermark()
    {
        await using var books = await OpenAsync();
        // The marks stand at the first of November; north is written to the second, south to noon.
        var (north, south) = (await books.GroupAsync("north", "ann"), await books.GroupAsync("south", "bob"));
        var (one, two) = (await books.VmAsync("i-1"), await books.VmAsync("i-2"));
        await books.IntervalAsync(one, -30, 0, north, Cause.Ok, AgentSeen.Reached);
        await books.IntervalAsync(one, 0, 100, north, Cause.Ok, AgentSeen.Reached);
        await books.IntervalAsync(one, 100, 110, north, Cause.Provider);
        await books.IntervalAsync(one, 110, null, north, Cause.Ok);
        await books.IntervalAsync(two, 0, null, south, Cause.User);

        var groups = await new DayBook(books.Database.Source).ReadAsync(November.AddDays(-27), November.AddDays(1), Grouping.Region, 0.995m, default);

        Assert.Equal(
            [new("north", new(1_430, 10, 0, 0), new(100, 0), 1, 0, 0), new GroupTally("south", new(0, 0, 720, 0), default, 0, 0, 1)], groups);
    }

    [Fact]
    public async Task The_worst_vms_are_those_with_the_most_bad_minutes_and_only_those_with_one()
    {
        await using var books = await MadeAsync();
        WorstVms worst = new(books.Database.Source);

        Assert.Equal(
            [new("i-1", new(1990, 10, 440, 0)), new VmTally("i-2", new(500, 5, 435, 400))],
            await worst.ReadAsync(November, November.AddMonths(1), 20, default));
        Assert.Equal(["i-1"], (await worst.ReadAsync(November, November.AddMonths(1), 1, default)).Select(vm => vm.InstanceId));
    }

    // i-1 goes from Ann to Bob on the second day; i-4 has no day good or bad, and a day in October counts for nobody here.
    private static async Task<HandMadeBooks> MadeAsync()
    {
        var books = await OpenAsync();
        var ann = await books.GroupAsync("north", "ann", "free");
        var bob = await books.GroupAsync("south", "bob", type: "c5.large");
        var (one, two, three, four) = (await books.VmAsync("i-1"), await books.VmAsync("i-2"), await books.VmAsync("i-3"), await books.VmAsync("i-4"));
        await books.DayAsync(one, -1, ann, 0, 1440);
        await books.DayAsync(one, 0, ann, 1000, 0, reached: 900, silent: 50);
        await books.DayAsync(one, 1, bob, 990, 10, excluded: 440);
        await books.DayAsync(two, 0, ann, 500, 5, excluded: 435);
        await books.DayAsync(three, 0, bob, 1440, 0);
        await books.DayAsync(two, 2, ann, 0, 0, unknown: 400);
        await books.DayAsync(four, 2, ann, 0, 0, unknown: 100);
        return books;
    }

    private static Tally Sum(IEnumerable<GroupTally> groups) => groups.Aggregate(default(Tally), (sum, group) => sum + group.Tally);
}
