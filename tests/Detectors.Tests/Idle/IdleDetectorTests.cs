using Watchdog.Detectors.Facts;
using Watchdog.Detectors.Findings;
using Watchdog.Detectors.Idle;

namespace Watchdog.Detectors.Tests.Idle;

public class IdleDetectorTests
{
    private static readonly IdleOptions Options = new();
    private static readonly HypervisorFacts Still = Given.Cpu(1, 1) with { HourCpuP95 = 1.2f, HourNetworkMax = 40_000 };

    private static Finding Judge(HypervisorFacts metrics, GuestSnapshot? guest = null, double hoursUp = 240, StatusFacts? status = null, params Finding[] others)
        => IdleDetector.Judge(new CaseFacts(Given.Vm(hoursUp: hoursUp, status: status ?? Given.AllOk), Given.Noon, metrics, null,
            guest is null ? GuestReading.NotAsked : GuestReading.Of(guest), ConsoleReading.Absent), Options, others);

    [Fact]
    public void An_hour_without_CPU_and_traffic_is_a_suspicion() => Assert.Equal(Verdict.Suspicion, Judge(Still).Verdict);

    [Fact]
    public void With_nobody_inside_it_is_confirmed() => Assert.Equal(Verdict.Confirmed, Judge(Still, Guests.Quiet).Verdict);

    [Fact]
    public void A_session_an_inbound_connection_or_a_busy_process_are_use()
    {
        Assert.NotEqual(Verdict.Confirmed, Judge(Still, Guests.Quiet with { Sessions = [new GuestSession("u", "pts/0", "198.51.100.7", 7200)] }).Verdict);
        Assert.NotEqual(Verdict.Confirmed, Judge(Still, Guests.Quiet with { Connections = [new GuestConnection(9, "198.51.100.7", 50_000, 22, false, 60)] }).Verdict);
        Assert.NotEqual(Verdict.Confirmed, Judge(Still, Guests.With(Guests.Process("/home/u/job", "job", 0.3))).Verdict);
    }

    [Fact]
    public void Absent_data_are_not_idleness()
    {
        Assert.Equal(Verdict.CannotTell, Judge(Still with { HourNetworkMax = float.NaN }).Verdict);
        Assert.Equal(Verdict.CannotTell, Judge(HypervisorFacts.Unknown).Verdict);
    }

    [Fact]
    public void Use_is_clear()
    {
        Assert.Equal(Verdict.Clear, Judge(Still with { HourCpuP95 = 6 }).Verdict);
        Assert.Equal(Verdict.Clear, Judge(Still with { HourNetworkMax = 2_000_000 }).Verdict);
        Assert.Equal(Verdict.Clear, Judge(Still, hoursUp: 0.5).Verdict);
    }

    [Fact]
    public void A_VM_that_is_ill_is_not_idle() => Assert.Equal(Verdict.CannotTell, Judge(Still, status: Given.InstanceImpaired(5)).Verdict);

    [Fact]
    public void It_yields_to_every_other_class()
        => Assert.Equal(Verdict.Clear, Judge(Still, others: new Finding(FindingClass.Miner, Verdict.Suspicion, 0.5, "CPU.", [])).Verdict);
}
