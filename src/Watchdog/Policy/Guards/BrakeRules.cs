using static System.FormattableString;

namespace Watchdog.Policy.Guards;

/// <summary>Whether the brake goes on by itself; pure.</summary>
public static class BrakeRules
{
    private const double UsualQuantile = 0.95;

    /// <summary>The first cause that holds; null when none does, or a person has just turned the brake off knowing it.</summary>
    public static BrakeTrip? Decide(BrakeFacts facts, BrakeOptions options, DateTimeOffset now)
    {
        foreach (var trip in Trips(facts, options))
        {
            if (trip.Cause == BrakeCauses.Precision || facts.Last is not { IsOn: false } last || last.Cause != trip.Cause || now >= last.At + options.Respite)
            {
                return trip;
            }
        }

        return null;
    }

    private static IEnumerable<BrakeTrip> Trips(BrakeFacts facts, BrakeOptions options)
    {
        if (facts.Demoted is { } demoted)
        {
            yield return new(BrakeCauses.Precision, demoted);
        }

        if (TooFew(facts.Listed, facts.ListedHourAgo, options) || TooFew(facts.Listed, facts.ListedDayAgo, options))
        {
            yield return new(BrakeCauses.Listed, Invariant(
                $"{facts.Listed} VMs are listed, of {facts.ListedHourAgo} an hour and {facts.ListedDayAgo} a day ago: under {options.LeastListedPercent} %"));
        }

        if (facts.Seen >= options.LeastVms && facts.Judged * 100.0 < facts.Seen * options.LeastJudgedPercent)
        {
            yield return new(BrakeCauses.Judged, Invariant(
                $"{facts.Judged} of {facts.Seen} running VMs could be judged: under {options.LeastJudgedPercent} %, too many points are missing"));
        }

        if (facts.Screened >= options.LeastVms && options.MostEqualPercent < 100 && facts.ModalVms * 100.0 >= facts.Screened * options.MostEqualPercent)
        {
            yield return new(BrakeCauses.Equal, Invariant(
                $"{facts.ModalVms} of {facts.Screened} VMs show one and the same CPU of {facts.ModalCpu:0.##} %: {options.MostEqualPercent} % or more"));
        }

        var usual = Usual(facts.UsualHours);
        var limit = Math.Max(options.CandidatesFloor, options.CandidatesFactor * usual ?? 0);
        if (facts.Candidates > limit)
        {
            yield return new(BrakeCauses.Candidates, usual is { } rate
                ? Invariant($"{facts.Candidates} new cases for an act in an hour; in 95 of 100 hours there were at most {rate}, and the limit is {limit:0}")
                : Invariant($"{facts.Candidates} new cases for an act in an hour; no usual rate is known yet, and the limit is {limit:0}"));
        }
    }

    private static bool TooFew(long now, long before, BrakeOptions options) =>
        before >= options.LeastVms && now * 100.0 < before * options.LeastListedPercent;

    // A quantile, not a mean: one wave that was real does not make the next one usual.
    private static int? Usual(IReadOnlyList<int> hours) =>
        hours.Count == 0 ? null : hours.Order().ElementAt(Math.Max(0, (int)Math.Ceiling(UsualQuantile * hours.Count) - 1));
}
