namespace Watchdog.Aws;

/// <summary>
/// A token bucket as EC2 keeps them: full at first, refilled steadily. Who takes more than there is owes the rest and waits until it is
/// repaid, in the order of asking, so that no window ever sees more than the bucket's size plus its refill.
/// </summary>
/// <param name="size">Most tokens it holds; a single larger taking is let through at its due time.</param>
/// <param name="perSecond">Tokens refilled a second.</param>
/// <param name="clock">Whose seconds these are.</param>
internal sealed class TokenBucket(double size, double perSecond, TimeProvider clock) : ITokenBucket
{
    private readonly Lock _gate = new();
    private readonly TimeProvider _clock = clock;
    private readonly double _size = size;
    private double _tokens = size;
    private long _stamp = clock.GetTimestamp();

    /// <summary>Takes tokens and waits until they are earned. Cancelled while it waits, it gives them back.</summary>
    public async Task TakeAsync(double tokens, CancellationToken ct)
    {
        var wait = Reserve(tokens);
        if (wait <= TimeSpan.Zero)
        {
            return;
        }

        try
        {
            await Task.Delay(wait, _clock, ct);
        }
        catch (OperationCanceledException)
        {
            GiveBack(tokens);
            throw;
        }
    }

    /// <summary>Takes tokens at once; the answer is how long they must not be used yet.</summary>
    internal TimeSpan Reserve(double tokens)
    {
        lock (_gate)
        {
            Refill();
            _tokens -= tokens;
            return _tokens >= 0 ? TimeSpan.Zero : TimeSpan.FromSeconds(-_tokens / perSecond);
        }
    }

    private void GiveBack(double tokens)
    {
        lock (_gate)
        {
            Refill();
            _tokens = Math.Min(_size, _tokens + tokens);
        }
    }

    private void Refill()
    {
        var stamp = _clock.GetTimestamp();
        var elapsed = _clock.GetElapsedTime(_stamp, stamp).TotalSeconds;
        _stamp = stamp;
        _tokens = Math.Min(_size, _tokens + (Math.Max(0, elapsed) * perSecond));
    }
}
