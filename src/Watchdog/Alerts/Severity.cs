namespace Watchdog.Alerts;

/// <summary>How bad; PagerDuty's four words, from the least. <c>Critical</c> wakes somebody.</summary>
public enum Severity
{
    /// <summary>Good to know.</summary>
    Info,
    /// <summary>To be looked at within the day.</summary>
    Warning,
    /// <summary>Something fails, and can wait for working hours at the most.</summary>
    Error,
    /// <summary>Now.</summary>
    Critical,
}
