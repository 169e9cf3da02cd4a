using FsCheck;
using FsCheck.Fluent;
using Watchdog.Aws;
using Watchdog.Storage;
using Watchdog.Storage.Rates;
using Watchdog.Testing;

namespace Watchdog.Tests.Storage.Rates;

public class RateLeasesTests
{
    private static readonly Rate Ours = new(20, 10);

    [Fact]
    public async Task No_window_sees_more_than_the_bucket_and_its_refill_however_many_lease_at_once_and_however_their_clocks_differ()
    {
        await using var database = await TestDatabase.CreateAsync();
        var draws = Arb.From(Gen.ListOf(
            from after in Gen.Choose(0, 1_500)
            from need in Gen.Choose(1, 3)
            from more in Gen.Choose(0, 12)
            from expected in Gen.Choose(0, 5)
            from late in Gen.Choose(0, 100)
            select new Draw(after, need, need + more, expected, late)));
        var number = 0;
        Prop.ForAll(draws, draw =>
        {
            var uses = UsesAsync(database, $"bucket {number++}", [.. draw]).GetAwaiter().GetResult();
            foreach (var first in uses)
            {
                foreach (var last in uses.Where(use => use.At >= first.At))
                {
                    var used = uses.Where(use => use.At >= first.At && use.At <= last.At).Sum(use => use.Tokens);
                    var seconds = (last.At - first.At).TotalSeconds;
                    Assert.True(used <= Ours.Size + (Ours.PerSecond * seconds) + 0.01, $"{used} tokens in {seconds} s");
                }
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(30));
    }

    [Fact]
    public async Task A_clock_that_lies_ahead_earns_nothing()
    {
        await using var database = await TestDatabase.CreateAsync();
        var truth = new ManualTime();
        var (honest, ahead) = (Lessee(database, truth, TimeSpan.Zero), Lessee(database, truth, TimeSpan.FromHours(1)));
        Assert.Equal(new RateLease(20, 20), await honest.TakeAsync("a", "b", 20, 10, new(20, 20, 0), default));
        Assert.Equal(new RateLease(0, 1), await ahead.TakeAsync("a", "b", 20, 10, new(1, 1, 0), default));
        truth.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(new RateLease(9, 1), await ahead.TakeAsync("a", "b", 20, 10, new(1, 1, 0), default));
        Assert.Equal(new RateLease(8, 1), await honest.TakeAsync("a", "b", 20, 10, new(1, 1, 0), default));
    }

    [Fact]
    public async Task An_instant_that_was_overtaken_neither_refills_nor_turns_the_row_back()
    {
        await using var database = await TestDatabase.CreateAsync();
        var truth = new ManualTime();
        var (early, late) = (new ManualTime(truth.GetUtcNow()), new ManualTime(truth.GetUtcNow() + TimeSpan.FromSeconds(5)));
        var (behind, before) = (Lessee(database, early, TimeSpan.Zero), Lessee(database, late, TimeSpan.Zero));
        await behind.TakeAsync("a", "b", 20, 1, new(20, 20, 0), default);
        Assert.Equal(5, (await before.TakeAsync("a", "b", 20, 1, new(1, 1, 0), default)).Found, 3);
        Assert.Equal(4, (await behind.TakeAsync("a", "b", 20, 1, new(1, 1, 0), default)).Found, 3);
        Assert.Equal(3, (await before.TakeAsync("a", "b", 20, 1, new(1, 1, 0), default)).Found, 3);
    }

    [Fact]
    public async Task A_lease_holds_whole_calls_of_what_a_second_earns_and_what_is_likely_next_only_out_of_plenty()
    {
        await using var database = await TestDatabase.CreateAsync();
        var leases = Lessee(database, new ManualTime(), TimeSpan.Zero);
        Assert.Equal(new RateLease(100, 13), await leases.TakeAsync("a", "b", 100, 10, new(3, 3, 10), default));
        Assert.Equal(new RateLease(87, 87), await leases.TakeAsync("a", "b", 100, 10, new(3, 87, 10), default));
        // Nine of the ten that the next second earns: three calls of three.
        Assert.Equal(new RateLease(0, 9), await leases.TakeAsync("a", "b", 100, 10, new(3, 60, 10), default));
        // Another's refill is promised: one call still gets its place behind it.
        Assert.Equal(new RateLease(-9, 3), await leases.TakeAsync("a", "b", 100, 10, new(3, 60, 10), default));
        Assert.Equal(1L, await database.ScalarAsync<long>("select count(*) from rate_bucket"));
        Assert.Equal(112, leases.Leased);
    }

    // Three workers; each draw is a lease by all three at once, each using its tokens as soon as they are earned, or late as drawn.
    private static async Task<List<(DateTimeOffset At, double Tokens)>> UsesAsync(TestDatabase database, string bucket, IReadOnlyList<Draw> draws)
    {
        var truth = new ManualTime();
        RateLeases[] workers = [.. new[] { -40, 0, 3_600 }.Select(skew => Lessee(database, truth, TimeSpan.FromSeconds(skew)))];
        var (shared, lapse) = (LeasedBucket.SharedOf(Ours), LeasedBucket.LapseOf(Ours));
        List<(DateTimeOffset At, double Tokens)> uses = [];
        foreach (var draw in draws)
        {
            truth.Advance(TimeSpan.FromMilliseconds(draw.After));
            var now = truth.GetUtcNow();
            var leases = await Task.WhenAll(workers.Select(worker =>
                worker.TakeAsync("a", bucket, shared.Size, shared.PerSecond, new(draw.Need, draw.Wanted, draw.Expected), default)));
            foreach (var lease in leases)
            {
                for (var used = 1d; used <= lease.Granted; used++)
                {
                    uses.Add((now + TimeSpan.FromSeconds(Math.Max(0, (used - lease.Found) / shared.PerSecond)) + (lapse * draw.Late / 100), 1));
                }
            }
        }

        return uses;
    }

    private static RateLeases Lessee(TestDatabase database, TimeProvider truth, TimeSpan skew) =>
        new(database.Source, new DatabaseClock(_ => Task.FromResult(truth.GetUtcNow()), new SkewedTime(truth, skew)));

    private sealed record Draw(int After, int Need, int Wanted, int Expected, int Late);
}
