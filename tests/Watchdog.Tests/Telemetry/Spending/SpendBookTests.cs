using Watchdog.Diagnostics;
using Watchdog.Telemetry.Spending;
using Watchdog.Testing;

namespace Watchdog.Tests.Telemetry.Spending;

public sealed class SpendBookTests
{
    [Fact]
    public async Task The_cluster_s_month_survives_a_restart_and_a_new_month_begins_at_nothing()
    {
        await using var database = await TestDatabase.CreateAsync();
        var clock = new ManualTime(new DateTimeOffset(2026, 3, 31, 23, 50, 0, TimeSpan.Zero));
        var clocks = new Clocks(clock, clock);
        var (mine, other) = (new Bill { BudgetUsd = 10 }, new Bill { BudgetUsd = 10 });
        var book = new SpendBook(database.Source, clocks, mine);
        mine.Spent = 4;
        Assert.Equal(4, (await book.SettleAsync(default)).Usd);
        Assert.Equal(4, (await book.SettleAsync(default)).Usd);
        mine.Spent = 4.5m;
        other.Spent = 6;
        await Task.WhenAll(book.SettleAsync(default), book.SettleAsync(default));
        var stands = await new SpendBook(database.Source, clocks, other).SettleAsync(default);
        Assert.Equal((10.5m, Thrift.QuietSlower), (stands.Usd, stands.Level));

        // The process that begins anew has spent nothing by itself.
        Assert.Equal(10.5m, (await new SpendBook(database.Source, clocks, new Bill { BudgetUsd = 10 }).SettleAsync(default)).Usd);

        clock.Advance(TimeSpan.FromMinutes(20));
        Assert.Equal((0m, Thrift.None), await book.SettleAsync(default) is var april ? (april.Usd, april.Level) : default);
        mine.Spent = 5;
        Assert.Equal(0.5m, (await book.SettleAsync(default)).Usd);
    }

    [Fact]
    public async Task What_could_not_be_written_is_written_the_next_time()
    {
        await using var database = await TestDatabase.CreateAsync();
        var clocks = new Clocks(new ManualTime(), new ManualTime());
        var bill = new Bill { Spent = 3 };
        var book = new SpendBook(database.Source, clocks, bill);
        await database.ExecuteAsync("alter table aws_spend rename to away");
        await Assert.ThrowsAsync<Npgsql.PostgresException>(() => book.SettleAsync(default));
        await database.ExecuteAsync("alter table away rename to aws_spend");

        Assert.Equal(3, (await book.SettleAsync(default)).Usd);
    }

    private sealed class Bill : IBill
    {
        public decimal Spent { get; set; }
        public decimal BudgetUsd { get; init; }
        public IReadOnlyDictionary<string, decimal> Usd => new Dictionary<string, decimal> { ["GetMetricData"] = Spent };
    }
}
