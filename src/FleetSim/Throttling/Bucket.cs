namespace Watchdog.FleetSim.Throttling;

/// <summary>A token bucket as EC2's: full at first, refilled evenly, a request that does not fit takes nothing.</summary>
internal sealed class Bucket(double size, double perSecond)
{
    private readonly Lock _gate = new();
    private double _used;
    private DateTimeOffset _at = DateTimeOffset.MinValue;

    public bool TryTake(double count, DateTimeOffset now)
    {
        lock (_gate)
        {
            if (_at != DateTimeOffset.MinValue && now > _at)
                _used = Math.Max(0, _used - ((now - _at).TotalSeconds * perSecond));
            if (now > _at)
                _at = now;
            // More than the bucket ever holds is let through when it is full: a call of the largest legal size must be possible.
            if (_used + Math.Min(count, size) > size)
                return false;
            _used += count;
            return true;
        }
    }
}
