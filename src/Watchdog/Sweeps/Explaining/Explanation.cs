using Watchdog.Detectors.Findings;

namespace Watchdog.Sweeps.Explaining;

/// <summary>Everything that speaks for and against a VM at an instant.</summary>
/// <param name="Subject">The VM's id, or the file's name.</param>
/// <param name="About">Type, vCPUs, owner and state in words.</param>
/// <param name="RuleVersion">Version of the program and of its indicators.</param>
/// <param name="Stages">Screen, triage, inside, console, status: what each said, in order.</param>
/// <param name="Findings">All classes, the one that speaks loudest first.</param>
/// <param name="Charts">Metrics for the eye; empty for a saved snapshot.</param>
public sealed record Explanation(
    string Subject, string About, DateTimeOffset At, string RuleVersion, IReadOnlyList<StageAnswer> Stages, IReadOnlyList<Finding> Findings,
    IReadOnlyList<Chart> Charts)
{
    /// <summary>Findings with the loudest first: by verdict, then by probability.</summary>
    public static IReadOnlyList<Finding> Loudest(IEnumerable<Finding> findings) =>
        [.. findings.OrderByDescending(finding => finding.Verdict).ThenByDescending(finding => finding.Score)];
}

/// <summary>What one stage said.</summary>
/// <param name="Outcome">In a word or two; <c>not asked</c> where nobody asked.</param>
/// <param name="Reason">Why, with numbers; empty where there is no more to say.</param>
public sealed record StageAnswer(string Stage, string Outcome, string Reason);

/// <summary>A metric's points.</summary>
/// <param name="Unit">Of a point.</param>
/// <param name="Values">Oldest first; NaN where absent.</param>
public sealed record Chart(string Metric, string Unit, DateTimeOffset Start, int PeriodSeconds, IReadOnlyList<float> Values);
