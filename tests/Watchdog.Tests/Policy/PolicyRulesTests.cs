using Watchdog.Detectors.Findings;
using Watchdog.Inventory;
using Watchdog.Ledger;
using Watchdog.Policy;
using Watchdog.Policy.Ladders;
using Watchdog.Tests.Enforcement;
using EpisodeChange = Watchdog.Detection.EpisodeChange;
using EpisodeStep = Watchdog.Detection.EpisodeStep;

namespace Watchdog.Tests.Policy;

public sealed class PolicyRulesTests
{
    private static readonly DateTimeOffset At = new(2026, 1, 5, 0, 0, 0, TimeSpan.Zero);
    private static readonly Evidence AgentLost = new(Family.Agent, "agent-lost", 0.7, "the agent does not answer");
    private static readonly Evidence AgentAnswers = new(Family.Agent, "agent-answers", -3, "the agent answers");

    [Theory]
    [InlineData(FindingClass.Miner, PolicyMode.Observe, ActKinds.Quarantine, ProposalState.Observed)]
    [InlineData(FindingClass.Miner, PolicyMode.Propose, ActKinds.Quarantine, ProposalState.Proposed)]
    [InlineData(FindingClass.Miner, PolicyMode.Enforce, ActKinds.Quarantine, ProposalState.Candidate)]
    [InlineData(FindingClass.ForkBomb, PolicyMode.Enforce, ActKinds.Restrain, ProposalState.Candidate)]
    [InlineData(FindingClass.Runaway, PolicyMode.Enforce, ActKinds.Restrain, ProposalState.Candidate)]
    [InlineData(FindingClass.Panic, PolicyMode.Enforce, ActKinds.Stop, ProposalState.Candidate)]
    [InlineData(FindingClass.HostFault, PolicyMode.Enforce, null, ProposalState.CaseOnly)]
    [InlineData(FindingClass.Idle, PolicyMode.Enforce, null, ProposalState.Nothing)]
    public void A_confirmed_finding_leads_to_its_classs_act_as_the_mode_allows(FindingClass found, PolicyMode mode, string? kind, ProposalState state)
    {
        var proposal = Decide(Change(found), null, new PolicyOptions { Mode = mode });

        Assert.Equal((kind, state, false), (proposal.Kind, proposal.State, proposal.NeedsPerson));
        Assert.NotEmpty(proposal.Reason);
    }

    [Fact]
    public void The_default_options_only_observe() =>
        Assert.Equal(ProposalState.Observed, Decide(Change(FindingClass.Miner), null, new PolicyOptions()).State);

    [Theory]
    [InlineData(FindingClass.Miner)]
    [InlineData(FindingClass.ForkBomb)]
    [InlineData(FindingClass.Runaway)]
    [InlineData(FindingClass.Panic)]
    public void A_suspicion_alone_leads_to_nothing_in_any_mode(FindingClass found)
    {
        var proposal = Decide(Change(found, Verdict.Suspicion, AgentAnswers), null, Enforcing());

        Assert.Equal(ProposalState.Nothing, proposal.State);
    }

    [Fact]
    public void A_suspected_miner_whose_agent_is_lost_is_proposed_to_a_person_even_in_mode_enforce()
    {
        var proposal = Decide(Change(FindingClass.Miner, Verdict.Suspicion, AgentLost), null, Enforcing());

        Assert.Equal((ActKinds.Quarantine, ProposalState.Proposed, true), (proposal.Kind, proposal.State, proposal.NeedsPerson));
    }

    [Fact]
    public void A_class_that_needs_a_person_is_never_a_candidate()
    {
        var options = Enforcing();
        options.Runaway = new ClassRule { Ladder = "stop", Approval = "stop" };

        Assert.Equal((ProposalState.Proposed, true), Of(Decide(Change(FindingClass.Runaway), null, options)));

        static (ProposalState, bool) Of(Proposal proposal) => (proposal.State, proposal.NeedsPerson);
    }

    [Fact]
    public void A_class_without_an_act_gets_its_case_only()
    {
        var options = Enforcing();
        options.Panic = new ClassRule { Ladder = "observe" };

        Assert.Equal(ProposalState.CaseOnly, Decide(Change(FindingClass.Panic), null, options).State);
    }

