namespace Watchdog.Testing;

/// <summary>A clock whose wall is wrong by a fixed time; its seconds are the other's.</summary>
public sealed class SkewedTime(TimeProvider truth, TimeSpan ahead) : TimeProvider
{
    public override long TimestampFrequency => truth.TimestampFrequency;

    public override DateTimeOffset GetUtcNow() => truth.GetUtcNow() + ahead;

    public override long GetTimestamp() => truth.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        truth.CreateTimer(callback, state, dueTime, period);
}
