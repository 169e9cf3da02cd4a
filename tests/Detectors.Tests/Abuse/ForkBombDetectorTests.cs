using FsCheck;
using FsCheck.Fluent;
using Watchdog.Detectors.Abuse;
using Watchdog.Detectors.Facts;
using Watchdog.Detectors.Findings;

namespace Watchdog.Detectors.Tests.Abuse;

public class ForkBombDetectorTests
{
    private static readonly ForkBombOptions Options = new();

    private static HypervisorFacts Choked => Given.Cpu(99.8f) with { CeilingAt = Given.Noon.AddMinutes(-15), RecentNetworkOut = 60, UsualNetworkOut = 5000 };

    private static Finding Judge(HypervisorFacts metrics, GuestSnapshot? guest = null, StatusFacts? status = null, string? console = null)
        => ForkBombDetector.Judge(new CaseFacts(Given.Vm(status: status ?? Given.AllOk), Given.Noon, metrics, null,
            guest is null ? GuestReading.NotAsked : GuestReading.Of(guest), new ConsoleReading(console, Given.Noon)), Options);

    [Fact]
    public void A_storm_inside_under_full_CPU_confirms() => Assert.Equal(Verdict.Confirmed, Judge(Given.Cpu(99), Guests.ForkStorm).Verdict);

    [Fact]
    public void A_storm_that_only_the_guest_tells_of_does_not() => Assert.NotEqual(Verdict.Confirmed, Judge(Given.Cpu(3), Guests.ForkStorm).Verdict);

    [Fact]
    public void A_ceiling_at_once_with_a_collapsed_network_is_a_suspicion() => Assert.Equal(Verdict.Suspicion, Judge(Choked).Verdict);

    [Fact]
    public void With_a_failing_check_it_is_confirmed()
        => Assert.Equal(Verdict.Confirmed, Judge(Choked, status: Given.InstanceImpaired(12)).Verdict);

    [Fact]
    public void With_the_consoles_words_it_is_confirmed()
        => Assert.Equal(Verdict.Confirmed, Judge(Choked, console: "login:\nbash: fork: retry: Resource temporarily unavailable\n").Verdict);

    [Fact]
    public void A_ceiling_alone_is_any_honest_job()
        => Assert.Equal(Verdict.Clear, Judge(Given.Cpu(99) with { CeilingAt = Given.Noon.AddMinutes(-15) }).Verdict);

    [Fact]
    public void A_kernel_that_sends_nothing_at_all_is_dead_and_no_bomb()
        => Assert.Equal(Verdict.Clear, Judge(Choked with { RecentNetworkOut = 0 }).Verdict);

    private static HypervisorFacts Starving => Choked with { RecentNetworkOut = 2500, DiskWriteRatio = 0.2f };

    [Fact]
    public void A_ceiling_under_which_disk_writes_and_traffic_fall_is_a_suspicion()
    {
        var starved = Judge(Starving);
        Assert.Equal(Verdict.Suspicion, starved.Verdict);
        Assert.Contains("disk writes are at 20 % of usual", starved.Reason, StringComparison.Ordinal);
        Assert.Equal(Verdict.Clear, Judge(Starving with { DiskWriteRatio = float.NaN }).Verdict);
    }

    [Fact]
    public void Disk_writes_are_asked_for_where_they_decide_and_nowhere_else()
    {
        Assert.True(Asks(Starving));
        Assert.False(Asks(Starving with { RecentNetworkOut = 5000 }));
        Assert.False(Asks(Choked));
        Assert.False(Asks(Starving with { UsualCpu = 40 }));
        Assert.False(Asks(Starving with { CeilingAt = Given.Noon.AddHours(-2) }));
        Assert.False(Asks(Starving with { UsualNetworkOut = float.NaN }));
        Assert.False(Asks(HypervisorFacts.Unknown));
    }

    [Fact]
    public void Whoever_starves_by_the_rule_has_been_asked_about()
        => Prop.ForAll(Gen.Choose(0, 100).ToArbitrary(), Gen.Choose(0, 6000).ToArbitrary(), Gen.Choose(0, 90).ToArbitrary(), static (cpu, network, minutes) =>
        {
            var facts = Starving with { UsualCpu = cpu, RecentNetworkOut = network, CeilingAt = Given.Noon.AddMinutes(-minutes) };
            return Asks(facts) || Judge(facts).Evidence.All(static piece => piece.Code != Weights.Starved.Code);
        }).QuickCheckThrowOnFailure();

    private static bool Asks(HypervisorFacts metrics) => ForkBombDetector.AsksDisk(metrics, Given.Noon, Options);

    [Fact]
    public void A_parallel_build_is_none()
    {
        var build = Guests.With([.. Enumerable.Range(0, 16).Select(i => Guests.Process("/usr/lib/gcc/cc1plus", "cc1plus", 0.9, 0.01, 100 + i, 1))]) with
        {
            ForksPerSecond = 40, SystemPercent = 8, Processes = 180, Load1 = 16,
        };
        Assert.NotEqual(Verdict.Confirmed, Judge(Given.Cpu(98), build).Verdict);
        Assert.True(Judge(Given.Cpu(98), build).Score < 0.15);
    }

    [Fact]
    public void Nothing_known_cannot_be_told() => Assert.Equal(Verdict.CannotTell, Judge(HypervisorFacts.Unknown).Verdict);
}
