using System.Globalization;
using Watchdog.Detectors.Findings;
using Watchdog.Ledger;
using Watchdog.Policy.Ladders;
using EpisodeChange = Watchdog.Detection.EpisodeChange;
using EpisodeStep = Watchdog.Detection.EpisodeStep;

namespace Watchdog.Policy;

/// <summary>What the policy makes of an episode's change.</summary>
public enum ProposalState
{
    /// <summary>No act, and no case: at most the episode is kept.</summary>
    Nothing,
    /// <summary>A case for people to see; no act.</summary>
    CaseOnly,
    /// <summary>A case, and the record of an act that will not be done.</summary>
    Refused,
    /// <summary>A case, and the record of what would have been proposed (mode observe).</summary>
    Observed,
    /// <summary>A case and an act that waits for a person.</summary>
    Proposed,
    /// <summary>A case and an act that may begin by itself once admission finds room.</summary>
    Candidate,
}

/// <summary>A decision with its reason.</summary>
/// <param name="Kind">One of <see cref="ActKinds"/>; null when no act is spoken of.</param>
/// <param name="NeedsPerson">Whether a person must approve, whatever the mode.</param>
/// <param name="Severity">Higher goes first.</param>
public sealed record Proposal(string? Kind, ProposalState State, bool NeedsPerson, short Severity, string Reason)
{
    /// <summary>Where the episode stands on its ladder then; null: on no rung, and none will follow.</summary>
    public Rung? Rung { get; init; }

    /// <summary>When to look at the ladder again; null: once the act has ended.</summary>
    public DateTimeOffset? DueAt { get; init; }
}

/// <summary>The policy as a pure function.</summary>
public static class PolicyRules
{
    /// <summary>How long until what the policy refused is asked again: an exemption ends, a VM leaves its group.</summary>
    private static readonly TimeSpan AskAgain = TimeSpan.FromHours(1);

    /// <summary>Decides what an episode's change leads to.</summary>
    /// <param name="exemption">The exemption that covers the VM; null when none does.</param>
    /// <param name="past">What was done to the VM before, and what people ruled.</param>
    public static Proposal Decide(EpisodeChange change, Exemption? exemption, Past past, PolicyOptions options, DateTimeOffset now)
    {
        var (found, vm) = (change.Finding, change.Vm);
        var severity = SeverityOf(found.Class);
        if (change.Step == EpisodeStep.Closed || found.Class == FindingClass.Idle)
        {
            return new(null, ProposalState.Nothing, false, severity, "nothing to propose");
        }

        var confirmed = found.Verdict == Verdict.Confirmed;
        var silenced = !confirmed && found.Class == FindingClass.Miner && found.StandsOnLostAgent();
        if (!confirmed && !silenced)
        {
            return new(null, ProposalState.Nothing, false, severity, "a suspicion: no ground for an act, and nothing yet for a person to rule on");
        }

        if (options.LadderOf(found.Class, vm.Plan) is not { } ladder)
        {
            return new(null, ProposalState.CaseOnly, false, severity, "the host fails, which is AWS's: people are told, the VM is left alone");
        }

        if (ladder.ActFrom(0) is not { } first)
        {
            return new(null, ProposalState.CaseOnly, false, severity, $"the policy does nothing about class {Finding.NameOf(found.Class)}");
        }

        var grounds = Grounds.Of(found);
        if (confirmed && !grounds.Suffice)
        {
            return new(null, ProposalState.CaseOnly, false, severity,
                $"neither two independent families nor a decisive piece from inside, the console or the status checks: no ground for an act. {found.Reason}");
        }

        var restarted = confirmed && LadderRules.Restarted(vm, past.Acts);
        var place = silenced ? ForAPersonAlone(ladder, first) : LadderRules.Next(ladder, grounds.Decisive, restarted, past, now);
        if (place is null)
        {
            return new(null, ProposalState.Nothing, false, severity, "nothing is above the rung that it stands on");
        }

        if (Refusal(change, exemption) is { } refusal)
        {
            return new(place.Kind ?? Rungs.KindOf(first), ProposalState.Refused, false, severity, refusal)
            {
                Rung = silenced ? null : Rung.Observe, DueAt = now + AskAgain,
            };
        }

        if (place.Kind is null)
        {
            return new(null, ProposalState.CaseOnly, false, severity, "only observed so far") { Rung = place.Rung, DueAt = place.DueAt };
        }

        string[] people = [.. WhyAPerson(found, place, silenced, grounds, ladder, past, options, now)];
        var state = (options.Mode, people.Length > 0) switch
        {
            (PolicyMode.Observe, _) => ProposalState.Observed,
            (PolicyMode.Enforce, false) => ProposalState.Candidate,
            _ => ProposalState.Proposed,
        };
        string[] words = [.. people, .. restarted ? (string[])["It was started again after Watchdog had stopped it."] : [], .. Climbed(past), found.Reason];
        return new(place.Kind, state, people.Length > 0, severity, string.Join(' ', words))
        {
            Rung = silenced ? null : place.Rung, DueAt = place.DueAt,
        };
    }

