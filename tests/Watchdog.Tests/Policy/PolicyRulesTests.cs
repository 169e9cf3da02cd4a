using Watchdog.Detectors.Findings;
using Watchdog.Inventory;
using Watchdog.Ledger;
using Watchdog.Policy;
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
    [InlineData(FindingClass.ForkBomb, PolicyMode.Enforce, ActKinds.Stop, ProposalState.Candidate)]
    [InlineData(FindingClass.Runaway, PolicyMode.Enforce, ActKinds.Stop, ProposalState.Candidate)]
    [InlineData(FindingClass.Panic, PolicyMode.Enforce, ActKinds.Stop, ProposalState.Candidate)]
    [InlineData(FindingClass.HostFault, PolicyMode.Enforce, null, ProposalState.CaseOnly)]
    [InlineData(FindingClass.Idle, PolicyMode.Enforce, null, ProposalState.Nothing)]
    public void A_confirmed_finding_leads_to_its_classs_act_as_the_mode_allows(FindingClass found, PolicyMode mode, string? kind, ProposalState state)
    {
        var proposal = PolicyRules.Decide(Change(found), null, new PolicyOptions { Mode = mode });

        Assert.Equal((kind, state, false), (proposal.Kind, proposal.State, proposal.NeedsPerson));
        Assert.NotEmpty(proposal.Reason);
    }

    [Fact]
    public void The_default_options_only_observe() =>
        Assert.Equal(ProposalState.Observed, PolicyRules.Decide(Change(FindingClass.Miner), null, new PolicyOptions()).State);

    [Theory]
    [InlineData(FindingClass.Miner)]
    [InlineData(FindingClass.ForkBomb)]
    [InlineData(FindingClass.Runaway)]
    [InlineData(FindingClass.Panic)]
    public void A_suspicion_alone_leads_to_nothing_in_any_mode(FindingClass found)
    {
        var proposal = PolicyRules.Decide(Change(found, Verdict.Suspicion, AgentAnswers), null, Enforcing());

        Assert.Equal(ProposalState.Nothing, proposal.State);
    }

    [Fact]
    public void A_suspected_miner_whose_agent_is_lost_is_proposed_to_a_person_even_in_mode_enforce()
    {
        var proposal = PolicyRules.Decide(Change(FindingClass.Miner, Verdict.Suspicion, AgentLost), null, Enforcing());

        Assert.Equal((ActKinds.Quarantine, ProposalState.Proposed, true), (proposal.Kind, proposal.State, proposal.NeedsPerson));
    }

    [Fact]
    public void A_class_that_needs_a_person_is_never_a_candidate()
    {
        var options = Enforcing();
        options.Runaway = new ClassRule { Act = ClassAct.Stop, NeedsPerson = true };

        Assert.Equal((ProposalState.Proposed, true), Of(PolicyRules.Decide(Change(FindingClass.Runaway), null, options)));

        static (ProposalState, bool) Of(Proposal proposal) => (proposal.State, proposal.NeedsPerson);
    }

    [Fact]
    public void A_class_without_an_act_gets_its_case_only()
    {
        var options = Enforcing();
        options.Panic = new ClassRule { Act = ClassAct.None };

        Assert.Equal(ProposalState.CaseOnly, PolicyRules.Decide(Change(FindingClass.Panic), null, options).State);
    }

    [Fact]
    public void An_exemption_and_an_auto_scaling_group_refuse_the_act_and_say_why()
    {
        var course = new Exemption("owner", "alice", "blockchain course", "ann", At.AddDays(30));
        var exempt = PolicyRules.Decide(Change(FindingClass.Miner), course, Enforcing());
        var member = PolicyRules.Decide(Change(FindingClass.Miner) with { Vm = Vm("web") }, null, Enforcing());

        Assert.Equal(ProposalState.Refused, exempt.State);
        Assert.Equal("owner alice is exempt until 2026-02-04 00:00 UTC (ann: blockchain course)", exempt.Reason);
        Assert.Equal(ProposalState.Refused, member.State);
        Assert.Contains("Auto Scaling group web", member.Reason, StringComparison.Ordinal);
    }

    private static PolicyOptions Enforcing() => new() { Mode = PolicyMode.Enforce };

    private static EpisodeChange Change(FindingClass found, Verdict verdict = Verdict.Confirmed, params Evidence[] evidence) => new(
        1, verdict == Verdict.Confirmed ? EpisodeStep.Confirmed : EpisodeStep.Opened, Vm(null), At,
        new Finding(found, verdict, 0.9, "because", evidence));

    private static Vm Vm(string? group) => new("i-1", 1, 0, "alice", null, "running", At, "m5.large", 2, null, null, "vpc-1", At, group);
}
