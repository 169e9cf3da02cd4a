namespace Watchdog.Slo.Objectives;

/// <summary>One objective as configured: an entry of <c>Slo:Objectives</c>. Each holds over the trailing 28 days and over the calendar month.</summary>
public sealed class ObjectiveOption
{
    /// <summary>What it is called in metrics, alerts and commands: 1 to 40 lower-case letters, digits and dashes. No two are the same.</summary>
    public string Name { get; set; } = "";

    /// <summary>What it is promised for: <c>vm</c>, <c>region</c>, <c>type</c>, <c>plan</c> or <c>fleet</c>.</summary>
    public string Of { get; set; } = "";

    /// <summary>The names of the Regions, types or plans that it is promised for. Empty (default): all. Not for <c>vm</c> and <c>fleet</c>.</summary>
    public List<string> Only { get; set; } = [];

    /// <summary>The share of good minutes that is promised: over 0 and under 1, e.g. 0.995 for 99.5 %. 1 leaves no budget to burn and is refused.</summary>
    public decimal Target { get; set; }

    /// <summary>
    /// The burn rates that page, as <c>factor/long+short</c>, e.g. <c>14.4/1h+5m, 6/6h+30m</c>; <c>none</c> for reports alone. Null (default):
    /// <c>none</c> for <c>vm</c>, else <c>14.4/1h+5m, 6/6h+30m, 3/1d+2h, 1/3d+6h</c>.
    /// </summary>
    public string? Burn { get; set; }
}
