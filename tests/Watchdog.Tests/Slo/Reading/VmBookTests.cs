using Watchdog.Slo.Minutes;
using Watchdog.Slo.Reading;
using static Watchdog.Tests.Slo.Reading.HandMadeBooks;

namespace Watchdog.Tests.Slo.Reading;

public sealed class VmBookTests
{
    [Fact]
    public async Task A_vms_intervals_are_cut_to_what_was_asked_and_at_its_own_scopes_watermark()
    {
        await using var books = await OpenAsync();
        var (vm, other) = (await books.VmAsync("i-1"), await books.VmAsync("i-2"));
        var (north, south) = (await books.GroupAsync("north", "ann"), await books.GroupAsync("south", "ann"));
        await books.IntervalAsync(vm, -100, 0, south, Cause.User);
        await books.IntervalAsync(vm, 0, 60, south, Cause.Ok, AgentSeen.Reached);
        await books.IntervalAsync(vm, 60, 90, south, Cause.Guest);
        await books.IntervalAsync(vm, 90, null, south, Cause.Ok, AgentSeen.Silent);
        await books.IntervalAsync(other, 0, null, north, Cause.Ok);
        VmBook book = new(books.Database.Source);

        Assert.Equal(
            [
                new(new(T - 10, T, Cause.User, AgentSeen.Unknown), south, false),
                new(new(T, T + 60, Cause.Ok, AgentSeen.Reached), south, false),
                new(new(T + 60, T + 90, Cause.Guest, AgentSeen.Unknown), south, false),
                new(new(T + 90, T + (Minute.Day / 2), Cause.Ok, AgentSeen.Silent), south, true),
            ],
            await book.IntervalsAsync("i-1", T - 10, T + (2 * Minute.Day), default));
        Assert.Equal([new(new(T + 70, T + 80, Cause.Guest, AgentSeen.Unknown), south, false)], await book.IntervalsAsync("i-1", T + 70, T + 80, default));
        Assert.Equal([new(new(T, T + Minute.Day, Cause.Ok, AgentSeen.Unknown), north, true)], await book.IntervalsAsync("i-2", T, T + (2 * Minute.Day), default));
    }

    [Fact]
    public async Task What_lies_after_the_watermark_or_is_of_no_known_vm_has_no_interval()
    {
        await using var books = await OpenAsync();
        var vm = await books.VmAsync("i-1");
        await books.IntervalAsync(vm, 0, null, await books.GroupAsync("south", "ann"), Cause.Ok);
        VmBook book = new(books.Database.Source);

        Assert.Empty(await book.IntervalsAsync("i-1", T + (Minute.Day / 2), T + Minute.Day, default));
        Assert.Empty(await book.IntervalsAsync("i-9", T, T + Minute.Day, default));
    }

    [Fact]
    public void Minutes_add_up_by_cause_and_class_and_the_agent_is_told_apart()
    {
        var sum = CauseMinutes.Of(
        [
            new(0, 10, Cause.Ok, AgentSeen.Reached), new(10, 12, Cause.Guest, AgentSeen.Unknown), new(12, 15, Cause.Provider, AgentSeen.Unknown),
            new(15, 19, Cause.Ok, AgentSeen.Silent), new(19, 24, Cause.User, AgentSeen.Unknown), new(24, 30, Cause.WatchdogBlind, AgentSeen.Unknown),
        ]);

        Assert.Equal(new Tally(14, 5, 5, 6), sum.Tally);
        Assert.Equal((14, 2, 3), (sum.ByCause[Cause.Ok], sum.ByCause[Cause.Guest], sum.ByCause[Cause.Provider]));
        Assert.False(sum.ByCause.ContainsKey(Cause.Boot));
        Assert.Equal(10 / 14.0, sum.Agent.Sli);
    }
}
