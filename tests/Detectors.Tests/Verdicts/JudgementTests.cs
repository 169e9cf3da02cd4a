using Watchdog.Detectors.Facts;
using Watchdog.Detectors.Findings;
using Watchdog.Detectors.Verdicts;

namespace Watchdog.Detectors.Tests.Verdicts;

public class JudgementTests
{
    private static readonly DetectorOptions Options = new();

    private static Verdict Of(CaseFacts facts, FindingClass @class, FindingClass? open = null)
        => Judgement.Of(facts, Options, idle: true, open).Single(finding => finding.Class == @class).Verdict;

    [Fact]
    public void Each_class_is_answered_once()
        => Assert.Equal([FindingClass.Panic, FindingClass.ForkBomb, FindingClass.Miner, FindingClass.Runaway, FindingClass.Idle],
            Judgement.Of(Given.Case(), Options, idle: true).Select(static finding => finding.Class));

    [Fact]
    public void A_spinner_is_a_runaway_and_no_miner_beside_it()
    {
        var facts = Given.Case(Guests.Spinner, 50) with { Triage = Given.SuspiciousPlateau(50, FindingClass.Runaway) };
        Assert.Equal(Verdict.Confirmed, Of(facts, FindingClass.Runaway));
        Assert.Equal(Verdict.Clear, Of(facts, FindingClass.Miner));
    }

    [Fact]
    public void A_miner_is_no_runaway_beside_it()
    {
        Assert.Equal(Verdict.Confirmed, Of(Given.Case(Guests.Xmrig), FindingClass.Miner));
        Assert.Equal(Verdict.Clear, Of(Given.Case(Guests.Xmrig), FindingClass.Runaway));
    }

    [Fact]
    public void By_metrics_alone_the_open_episode_keeps_its_class()
    {
        var facts = Given.Case(cpu: 50) with { Triage = Given.SuspiciousPlateau(50, FindingClass.Runaway) };
        Assert.Equal(Verdict.Suspicion, Of(facts, FindingClass.Runaway));
        Assert.Equal(Verdict.Suspicion, Of(facts, FindingClass.Miner, open: FindingClass.Miner));
        Assert.Equal(Verdict.Clear, Of(facts, FindingClass.Runaway, open: FindingClass.Miner));
    }

    [Fact]
    public void A_fork_bomb_is_no_dead_kernel_and_no_miner_beside_it()
    {
        var facts = Given.Case(cpu: 99.8f) with
        {
            Vm = Given.Vm(status: Given.InstanceImpaired(12)),
            Hypervisor = Given.Cpu(99.8f) with { CeilingAt = Given.Noon.AddMinutes(-15), RecentNetworkOut = 60, UsualNetworkOut = 5000 },
        };
        Assert.Equal(Verdict.Confirmed, Of(facts, FindingClass.ForkBomb));
        Assert.Equal(Verdict.Clear, Of(facts, FindingClass.Panic));
        Assert.Equal(Verdict.Clear, Of(facts, FindingClass.Miner));
    }

    [Fact]
    public void A_bomb_whose_guest_never_comes_back_stays_a_bomb()
    {
        var facts = Given.Case(cpu: float.NaN, plateau: false) with { Vm = Given.Vm(status: Given.InstanceImpaired(90)), Hypervisor = HypervisorFacts.Unknown };
        Assert.Equal(Verdict.Suspicion, Of(facts, FindingClass.Panic));
        Assert.Equal(Verdict.Suspicion, Of(facts, FindingClass.ForkBomb, open: FindingClass.ForkBomb));
        Assert.Equal(Verdict.Clear, Of(facts, FindingClass.Panic, open: FindingClass.ForkBomb));
    }

    [Fact]
    public void A_host_fault_silences_the_suspicions_about_the_guest()
    {
        var facts = Given.Case() with { Vm = Given.Vm(status: new StatusFacts(CheckState.Impaired, CheckState.Impaired, CheckState.Ok, Given.Noon.AddMinutes(-10))) };
        Assert.Equal(Verdict.Confirmed, Of(facts, FindingClass.HostFault));
        Assert.Equal(Verdict.Clear, Of(facts, FindingClass.Miner));
    }

    [Fact]
    public void Every_finding_gives_its_reason()
        => Assert.All(Judgement.Of(Given.Case(Guests.Xmrig), Options, idle: true), static finding => Assert.False(string.IsNullOrWhiteSpace(finding.Reason)));

    [Fact]
    public void A_quiet_VM_is_judged_without_allocating()
    {
        var facts = CaseFacts.OfMetrics(Given.Vm(status: Given.AllOk), Given.Noon, Given.Cpu(12));
        var options = new DetectorOptions();
        var first = Judgement.Of(facts, options);
        Assert.All(first, static finding => Assert.Equal(Verdict.Clear, finding.Verdict));
        Assert.Equal([FindingClass.Panic, FindingClass.ForkBomb, FindingClass.Miner, FindingClass.Runaway], first.Select(static finding => finding.Class));

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++)
        {
            Judgement.Of(facts, options);
        }

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }
}
