namespace Watchdog.Slo.Burning;

/// <summary>When a burn rate can be told, and how many VMs at once are a step. Section <c>Slo:Burn</c>.</summary>
public sealed class BurnOptions
{
    /// <summary>
    /// Share of a window's minutes that must be known, 0 to 1, default 0.9. Below it a burn rate is frozen: it neither fires nor resolves, since the unknown
    /// minutes might turn it either way.
    /// </summary>
    public decimal LeastCoverage { get; set; } = 0.9m;

    /// <summary>
    /// How long one VM may be away without paging by itself, 0 to 1,440 minutes, default 10: a reboot. A group in which that alone would fire is too small to
    /// tell, and frozen: at 99.95 % and 14.4/1h+5m one of 23 VMs or less.
    /// </summary>
    public int BlipMinutes { get; set; } = 10;

    /// <summary>How many VMs of a group must go bad within 15 minutes to be a step, 1 to 100,000, default 20.</summary>
    public int StepVms { get; set; } = 20;

    /// <summary>The same as percent of the group's VMs, 0 to 100, default 0.5; the larger of both counts.</summary>
    public decimal StepPercent { get; set; } = 0.5m;

    internal IEnumerable<string> Errors()
    {
        if (LeastCoverage is < 0 or > 1)
        {
            yield return FormattableString.Invariant($"Slo:Burn:LeastCoverage is {LeastCoverage}; it must be 0 to 1, e.g. 0.9.");
        }

        if (BlipMinutes is < 0 or > 1_440)
        {
            yield return FormattableString.Invariant($"Slo:Burn:BlipMinutes is {BlipMinutes}; it must be 0 to 1,440.");
        }

        if (StepVms is < 1 or > 100_000)
        {
            yield return FormattableString.Invariant($"Slo:Burn:StepVms is {StepVms}; it must be 1 to 100,000.");
        }

        if (StepPercent is < 0 or > 100)
        {
            yield return FormattableString.Invariant($"Slo:Burn:StepPercent is {StepPercent}; it must be 0 to 100.");
        }
    }
}
