namespace Watchdog.Tests.Alerts;

/// <summary>A clock that a test sets, forwards and back.</summary>
internal sealed class StepClock(DateTimeOffset start) : TimeProvider
{
    private DateTimeOffset now = start;

    public override DateTimeOffset GetUtcNow() => now;

    public void Step(TimeSpan by) => now += by;
}
