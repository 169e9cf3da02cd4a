using Watchdog.Policy.Ladders;

namespace Watchdog.Policy;

/// <summary>An act that waits for admission.</summary>
/// <param name="Kind">One of <c>ActKinds</c>.</param>
/// <param name="Class">The class whose finding gave rise to it, as the ledger names it.</param>
/// <param name="Plan">The VM's plan; null where it has none.</param>
/// <param name="Score">Its case's score: the tie-breaker within a severity.</param>
public sealed record Candidate(
    long ActId, string InstanceId, string Owner, short Scope, string Kind, string Class, string? Plan, short Severity, double Score, DateTimeOffset ProposedAt,
    bool NeedsPerson, bool Approved);

/// <summary>What admission knows, all read in its own transaction.</summary>
/// <param name="BrakeReason">Why the brake is on; null when it is off.</param>
/// <param name="Demoted">Classes whose detector lost the right to act by itself.</param>
/// <param name="ShardsFresh">All 64 shards reported lately.</param>
/// <param name="Judged">Share of the running VMs that these reports could judge, 0 to 1.</param>
/// <param name="FiveMinutes">Acts admitted in the last five minutes; likewise hour and day.</param>
/// <param name="OwnersHour">Acts admitted in the last hour, by owner.</param>
/// <param name="Fleet">VMs that exist.</param>
/// <param name="WatchedSince">When each scope was first seen.</param>
/// <param name="Exemptions">The exemption that covers each VM which is exempt.</param>
public sealed record AdmissionFacts(
    string? BrakeReason, IReadOnlySet<string> Demoted, bool ShardsFresh, double Judged, int FiveMinutes, int Hour, int Day, IReadOnlyDictionary<string, int> OwnersHour, long Fleet,
    IReadOnlyDictionary<short, DateTimeOffset> WatchedSince, IReadOnlyDictionary<string, Exemption> Exemptions);

/// <summary>The decision on one candidate.</summary>
/// <param name="Held">Why it stays proposed; null: it is admitted. Holds no number that changes from run to run: it is told once.</param>
public sealed record Admitted(Candidate Candidate, string? Held);

/// <summary>Who may begin; pure.</summary>
public static class AdmissionRules
{
    internal const string NeedsPerson = "waits for a person: confirm the case, or release it";
    // A fleet that is mostly without data says more about the data than about the fleet (DESIGN 4.4 asks for sane reports).
    private const double LeastJudged = 0.5;
    internal const string ModeProposes = "mode Propose: confirm the case to let it begin, or release it";

    /// <summary>
    /// Goes through the candidates by severity, within it from scope to scope, each scope's by score and age, and admits up to the caps: a wave in
    /// one scope does not take all of them.
    /// </summary>
    public static IReadOnlyList<Admitted> Decide(IEnumerable<Candidate> candidates, AdmissionFacts facts, PolicyOptions options, DateTimeOffset now)
    {
        var (five, hour, day) = (facts.FiveMinutes, facts.Hour, facts.Day);
        var owners = new Dictionary<string, int>(facts.OwnersHour);
        List<Admitted> decided = [];
        foreach (var candidate in InTurn(candidates))
        {
            var held = Guarded(candidate, facts, options, now)
                ?? Capped(five, options.Caps.PerFiveMinutes, "acts in five minutes")
                ?? Capped(hour, options.Caps.PerHour, "acts in an hour")
                ?? Capped(day, options.Caps.PerDay(facts.Fleet), "acts in a day (share of the fleet)")
                ?? Capped(owners.GetValueOrDefault(candidate.Owner), options.Caps.PerOwnerAndHour, "acts on one owner in an hour");
            decided.Add(new Admitted(candidate, held));
            if (held is null)
            {
                five++;
                hour++;
                day++;
                owners[candidate.Owner] = owners.GetValueOrDefault(candidate.Owner) + 1;
            }
        }

        return decided;
    }

    private static IEnumerable<Candidate> InTurn(IEnumerable<Candidate> candidates) => candidates
        .GroupBy(c => (c.Severity, c.Scope))
        .SelectMany(alike => alike.OrderByDescending(c => c.Score).ThenBy(c => c.ProposedAt).ThenBy(c => c.ActId).Select((candidate, turn) => (candidate, turn)))
        .OrderByDescending(c => c.candidate.Severity).ThenBy(c => c.turn)
        .ThenByDescending(c => c.candidate.Score).ThenBy(c => c.candidate.ProposedAt).ThenBy(c => c.candidate.ActId)
        .Select(c => c.candidate);

    private static string? Guarded(Candidate candidate, AdmissionFacts facts, PolicyOptions options, DateTimeOffset now)
    {
        if (facts.BrakeReason is { } brake)
        {
            return $"the brake is on: {brake}";
        }

        if (!facts.ShardsFresh)
        {
            return $"not every shard has reported within {3 * options.ShardCadence:c}: nothing begins on half a picture";
        }

        if (facts.Judged < LeastJudged)
        {
            return "under half of the running VMs could be judged: the inputs look wrong, and nothing begins on them";
        }

        if (facts.Exemptions.GetValueOrDefault(candidate.InstanceId) is { } exemption)
        {
            return exemption.Sentence;
        }

        if (candidate.Approved)
        {
            return null;
        }

        if (candidate.NeedsPerson)
        {
            return NeedsPerson;
        }

        if (facts.Demoted.Contains(candidate.Class))
        {
            return FormattableString.Invariant(
                $"detector {candidate.Class} only proposes: its measured precision is under its floor of {options.Precision.Floor} (watchdog precision)");
        }

        if (options.Mode != PolicyMode.Enforce)
        {
            return ModeProposes;
        }

        return !facts.WatchedSince.TryGetValue(candidate.Scope, out var since) || since > now - options.MinimumHistory
            ? $"its scope has been watched for less than {options.MinimumHistory:c}: until then a person confirms"
            : Quiet(candidate, options, now) ? $"quiet hours ({options.QuietHours.Words}): a {candidate.Kind} waits for their end, or for a person" : null;
    }

    private static bool Quiet(Candidate candidate, PolicyOptions options, DateTimeOffset now) =>
        options.QuietHours.Hold(now) && PolicyRules.ClassOf(candidate.Class) is { } found && Rungs.OfKind(candidate.Kind) is { } rung
            && options.LadderOf(found, candidate.Plan)?.QuietRungs.Contains(rung) == false;

    private static string? Capped(int count, int cap, string what) => count < cap ? null : $"the cap of {cap} {what} is reached";
}
