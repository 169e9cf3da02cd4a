using Watchdog.Storage.Rates;

namespace Watchdog.Aws;

/// <summary>
/// A rate that all workers share, leased from the database in batches: one statement serves all calls that wait, and what this worker will
/// likely want next. A lease lapses within <see cref="LapseOf"/>, and the shared bucket is smaller than AWS's by that much refill: a token
/// that is used late stays within what any window may see.
/// </summary>
/// <param name="take">Leases from the shared bucket; its first argument is the rate to keep there.</param>
/// <param name="rate">What is ours of AWS's rate.</param>
/// <param name="wall">Whose seconds are waited.</param>
internal sealed class LeasedBucket(Func<Rate, RateWish, Task<RateLease>> take, Rate rate, TimeProvider wall) : ITokenBucket
{
    // Longer costs the burst: each second of it makes the shared bucket smaller by a second's refill.
    private static readonly TimeSpan LongestLapse = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private readonly Queue<Waiting> _queue = new();
    private readonly Rate _shared = SharedOf(rate);
    private bool _leasing;
    private double _stock;
    private TimeSpan _usable;
    private double _asked;
    private TimeSpan _askedSince;
    private readonly long _start = wall.GetTimestamp();

    /// <summary>How long a leased token may be used after it was earned: 1 s, or half of the bucket's own refill time where that is shorter.</summary>
    public static TimeSpan LapseOf(Rate rate) => TimeSpan.FromSeconds(Math.Min(LongestLapse.TotalSeconds, rate.Size / rate.PerSecond / 2));

    /// <summary>The bucket that is kept for all workers: smaller by what may be used late.</summary>
    public static Rate SharedOf(Rate rate) => rate with { Size = rate.Size - (rate.PerSecond * LapseOf(rate).TotalSeconds) };

    /// <inheritdoc/>
    public async Task TakeAsync(double tokens, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        var waiting = new Waiting(tokens);
        bool first;
        lock (_gate)
        {
            _asked += tokens;
            if (_queue.Count == 0 && Spend(tokens))
            {
                return;
            }

            _queue.Enqueue(waiting);
            (first, _leasing) = (!_leasing, true);
        }

        if (first)
        {
            _ = LeaseAsync();
        }

        await using var given = ct.Register(() => waiting.Served.TrySetCanceled(ct));
        await waiting.Served.Task;
    }

    // One at a time: while a lease is fetched or earned, the next batch gathers.
    private async Task LeaseAsync()
    {
        while (Next() is { } wish)
        {
            var sent = Elapsed;
            try
            {
                var lease = await take(_shared, wish);
                var received = Elapsed;
                // Too late: others may have used what was refilled since.
                if (received - sent <= LapseOf(rate))
                {
                    await ServeAsync(lease, sent, received);
                }
            }
            catch (Exception fault)
            {
                Fail(fault);
            }
        }
    }

    private async Task ServeAsync(RateLease lease, TimeSpan sent, TimeSpan received)
    {
        var (left, used) = (lease.Granted, 0d);
        while (TakeNext(left) is { } next)
        {
            used += next.Tokens;
            var wait = received + TimeSpan.FromSeconds(Math.Max(0, (used - lease.Found) / _shared.PerSecond)) - Elapsed;
            if (wait > TimeSpan.Zero)
            {
                await Task.Delay(wait, wall);
            }

            left -= next.Tokens;
            next.Served.TrySetResult();
        }

        lock (_gate)
        {
            // Unearned tokens are never stock: a lease goes beyond what is there only for calls that wait.
            var earned = Math.Min(left, Math.Max(0, lease.Found - used));
            (_stock, _usable) = (earned, sent + LapseOf(rate));
        }
    }

    // The calls that wait, and what the pace of asking since the lease before lets expect until this one lapses; null once nobody waits.
    private RateWish? Next()
    {
        lock (_gate)
        {
            while (_queue.TryPeek(out var head) && (head.Served.Task.IsCompleted || Spend(head.Tokens)))
            {
                _queue.Dequeue().Served.TrySetResult();
            }

            if (_queue.Count == 0)
            {
                _leasing = false;
                return null;
            }

            var now = Elapsed;
            var seconds = Math.Max(1, (now - _askedSince).TotalSeconds);
            var expected = Math.Min(_asked / seconds * LapseOf(rate).TotalSeconds, _shared.Size / 4);
            (_asked, _askedSince) = (0, now);
            return new(_queue.Peek().Tokens, _queue.Sum(waiting => waiting.Served.Task.IsCompleted ? 0 : waiting.Tokens), expected);
        }
    }

    // The next call, where its tokens are within what is left of the lease; those that were cancelled leave theirs.
    private Waiting? TakeNext(double left)
    {
        lock (_gate)
        {
            while (_queue.TryPeek(out var head) && head.Served.Task.IsCompleted)
            {
                _queue.Dequeue();
            }

            return _queue.TryPeek(out var next) && next.Tokens <= left ? _queue.Dequeue() : null;
        }
    }

    private void Fail(Exception fault)
    {
        lock (_gate)
        {
            while (_queue.TryDequeue(out var waiting))
            {
                waiting.Served.TrySetException(fault);
            }
        }
    }

    private bool Spend(double tokens)
    {
        if (_stock < tokens || Elapsed > _usable)
        {
            return false;
        }

        _stock -= tokens;
        return true;
    }

    private TimeSpan Elapsed => wall.GetElapsedTime(_start);

    private sealed record Waiting(double Tokens)
    {
        public TaskCompletionSource Served { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