    /// <summary>The same proposal, with a person to decide.</summary>
    public static Proposal ForPerson(Proposal proposal, string why) => proposal with
    {
        State = proposal.State == ProposalState.Candidate ? ProposalState.Proposed : proposal.State,
        NeedsPerson = true,
        Reason = $"{why} {proposal.Reason}",
    };

    /// <summary>Which class goes first: the one that harms others, then the one that harms its owner most.</summary>
    public static short SeverityOf(FindingClass found) => found switch
    {
        FindingClass.Miner => 50,
        FindingClass.ForkBomb => 40,
        FindingClass.Panic => 30,
        FindingClass.Runaway => 20,
        FindingClass.HostFault => 10,
        _ => 0,
    };

    /// <summary>The class of a name in the ledger; null for one that this version does not know.</summary>
    public static FindingClass? ClassOf(string name) =>
        Enum.GetValues<FindingClass>().Where(found => Finding.NameOf(found) == name).Cast<FindingClass?>().FirstOrDefault();

    // Nothing inside answers, so what is proposed asks nothing of the inside.
    private static Place ForAPersonAlone(ClassLadder ladder, Rung first)
    {
        var rung = ladder.Rungs.Where(rung => rung >= Rung.Quarantine).Cast<Rung?>().FirstOrDefault() ?? first;
        return new(rung, Rungs.KindOf(rung), null);
    }

    private static string? Refusal(EpisodeChange change, Exemption? exemption) =>
        exemption is not null ? exemption.Sentence
        : change.Vm.AutoScalingGroup is { } group ? $"the VM belongs to Auto Scaling group {group}, which would terminate a member that is stopped or fails its checks"
        : null;

    private static IEnumerable<string> WhyAPerson(
        Finding found, Place place, bool silenced, Grounds grounds, ClassLadder ladder, Past past, PolicyOptions options, DateTimeOffset now)
    {
        if (silenced)
        {
            yield return "suspected, and its agent is lost, so that nothing inside can prove it: a person decides.";
        }
        else if (!grounds.Meet(ladder.Evidence))
        {
            yield return $"The rule asks for more evidence ({ladder.Evidence}): a person decides.";
        }

        if (place.Rung == Rung.Propose)
        {
            yield return $"A person decides within {ladder.BetweenRungs:c}.";
        }

        if (Rungs.OfKind(place.Kind!) is { } rung && ladder.Approval.Contains(rung))
        {
            yield return $"The rule asks for a person's approval of a {place.Kind}.";
        }

        var name = Finding.NameOf(found.Class);
        if (past.Rulings.LastOrDefault(ruling => ruling.Class == name && ruling.At > now - options.RulingMemory) is { } before && Rulings.WasWrong(before.Ruling))
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"Case {before.CaseId} of this VM was ruled {before.Ruling} on {before.At:yyyy-MM-dd}: a person decides.");
        }
    }

    private static IEnumerable<string> Climbed(Past past) =>
        past.Standing is { ActState: { } ended } on && on.Rung is not (Rung.Observe or Rung.Propose)
            ? [ended is ActStates.Refused or ActStates.Failed ? $"Rung {Rungs.NameOf(on.Rung)} ended as {ended}." : $"It goes on after rung {Rungs.NameOf(on.Rung)}."]
            : [];
}
