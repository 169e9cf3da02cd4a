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

    [Theory]
    [InlineData("/home/u/app/server", "./server")]
    [InlineData("/usr/bin/node", "node /srv/chat/main.js")]
    [InlineData("/usr/bin/python3.12", "python3 /home/u/bots/mail_bot.py --verbose")]
    [InlineData("/usr/bin/php8.2", "php /var/www/shop/cron.php")]
    [InlineData("/usr/bin/bash", "bash loop.sh")]
    [InlineData("/usr/bin/less", "less notes.txt")]
    [InlineData("/usr/bin/yes", "yes xmrig --donate-level 1")]
    [InlineData("/home/u/relay", "./relay --listen=0.0.0.0:9000")]
    public void A_program_that_waits_by_trade_is_stuck_when_it_spins(string exe, string args)
    {
        var found = Judge(Guests.With(Guests.Process(exe, args, 1, 9, threads: 1)));
        Assert.Equal(Verdict.Confirmed, found.Verdict);
        Assert.Contains(found.Evidence, static piece => piece.Code == "waits-by-trade");
    }

    [Theory]
    [InlineData("/home/u/sim/ising", "./ising --steps 900000000")]
    [InlineData("/usr/bin/python3.12", "python3 collatz.py")]
    [InlineData("/usr/bin/python3.12", "python3 analyse.py server.log /srv/logs")]
    [InlineData("/usr/bin/perl", "perl permute.pl")]
    [InlineData("/usr/local/bin/kissat", "kissat bounty.cnf")]
    [InlineData("/home/u/a.out", "./a.out server")]
    public void An_unknown_program_that_may_compute_is_a_suspicion_whoever_started_it(string exe, string args)
    {
        var orphan = Judge(Guests.With(Guests.Process(exe, args, 1, 9, threads: 1)));
        var job = Judge(Guests.With(Guests.Process(exe, args, 1, 9, threads: 1, parent: 77), Guests.Process("/usr/bin/bash", "-bash", 0, 20, 77, 1)));

        Assert.Equal((Verdict.Suspicion, Verdict.Suspicion), (orphan.Verdict, job.Verdict));
        Assert.Contains("honest computation", orphan.Reason, StringComparison.Ordinal);
        Assert.Contains("bash (process 77) started it", job.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_process_that_rested_for_days_and_took_a_core_between_two_looks_turned()
    {
        var now = Turning(cpuSeconds: 7200);
        var found = RunawayDetector.Judge(Given.Case(now, 50) with { Guest = GuestReading.Of(now, Turning(cpuSeconds: 6840, before: 360)) }, Options);

        Assert.Equal(Verdict.Confirmed, found.Verdict);
        Assert.Contains(found.Evidence, static piece => piece.Code == "turned-spinner" && piece.Sentence.Contains("took 1.0 cores between two looks", StringComparison.Ordinal));
        Assert.NotEqual(Verdict.Confirmed, Judge(now).Verdict);
    }

    [Fact]
    public void One_that_a_shell_waits_for_or_that_began_a_quarter_of_an_hour_ago_has_not_turned_enough()
    {
        var shell = Guests.Process("/usr/bin/bash", "-bash", 0, 80, 77, 1);
        Assert.Equal(Verdict.Suspicion, Twice(Turning(7200, parent: 77, beside: shell), Turning(6840, 360, 77, shell)));
        Assert.NotEqual(Verdict.Confirmed, Twice(Turning(900), Turning(540, 360)));

        static Verdict Twice(GuestSnapshot now, GuestSnapshot before) => RunawayDetector.Judge(Given.Case(now, 50) with { Guest = GuestReading.Of(now, before) }, Options).Verdict;
    }

    [Fact]
    public void A_session_or_a_connection_that_came_in_means_that_somebody_may_want_it()
    {
        Assert.Equal(Verdict.Suspicion, Judge(Guests.Spinner with { Sessions = [new GuestSession("dev", "pts/0", "203.0.113.5", 40)] }).Verdict);
        Assert.Equal(Verdict.Suspicion, Judge(Guests.Spinner with { Complete = false }).Verdict);
        Assert.Equal(Verdict.Suspicion, Judge(Guests.Spinner with { Connections = [new GuestConnection(4242, "203.0.113.5", 50_000, 9000, false, 60)] }).Verdict);
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

    private static GuestSnapshot Turning(double cpuSeconds, double before = 0, int parent = 1, params GuestProcess[] beside)
        => Guests.With([Guests.Process("/home/u/sync", "./sync", 0, 72, threads: 1, parent: parent) with { AgeSeconds = (72 * 3600) - before, CpuSeconds = cpuSeconds }, .. beside]) with
        {
            TakenAt = Given.Noon.AddSeconds(-before),
        };
}
