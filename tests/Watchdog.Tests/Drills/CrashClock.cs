namespace Watchdog.Tests.Drills;

/// <summary>The Region's clock under drill: the machine's, moved ahead where a drill does not wait for a VM to stop or to boot.</summary>
internal sealed class CrashClock : TimeProvider
{
    private long ahead;

    public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + TimeSpan.FromTicks(Interlocked.Read(ref ahead));

    public void Leap(TimeSpan by) => Interlocked.Add(ref ahead, by.Ticks);
}
