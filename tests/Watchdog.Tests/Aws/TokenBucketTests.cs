using FsCheck;
using FsCheck.Fluent;
using Watchdog.Aws;
using Watchdog.Testing;

namespace Watchdog.Tests.Aws;

public class TokenBucketTests
{
    [Fact]
    public void No_window_sees_more_than_the_bucket_and_its_refill()
    {
        var arbitrary = Arb.From(
            from size in Gen.Choose(1, 50)
            from rate in Gen.Choose(1, 20)
            from takings in Gen.ListOf(from after in Gen.Choose(0, 3_000) from tokens in Gen.Choose(1, 10) select (After: after, Tokens: tokens))
            select (Size: size, Rate: rate, Takings: takings));
        Prop.ForAll(arbitrary, draw =>
        {
            var grants = Grants(draw.Size, draw.Rate, draw.Takings);
            for (var first = 0; first < grants.Count; first++)
            {
                double sum = 0;
                for (var last = first; last < grants.Count; last++)
                {
                    sum += grants[last].Tokens;
                    var seconds = (grants[last].At - grants[first].At).TotalSeconds;
                    // A single taking larger than the bucket is the only thing that may pass it, and waits for that.
                    Assert.True(sum <= Math.Max(draw.Size, grants[first].Tokens) + (draw.Rate * seconds) + 0.01, $"{sum} in {seconds} s");
                }
            }
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public async Task Who_takes_too_much_waits_until_it_is_earned_in_the_order_of_asking()
    {
        var clock = new ManualTime();
        var bucket = new TokenBucket(10, 2, clock);
        await bucket.TakeAsync(10, default);
        var first = bucket.TakeAsync(4, default);
        var second = bucket.TakeAsync(2, default);

        clock.Advance(TimeSpan.FromSeconds(1.9));
        Assert.False(first.IsCompleted);
        clock.Advance(TimeSpan.FromSeconds(0.2));
        await first;
        Assert.False(second.IsCompleted);
        clock.Advance(TimeSpan.FromSeconds(1));
        await second;
    }

    [Fact]
    public async Task A_cancelled_wait_gives_its_tokens_back()
    {
        var clock = new ManualTime();
        var bucket = new TokenBucket(10, 1, clock);
        await bucket.TakeAsync(10, default);
        using var impatient = new CancellationTokenSource();
        var given = bucket.TakeAsync(1_000, impatient.Token);
        await impatient.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => given);

        clock.Advance(TimeSpan.FromSeconds(5));

        Assert.True(bucket.TakeAsync(5, default).IsCompletedSuccessfully);
    }

    // Takes at the given gaps (milliseconds); says when each may be used.
    private static List<(DateTimeOffset At, int Tokens)> Grants(int size, int rate, IEnumerable<(int After, int Tokens)> takings)
    {
        var clock = new ManualTime();
        var bucket = new TokenBucket(size, rate, clock);
        List<(DateTimeOffset At, int Tokens)> grants = [];
        foreach (var (after, tokens) in takings)
        {
            clock.Advance(TimeSpan.FromMilliseconds(after));
            grants.Add((clock.GetUtcNow() + bucket.Reserve(tokens), tokens));
        }

        return grants;
    }
}
