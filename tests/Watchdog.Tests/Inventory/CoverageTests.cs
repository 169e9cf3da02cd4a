using Watchdog.Inventory;
using static Watchdog.Tests.Inventory.Fleet;

namespace Watchdog.Tests.Inventory;

public class CoverageTests
{
    private const string Spans =
        "select kind || ':' || extract(epoch from from_at - '2026-03-02T10:00:00Z')::int / 60 || '-' || extract(epoch from to_at - '2026-03-02T10:00:00Z')::int / 60 "
        + "|| case when seen then '+' || vms else '!' end from scope_coverage order by id";

    [Fact]
    public async Task Looks_that_agree_make_one_span()
    {
        await using var fleet = await CreateAsync();
        fleet.List(Vm(1));
        foreach (var minute in (int[])[0, 1, 2, 5])
        {
            await fleet.SweepAsync(minute);
        }

        Assert.Equal("inventory:0-5+1", await fleet.RowsAsync(Spans));
    }

    [Fact]
    public async Task A_silence_longer_than_the_gap_belongs_to_no_span()
    {
        await using var fleet = await CreateAsync();
        fleet.List(Vm(1));
        foreach (var minute in (int[])[0, 1, 10, 11])
        {
            await fleet.SweepAsync(minute);
        }

        Assert.Equal("inventory:0-1+1 inventory:10-11+1", await fleet.RowsAsync(Spans));
    }

    [Fact]
    public async Task A_failure_makes_the_time_from_the_last_success_to_the_next_one_unseen()
    {
        await using var fleet = await CreateAsync();
        fleet.List(Vm(1));
        await fleet.SweepAsync(0);
        await fleet.SweepAsync(1);
        fleet.Fails = (0, new TimeoutException("slow"));
        await fleet.SweepAsync(2);
        await fleet.SweepAsync(3);
        fleet.List(Vm(1));
        await fleet.SweepAsync(4);
        await fleet.SweepAsync(5);

        Assert.Equal("inventory:0-1+1 inventory:1-4! inventory:4-5+1", await fleet.RowsAsync(Spans));
    }

    [Fact]
    public void A_clock_that_jumped_back_extends_nothing()
    {
        var last = new Coverage.Span(7, Start, Start.AddMinutes(5), true, null);
        Assert.Equal((null, Start.AddMinutes(1)), Coverage.Next(last, new(true, 1, null), Start.AddMinutes(1), TimeSpan.FromMinutes(3)));
    }
}
