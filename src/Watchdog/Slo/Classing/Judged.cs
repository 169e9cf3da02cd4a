using Watchdog.Slo.Minutes;

namespace Watchdog.Slo.Classing;

/// <summary>A VM's minutes as judged.</summary>
/// <param name="Intervals">Ordered, half-open, not overlapping, without a gap while the VM is in scope; neighbours differ.</param>
/// <param name="DueMin">The first minute after now, or after the judged ones, at which time alone may change a class; null when only news can.</param>
public sealed record Judged(IReadOnlyList<JudgedInterval> Intervals, int? DueMin);

/// <summary>An interval with what it stands on.</summary>
/// <param name="Interval">The minutes and their cause; never open.</param>
/// <param name="Membership">Key in <c>vm_membership</c> of the groups that it counts for; 0 where the VM has none.</param>
/// <param name="Grounds">What decided, in the order of the minutes; at most <see cref="MostGrounds"/> of them.</param>
public sealed record JudgedInterval(Interval Interval, long Membership, IReadOnlyList<Ground> Grounds)
{
    /// <summary>How many grounds an interval keeps: a flapping check is told by its beginning.</summary>
    public const int MostGrounds = 8;

    /// <summary>The facts that decided, the decisive one first; worded when asked for, since most intervals are never looked at.</summary>
    public IReadOnlyList<EvidenceLine> Evidence => [.. Grounds.SelectMany(Wording.Of).Distinct()];
}

/// <summary>One fact that decided, for people.</summary>
/// <param name="Row">Where it stands, e.g. <c>vm_transition:17</c>, <c>event:4</c>, <c>act:3</c>, <c>scope_coverage:2</c>, <c>ruling of case:5</c>.</param>
/// <param name="Sentence">What it says, with its numbers.</param>
public sealed record EvidenceLine(string Row, string Sentence);
