using Watchdog.Detectors.Abuse;
using Watchdog.Detectors.Facts;
using Watchdog.Detectors.Findings;

namespace Watchdog.Detectors.Tests.Abuse;

public class RunawayDetectorTests
{
    private static readonly RunawayOptions Options = new();

    private static Finding Judge(GuestSnapshot? guest, float cpu = 50, bool plateau = true) => RunawayDetector.Judge(Given.Case(guest, cpu, plateau: plateau), Options);

    [Fact]
    public void One_old_process_that_spins_is_confirmed()
    {
        var found = Judge(Guests.Spinner);
        Assert.Equal(Verdict.Confirmed, found.Verdict);
        Assert.Contains("spun on 1.0 cores", found.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_young_process_is_not()
        => Assert.NotEqual(Verdict.Confirmed, Judge(Guests.With(Guests.Process("/home/u/job", "job", 1, 0.2, threads: 1))).Verdict);

    [Fact]
    public void A_parent_of_busy_children_is_not()
        => Assert.NotEqual(Verdict.Confirmed, Judge(Guests.With(Guests.Process("/home/u/job", "job", 1, 9, 10, 1), Guests.Process("/home/u/kid", "kid", 0.5, 8, 11, 1, parent: 10))).Verdict);

    [Fact]
    public void An_encoder_is_not() => Assert.NotEqual(Verdict.Confirmed, Judge(Guests.With(Guests.Process("/usr/bin/ffmpeg", "ffmpeg -i a", 1, 9, threads: 1))).Verdict);

    [Fact]
    public void A_miner_is_another_matter() => Assert.NotEqual(Verdict.Confirmed, Judge(Guests.Xmrig, 99).Verdict);

    [Fact]
    public void A_hidden_executable_is_no_innocent_spinner()
        => Assert.NotEqual(Verdict.Confirmed, Judge(Guests.With(Guests.Process("/tmp/.x/worker", "worker", 1, 9, threads: 1))).Verdict);

    [Fact]
    public void A_spinner_that_the_hypervisor_does_not_see_is_not_confirmed() => Assert.NotEqual(Verdict.Confirmed, Judge(Guests.Spinner, 4).Verdict);

    [Fact]
    public void Without_a_plateau_it_is_clear() => Assert.Equal(Verdict.Clear, Judge(Guests.Spinner, plateau: false).Verdict);

    [Fact]
    public void By_metrics_alone_whole_cores_are_a_suspicion()
        => Assert.Equal(Verdict.Suspicion, RunawayDetector.Judge(Given.Case(cpu: 50) with { Triage = Given.SuspiciousPlateau(50, FindingClass.Runaway) }, Options).Verdict);
}
