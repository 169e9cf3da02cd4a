using Watchdog.Detectors.Facts;
using Watchdog.Detectors.Findings;
using Watchdog.Detectors.Mining;

namespace Watchdog.Detectors.Tests.Mining;

public class MinerDetectorTests
{
    private static readonly MinerOptions Options = new();

    private static Finding Judge(GuestSnapshot? guest, float cpu = 99, int vcpus = 2, bool plateau = true)
        => MinerDetector.Judge(Given.Case(guest, cpu, vcpus, plateau), Options);

    [Fact]
    public void A_plateau_and_a_miner_inside_confirm()
    {
        var found = Judge(Guests.Xmrig);
        Assert.Equal(Verdict.Confirmed, found.Verdict);
        Assert.True(found.Score > 0.99);
        Assert.Contains("miner", found.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_plateau_alone_is_a_suspicion_however_flat()
        => Assert.Equal(Verdict.Suspicion, Judge(null).Verdict);

    [Fact]
    public void A_miner_that_the_guest_claims_on_an_idle_VM_is_a_suspicion_only()
        => Assert.Equal(Verdict.Suspicion, Judge(Guests.Xmrig with { Connections = [Guests.Outbound("pool.supportxmr.com", 3333)] }, cpu: 3, plateau: false).Verdict);

    [Fact]
    public void Guest_text_never_confirms_while_the_hypervisors_CPU_is_unknown()
        => Assert.NotEqual(Verdict.Confirmed, Judge(Guests.Xmrig, cpu: float.NaN, plateau: false).Verdict);

    [Fact]
    public void A_renamed_miner_is_proven_by_two_medium_signs_of_different_families()
    {
        var hidden = Guests.With(Guests.Process("/dev/shm/.k/kworker", "[kworker/0:1]", comm: "kworker/0:1")) with { Connections = [Guests.Outbound("203.0.113.9", 14444)] };
        Assert.Equal(Verdict.Confirmed, Judge(hidden).Verdict);
    }

    [Fact]
    public void A_connection_of_unknown_age_lasts_when_an_earlier_look_saw_the_same_one()
    {
        var look = Guests.With(Guests.Process("/home/dev/worker", "./worker -c a.json", comm: "worker")) with { Connections = [Guests.Outbound("203.0.113.9", 3333) with { AgeSeconds = double.NaN }] };
        var earlier = look with { TakenAt = look.TakenAt.AddMinutes(-6) };
        var other = earlier with { Connections = [earlier.Connections[0] with { LocalPort = earlier.Connections[0].LocalPort + 1 }] };

        Assert.DoesNotContain(Judge(look).Evidence, static piece => piece.Code == "pool-port");
        Assert.DoesNotContain(Twice(look, other).Evidence, static piece => piece.Code == "pool-port");
        Assert.Contains(Twice(look, earlier).Evidence, static piece => piece.Code == "pool-port" && piece.Sentence.Contains("two looks 6 minutes apart", StringComparison.Ordinal));

        static Finding Twice(GuestSnapshot now, GuestSnapshot before) =>
            MinerDetector.Judge(Given.Case() with { Guest = GuestReading.Of(now, before), Indicators = Given.Indicators }, Options);
    }

    [Fact]
    public void A_process_that_hides_its_file_and_its_name_is_proven_and_one_that_only_lies_in_a_temporary_folder_is_not()
    {
        Assert.Equal(Verdict.Confirmed, Judge(Guests.With(Guests.Process("/dev/shm/.k/kworker", "[kworker/0:1]", comm: "kworker/0:1"))).Verdict);
        Assert.Equal(Verdict.Suspicion, Judge(Guests.With(Guests.Process("/tmp/build/a.out", "./a.out", comm: "a.out"))).Verdict);
    }

    [Fact]
    public void A_hidden_executable_with_one_long_connection_needs_no_known_port()
    {
        var hidden = Guests.With(Guests.Process("/tmp/.ICE-unix/.k/kdevtmpfs", "[kdevtmpfs]")) with { Connections = [Guests.Outbound("203.0.113.9", 443)] };
        Assert.Equal(Verdict.Confirmed, Judge(hidden).Verdict);
    }

    [Fact]
    public void Without_a_word_all_cores_from_an_odd_place_are_a_suspicion_and_a_connection_that_lasts_proves_it()
    {
        var look = Guests.With(Guests.Process("/var/tmp/.cache/update", "./update", 1.98, 3, threads: 4)) with { Connections = [Guests.Outbound("203.0.113.77", 443) with { AgeSeconds = double.NaN }] };
        Assert.Equal(Verdict.Suspicion, Judge(look).Verdict);
        Assert.Equal(Verdict.Confirmed, Twice(look).Verdict);
        // A second connection, to a pool in reserve, hides no more than the proof.
        Assert.Equal(Verdict.Suspicion, Twice(look with { Connections = [.. look.Connections, Guests.Outbound("203.0.113.78", 443) with { AgeSeconds = double.NaN, LocalPort = 51_001 }] }).Verdict);

        static Finding Twice(GuestSnapshot look) =>
            MinerDetector.Judge(Given.Case() with { Guest = GuestReading.Of(look, look with { TakenAt = look.TakenAt.AddMinutes(-6) }) }, Options);
    }

    [Fact]
    public void A_users_program_on_all_cores_without_a_connection_or_a_hiding_place_is_not_proven()
        => Assert.NotEqual(Verdict.Confirmed, Judge(Guests.With(Guests.Process("/home/u/sim/ising", "./ising", 2, 3))).Verdict);

    [Fact]
    public void A_guest_that_claims_to_idle_under_full_CPU_is_evidence_itself()
        => Assert.Contains(Judge(Guests.Quiet).Evidence, static piece => piece.Code == "guest-understates");

    [Fact]
    public void Without_plateau_and_guest_it_cannot_tell_or_is_clear()
    {
        Assert.Equal(Verdict.Clear, Judge(null, plateau: false).Verdict);
        Assert.Equal(Verdict.CannotTell, Judge(null, cpu: float.NaN, plateau: false).Verdict);
    }

    [Fact]
    public void A_lost_agent_is_a_suspicion_for_a_person()
    {
        var found = MinerDetector.Judge(Given.Case() with { Guest = GuestReading.AgentLost(Given.Noon.AddMinutes(-20)) }, Options);
        Assert.Equal(Verdict.Suspicion, found.Verdict);
        Assert.Contains(found.Evidence, static piece => piece.Family == Family.Agent);
    }

    public static TheoryData<string, string> HonestWork => new()
    {
        { "/usr/bin/ffmpeg", "ffmpeg -i in.mkv -c:v libx264 out.mp4" },
        { "/usr/bin/x264", "x264 --preset slow" },
        { "/home/u/venv/bin/python3.12", "python train.py --framework torch" },
        { "/usr/lib/R/bin/exec/R", "R --no-echo --file=farm.R" },
        { "/opt/blender/blender", "blender -b scene.blend -a" },
        { "/usr/local/MATLAB/bin/matlab", "matlab -batch sim" },
        { "/usr/lib/gcc/x86_64-linux-gnu/12/cc1plus", "cc1plus -O2" },
        { "/usr/lib/postgresql/15/bin/postgres", "postgres: autovacuum" },
        { "/usr/lib/dotnet/dotnet", "dotnet build" },
    };

    [Theory]
    [MemberData(nameof(HonestWork))]
    public void Honest_work_under_a_plateau_is_not_confirmed_and_loses_weight(string exe, string args)
    {
        var found = Judge(Guests.With(Guests.Process(exe, args, hours: 6)));
        Assert.NotEqual(Verdict.Confirmed, found.Verdict);
        Assert.True(found.Score < Judge(null).Score);
    }

    [Fact]
    public void A_miner_named_like_an_encoder_is_found_by_its_arguments()
        => Assert.Equal(Verdict.Confirmed, Judge(Guests.With(Guests.Process("/usr/bin/ffmpeg", "ffmpeg -o stratum+tcp://a:3333"))).Verdict);

    [Fact]
    public void An_encoder_beside_a_miner_does_not_exculpate_it()
        => Assert.Equal(Verdict.Confirmed, Judge(Guests.With(
            Guests.Process("/home/u/xmrig", "./xmrig --donate-level 1", 2), Guests.Process("/usr/bin/ffmpeg", "ffmpeg -i a", 0.2, pid: 7))).Verdict);

    [Fact]
    public void An_encoder_on_a_developers_port_is_not_confirmed()
        => Assert.NotEqual(Verdict.Confirmed, Judge(Guests.With(Guests.Process("/usr/bin/ffmpeg", "ffmpeg -i a")) with { Connections = [Guests.Outbound("203.0.113.9", 5555)] }).Verdict);

    [Fact]
    public void Absurd_numbers_do_no_harm()
    {
        var mad = Guests.With(Guests.Process("", "", double.NaN, double.PositiveInfinity), Guests.Process("/x", "x", -5, -1)) with
        {
            UserPercent = double.NaN, HugePages = int.MinValue, Processes = int.MaxValue, ForksPerSecond = double.NegativeInfinity,
        };
        var found = Judge(mad);
        Assert.InRange(found.Score, 0, 1);
        Assert.NotEqual(Verdict.Confirmed, found.Verdict);
    }
}
