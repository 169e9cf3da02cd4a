using Npgsql;
using Watchdog.Aws;
using Watchdog.Storage.Rates;
using Watchdog.Testing;

namespace Watchdog.Tests.Aws;

public class LeasedBucketTests
{
    private static readonly Rate Ours = new(20, 5);
    private readonly ManualTime _clock = new();
    private readonly List<RateWish> _wishes = [];

    [Fact]
    public void The_shared_bucket_is_smaller_by_what_may_be_used_late()
    {
        Assert.Equal(TimeSpan.FromSeconds(1), LeasedBucket.LapseOf(new(50, 10)));
        Assert.Equal(new Rate(40, 10), LeasedBucket.SharedOf(new(50, 10)));
        // Half of what it earns its own size in.
        Assert.Equal(TimeSpan.FromSeconds(0.5), LeasedBucket.LapseOf(new(180_000, 180_000)));
        Assert.Equal(new Rate(90_000, 180_000), LeasedBucket.SharedOf(new(180_000, 180_000)));
    }

    [Fact]
    public async Task What_a_lease_brings_beyond_the_call_serves_the_next_ones_until_it_lapses()
    {
        var bucket = Bucket(wish => new(10, wish.Need + 2));
        await bucket.TakeAsync(1, default);
        await bucket.TakeAsync(1, default);
        Assert.Single(_wishes);
        _clock.Advance(TimeSpan.FromSeconds(1.1));
        await bucket.TakeAsync(1, default);
        Assert.Equal(2, _wishes.Count);
    }

    [Fact]
    public async Task Calls_that_wait_are_served_by_one_lease_each_when_its_tokens_are_earned()
    {
        var first = new TaskCompletionSource<RateLease>();
        var bucket = Bucket(_ => _wishes.Count == 1 ? first.Task : Task.FromResult(new RateLease(0, 4)));
        Task[] calls = [.. Enumerable.Range(0, 3).Select(_ => bucket.TakeAsync(2, default))];
        first.SetResult(new(2, 2));
        await calls[0];
        await SleepsAsync();
        Assert.Equal(new RateWish(2, 4, _wishes[1].Expected), _wishes[1]);
        Assert.Equal(2, _wishes.Count);

        _clock.Advance(TimeSpan.FromSeconds(0.41));
        await calls[1];
        Assert.False(calls[2].IsCompleted);
        await SleepsAsync();
        _clock.Advance(TimeSpan.FromSeconds(0.4));
        await calls[2];
        Assert.Equal(2, _wishes.Count);
    }

    [Fact]
    public async Task Several_tokens_are_taken_whole()
    {
        var bucket = Bucket(wish => new(1, wish.Need));
        var both = bucket.TakeAsync(2, default);
        await SleepsAsync();
        Assert.False(both.IsCompleted);
        _clock.Advance(TimeSpan.FromSeconds(0.21));
        await both;
    }

    [Fact]
    public async Task Without_the_database_there_are_no_tokens_and_the_next_call_asks_anew()
    {
        var away = true;
        var bucket = Bucket(wish => away ? throw new NpgsqlException("away") : new RateLease(5, wish.Need));
        await Assert.ThrowsAsync<NpgsqlException>(() => bucket.TakeAsync(1, default));
        away = false;
        await bucket.TakeAsync(1, default);
    }

    [Fact]
    public async Task A_lease_that_comes_after_its_lapse_is_not_used()
    {
        var slow = new TaskCompletionSource<RateLease>();
        var bucket = Bucket(wish => _wishes.Count == 1 ? slow.Task : Task.FromResult(new RateLease(5, wish.Need)));
        var call = bucket.TakeAsync(1, default);
        _clock.Advance(TimeSpan.FromSeconds(1.1));
        slow.SetResult(new(20, 1));
        await call;
        Assert.Equal(2, _wishes.Count);
    }

    [Fact]
    public async Task A_call_that_was_cancelled_leaves_the_queue_to_the_others()
    {
        var slow = new TaskCompletionSource<RateLease>();
        var bucket = Bucket(_ => slow.Task);
        using var impatient = new CancellationTokenSource();
        var (gone, stays) = (bucket.TakeAsync(1, impatient.Token), bucket.TakeAsync(1, default));
        await impatient.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => gone);
        slow.SetResult(new(5, 1));
        await stays;
    }

    private LeasedBucket Bucket(Func<RateWish, RateLease> answer) => Bucket(wish => Task.FromResult(answer(wish)));

    private LeasedBucket Bucket(Func<RateWish, Task<RateLease>> answer) => new((_, wish) =>
    {
        _wishes.Add(wish);
        return answer(wish);
    }, Ours, _clock);

    private async Task SleepsAsync()
    {
        while (_clock.ArmedTimers == 0)
        {
            await Task.Yield();
        }
    }
}
