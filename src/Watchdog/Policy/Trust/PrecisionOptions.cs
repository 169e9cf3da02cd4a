namespace Watchdog.Policy.Trust;

/// <summary>When a detector loses the right to act by itself.</summary>
public sealed class PrecisionOptions
{
    /// <summary>The least share of a class's ruled cases that must have been right. 0 to 1, default 0.8; 0 switches it off.</summary>
    public double Floor { get; set; } = 0.8;

    /// <summary>From how many rulings on the share counts. 1 to 10,000, default 10. Fewer: a detector is judged on less.</summary>
    public int LeastRulings { get; set; } = 10;

    /// <summary>How long a ruling counts. 1 to 3,650 days, default 90.00:00:00: a detector that was mended is not held to its past for ever.</summary>
    public TimeSpan Window { get; set; } = TimeSpan.FromDays(90);
}
