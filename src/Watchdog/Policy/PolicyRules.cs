using Watchdog.Detectors.Findings;
using Watchdog.Ledger;
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
public sealed record Proposal(string? Kind, ProposalState State, bool NeedsPerson, short Severity, string Reason);

/// <summary>The policy as a pure function.</summary>
public static class PolicyRules
{
    /// <summary>Decides what an episode's change leads to.</summary>
    /// <param name="exemption">The exemption that covers the VM; null when none does.</param>
    public static Proposal Decide(EpisodeChange change, Exemption? exemption, PolicyOptions options)
    {
        var found = change.Finding;
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

        if (options.RuleOf(found.Class) is not { } rule)
        {
            return new(null, ProposalState.CaseOnly, false, severity, "the host fails, which is AWS's: people are told, the VM is left alone");
        }

        if (KindOf(rule.Act) is not { } kind)
        {
            return new(null, ProposalState.CaseOnly, false, severity, $"the policy does nothing about class {Finding.NameOf(found.Class)}");
        }

        if (exemption is not null)
        {
            return new(kind, ProposalState.Refused, false, severity, exemption.Sentence);
        }

        if (change.Vm.AutoScalingGroup is { } group)
        {
            return new(kind, ProposalState.Refused, false, severity,
                $"the VM belongs to Auto Scaling group {group}, which would terminate a member that is stopped or fails its checks");
        }

        var person = rule.NeedsPerson || silenced;
        var state = (options.Mode, person) switch
        {
            (PolicyMode.Observe, _) => ProposalState.Observed,
            (PolicyMode.Enforce, false) => ProposalState.Candidate,
            _ => ProposalState.Proposed,
        };
        return new(kind, state, person, severity, silenced
            ? $"suspected, and its agent is lost, so that nothing inside can prove it: a person decides. {found.Reason}"
            : found.Reason);
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

    private static string? KindOf(ClassAct act) => act switch
    {
        ClassAct.Quarantine => ActKinds.Quarantine,
        ClassAct.Stop => ActKinds.Stop,
        _ => null,
    };
}
