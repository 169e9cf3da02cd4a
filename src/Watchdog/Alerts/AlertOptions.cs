namespace Watchdog.Alerts;

/// <summary>Section <c>Alerts:Incidents</c>: when incidents are over, and how long they are kept. Fleet time.</summary>
public sealed class AlertOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "Alerts:Incidents";

    /// <summary>How long an incident is empty before it is resolved, 0 to 1 hour, default 00:05:00: what comes back within reopens it silently.</summary>
    public TimeSpan QuietPeriod { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>How long an act waits for a person before people are told, 1 minute to 7 days, default 01:00:00.</summary>
    public TimeSpan ApprovalWait { get; set; } = TimeSpan.FromHours(1);

    /// <summary>How long the database may take for an answer of one row, 10 milliseconds to 1 minute, default 00:00:01. Wall time.</summary>
    public TimeSpan SlowDatabase { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>Days after its end for which an incident is kept, with its decisions and with messages that are done, 1 to 3,650, default 90.</summary>
    public int KeepDays { get; set; } = 90;

    /// <summary>What is wrong, by name.</summary>
    internal IEnumerable<string> Errors()
    {
        (bool Holds, string Key, object Value, string Range)[] checks =
        [
            (QuietPeriod >= TimeSpan.Zero && QuietPeriod <= TimeSpan.FromHours(1), nameof(QuietPeriod), QuietPeriod, "0 to 1 hour"),
            (ApprovalWait >= TimeSpan.FromMinutes(1) && ApprovalWait <= TimeSpan.FromDays(7), nameof(ApprovalWait), ApprovalWait, "1 minute to 7 days"),
            (SlowDatabase >= TimeSpan.FromMilliseconds(10) && SlowDatabase <= TimeSpan.FromMinutes(1), nameof(SlowDatabase), SlowDatabase, "10 milliseconds to 1 minute"),
            (KeepDays is >= 1 and <= 3_650, nameof(KeepDays), KeepDays, "1 to 3650"),
        ];
        return checks.Where(check => !check.Holds).Select(check => FormattableString.Invariant($"{Section}:{check.Key} is {check.Value}; it must be {check.Range}."));
    }
}
