namespace Watchdog.Alerts.Muting;

/// <summary>A person's word that incidents are not to be told for a while. Fleet time.</summary>
public sealed record Silence(long Id, Matcher Matcher, string Reason, string Author, DateTimeOffset From, DateTimeOffset Until)
{
    /// <summary>Whether it holds.</summary>
    public bool Holds(DateTimeOffset at) => at >= From && at < Until;
}
