using Watchdog.Detectors.Facts;
using Watchdog.Detectors.Findings;
using Watchdog.Detectors.Health;

namespace Watchdog.Detectors.Tests.Health;

public class DeadVmDetectorTests
{
    private const string PanicText = "[ 1234.5] Kernel panic - not syncing: Fatal exception\n[ 1234.6] ---[ end Kernel panic ]---\n";
    private static readonly DeadVmOptions Options = new();
    private static readonly HypervisorFacts Silent = Given.Cpu(0.1f) with { RecentNetworkOut = 0, UsualNetworkOut = 300_000 };
    private static readonly HypervisorFacts Busy = Given.Cpu(5) with { RecentNetworkOut = 280_000, UsualNetworkOut = 300_000 };

    private static Finding Judge(StatusFacts? status, HypervisorFacts metrics, string? console = null, GuestReading? guest = null, double hoursUp = 240, DateTimeOffset? at = null)
        => DeadVmDetector.Judge(new CaseFacts(Given.Vm(hoursUp: hoursUp, status: status), Given.Noon, metrics, null, guest ?? GuestReading.NotAsked,
            new ConsoleReading(console, at ?? Given.Noon)), Options);

    [Fact]
    public void A_check_that_fails_for_ten_minutes_over_a_silent_network_is_a_panic()
    {
        var found = Judge(Given.InstanceImpaired(10), Silent);
        Assert.Equal(FindingClass.Panic, found.Class);
        Assert.Equal(Verdict.Confirmed, found.Verdict);
    }

    [Fact]
    public void A_VM_that_never_sent_anything_has_nothing_that_could_collapse()
    {
        var found = Judge(Given.InstanceImpaired(60), Given.Cpu(0.1f) with { RecentNetworkOut = 0, UsualNetworkOut = 0 });
        Assert.NotEqual(Verdict.Confirmed, found.Verdict);
        Assert.DoesNotContain(found.Evidence, piece => piece.Family == Family.NetworkShape);
    }

    [Theory]
    [InlineData(5)]
    [InlineData(10)]
    public void A_blip_is_none(double minutes) => Assert.Equal(Verdict.Clear, Judge(Given.InstanceImpaired(minutes), Busy).Verdict);

    [Fact]
    public void A_blip_on_a_VM_that_falls_silent_for_less_than_ten_minutes_is_none()
        => Assert.Equal(Verdict.Clear, Judge(Given.InstanceImpaired(5), Silent).Verdict);

    [Fact]
    public void A_long_failure_with_traffic_is_a_suspicion_for_a_person()
        => Assert.Equal(Verdict.Suspicion, Judge(Given.InstanceImpaired(20), Busy).Verdict);

    [Fact]
    public void Panic_text_with_a_failing_check_is_decisive() => Assert.Equal(Verdict.Confirmed, Judge(Given.InstanceImpaired(5), Busy, PanicText).Verdict);

    [Fact]
    public void Panic_text_with_a_lost_agent_is_decisive()
        => Assert.Equal(Verdict.Confirmed, Judge(Given.AllOk, Busy, PanicText, GuestReading.AgentLost(null)).Verdict);

    [Fact]
    public void Panic_text_that_anybody_can_print_does_not_confirm()
        => Assert.NotEqual(Verdict.Confirmed, Judge(Given.AllOk, Busy, PanicText, GuestReading.Of(Guests.Quiet)).Verdict);

    [Fact]
    public void Panic_text_of_last_week_is_not_fresh()
        => Assert.Equal(Verdict.Clear, Judge(Given.InstanceImpaired(5), Busy, PanicText, at: Given.Noon.AddDays(-7)).Verdict);

    [Fact]
    public void One_OOM_kill_is_no_death()
        => Assert.NotEqual(Verdict.Confirmed, Judge(Given.AllOk, Busy, "Out of memory: Killed process 77 (java)", GuestReading.AgentLost(null)).Verdict);

    [Fact]
    public void AWSs_host_is_never_the_users_fault()
    {
        var found = Judge(new StatusFacts(CheckState.Impaired, CheckState.Impaired, CheckState.Ok, Given.Noon.AddMinutes(-10)), Silent, PanicText);
        Assert.Equal(FindingClass.HostFault, found.Class);
        Assert.Equal(Verdict.Confirmed, found.Verdict);
        Assert.Contains("not the user", found.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_boot_is_no_death() => Assert.Equal(Verdict.Clear, Judge(Given.InstanceImpaired(10), Silent, hoursUp: 0.2).Verdict);

    [Fact]
    public void A_lost_agent_alone_is_none() => Assert.Equal(Verdict.Clear, Judge(Given.AllOk, Busy, guest: GuestReading.AgentLost(null)).Verdict);

    [Fact]
    public void Unknown_checks_cannot_be_told()
    {
        Assert.Equal(Verdict.CannotTell, Judge(null, Silent).Verdict);
        Assert.Equal(Verdict.CannotTell, Judge(new StatusFacts(CheckState.Unknown, CheckState.Ok, CheckState.Ok, null), Silent).Verdict);
    }
}
