namespace Watchdog.Alerts.Muting;

/// <summary>Section <c>Alerts:Muting</c>: what is not told although it happens. It is kept, shown, and told when the time is over and it is still on.</summary>
public sealed class MutingOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "Alerts:Muting";

    /// <summary>Work that was announced: from when to when (UTC, with <c>Z</c>), why, and which incidents. Empty by default.</summary>
    public List<MaintenanceWindow> Maintenance { get; set; } = [];

    /// <summary>When of the week nobody is told of low severity. Default: never.</summary>
    public AlertHours Quiet { get; set; } = new();

    /// <summary>The severity up to which quiet hours hold: <c>Info</c> or <c>Warning</c> (default) or <c>Error</c>; what is critical is always told.</summary>
    public Severity QuietUpTo { get; set; } = Severity.Warning;

    /// <summary>What is wrong, by name.</summary>
    internal IEnumerable<string> Errors()
    {
        for (var at = 0; at < Maintenance.Count; at++)
        {
            var window = Maintenance[at];
            if (window.Until <= window.From || string.IsNullOrWhiteSpace(window.Reason))
            {
                yield return $"{Section}:Maintenance:{at} needs From, a later Until and a Reason.";
            }

            if (window.Match.Error() is { } wrong)
            {
                yield return $"{Section}:Maintenance:{at}:Match: {wrong}.";
            }
        }

        if (Quiet.Error() is { } hours)
        {
            yield return $"{Section}:Quiet: {hours}.";
        }

        if (QuietUpTo == Severity.Critical)
        {
            yield return $"{Section}:QuietUpTo is Critical; it must be Info, Warning or Error: what is critical is always told.";
        }
    }
}

/// <summary>Work that was announced.</summary>
public sealed class MaintenanceWindow
{
    /// <summary>When it begins.</summary>
    public DateTimeOffset From { get; set; }

    /// <summary>When it ends; not part of it.</summary>
    public DateTimeOffset Until { get; set; }

    /// <summary>Why, in a sentence.</summary>
    public string Reason { get; set; } = "";

    /// <summary>Which incidents.</summary>
    public Matcher Match { get; set; } = new();
}
