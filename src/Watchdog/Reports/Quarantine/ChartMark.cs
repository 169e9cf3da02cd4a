namespace Watchdog.Reports.Quarantine;

/// <summary>An instant to be seen on a curve.</summary>
/// <param name="Name">What happened, in a few words.</param>
public sealed record ChartMark(DateTimeOffset At, string Name);