    [Fact]
    public void An_exemption_and_an_auto_scaling_group_refuse_the_act_and_say_why()
    {
        var course = new Exemption(1, "owner", "alice", "blockchain course", "ann", At.AddDays(30));
        var exempt = Decide(Change(FindingClass.Miner), course, Enforcing());
        var member = Decide(Change(FindingClass.Miner) with { Vm = Vm("web") }, null, Enforcing());

        Assert.Equal(ProposalState.Refused, exempt.State);
        Assert.Equal("owner alice is exempt until 2026-02-04 00:00 UTC (ann: blockchain course)", exempt.Reason);
        Assert.Equal(ProposalState.Refused, member.State);
        Assert.Contains("Auto Scaling group web", member.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_verdict_whose_pieces_do_not_reach_two_families_gets_its_case_and_no_act()
    {
        Evidence[] curve = [new(Family.CpuShape, "novel-plateau", 5, "."), new(Family.NetworkShape, "no-added-network", 5, "."), new(Family.History, "new", 5, ".")];
        Assert.Equal(ProposalState.CaseOnly, Decide(Change(FindingClass.Miner, Verdict.Confirmed, curve), null, Enforcing()).State);
        Assert.Equal(ProposalState.CaseOnly, Decide(Change(FindingClass.Miner, Verdict.Confirmed, [curve[0] with { Decisive = true }]), null, Enforcing()).State);
        Assert.Equal(ProposalState.Candidate, Decide(
            Change(FindingClass.Miner, Verdict.Confirmed, [new(Family.GuestProcesses, "miner-arguments", 5, ".", Decisive: true)]), null, Enforcing()).State);
    }

    [Theory]
    [InlineData(EvidenceNeed.TwoFamilies, false)]
    [InlineData(EvidenceNeed.Decisive, true)]
    public void Where_the_rule_asks_for_more_evidence_a_person_decides(EvidenceNeed need, bool decisive)
    {
        var options = Enforcing();
        options.Miner.Evidence = need;
        var one = Change(FindingClass.Miner, Verdict.Confirmed, [new(Family.GuestProcesses, "miner-arguments", 5, ".", Decisive: true)]);
        var two = Change(FindingClass.Miner);
        Assert.Equal(decisive, !Decide(one, null, options).NeedsPerson);
        Assert.Equal(decisive, Decide(two, null, options).NeedsPerson);
    }

    [Fact]
    public void A_vm_that_people_found_benign_is_only_proposed_for_the_same_class_as_long_as_that_is_remembered()
    {
        PastRuling ruled = new(17, "miner", "benign_positive", At.AddDays(-13));
        Assert.Equal((ProposalState.Proposed, true), Told(FindingClass.Miner, ruled));
        Assert.Equal((ProposalState.Candidate, false), Told(FindingClass.Panic, ruled));
        Assert.Equal((ProposalState.Candidate, false), Told(FindingClass.Miner, ruled with { At = At.AddDays(-14) }));
        Assert.Equal((ProposalState.Candidate, false), Told(FindingClass.Miner, ruled with { Ruling = "true_positive" }));
        Assert.Equal((ProposalState.Candidate, false), Told(FindingClass.Miner, ruled, ruled with { CaseId = 18, Ruling = "true_positive" }));

        static (ProposalState, bool) Told(FindingClass found, params PastRuling[] rulings)
        {
            var proposal = PolicyRules.Decide(Change(found), null, Past.None with { Rulings = rulings }, Enforcing(), At);
            return (proposal.State, proposal.NeedsPerson);
        }
    }

    [Fact]
    public void Who_starts_a_stopped_vm_again_and_is_found_again_gets_the_next_rung()
    {
        var options = Enforcing();
        options.Panic.Ladder = "reboot, stop, block";
        PastAct stop = new(1, 1, ActKinds.Stop, ActStates.Verified, At.AddMinutes(-30));
        var again = Change(FindingClass.Panic) with { Vm = Vm(null) with { StateSince = At.AddMinutes(-20) } };

        Assert.Equal(ActKinds.Reboot, PolicyRules.Decide(Change(FindingClass.Panic), null, Past.None, options, At).Kind);
        Assert.Equal(ActKinds.Block, PolicyRules.Decide(again, null, Past.None with { Acts = [stop] }, options, At).Kind);
        Assert.Equal(ActKinds.Reboot, PolicyRules.Decide(again, null, Past.None with { Acts = [stop with { State = ActStates.Released }] }, options, At).Kind);
        options.Panic.Ladder = "reboot, stop";
        Assert.Equal(ActKinds.Stop, PolicyRules.Decide(again, null, Past.None with { Acts = [stop] }, options, At).Kind);
    }

    private static Proposal Decide(EpisodeChange change, Exemption? exemption, PolicyOptions options) => PolicyRules.Decide(change, exemption, Past.None, options, At);

    private static PolicyOptions Enforcing() => new() { Mode = PolicyMode.Enforce };

    private static EpisodeChange Change(FindingClass found, Verdict verdict = Verdict.Confirmed, params Evidence[] evidence) => new(
        1, verdict == Verdict.Confirmed ? EpisodeStep.Confirmed : EpisodeStep.Opened, Vm(null), At,
        new Finding(found, verdict, 0.9, "because", verdict == Verdict.Confirmed && evidence.Length == 0 ? World.Proof : evidence));

    private static Vm Vm(string? group) => new("i-1", 1, 0, "alice", null, "running", At, "m5.large", 2, null, null, "vpc-1", At, group);
}
