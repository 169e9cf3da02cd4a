using Watchdog.Detectors.Facts;
using Watchdog.Detectors.Findings;
using Watchdog.Detectors.Mining;

namespace Watchdog.Detectors.Tests.Mining;

public class AttributionTests
{
    // 45 minutes old, as the plateau is; its configuration lies in a file, so that its arguments say nothing.
    private static readonly GuestProcess Worker = Guests.Process("/home/dev/worker", "./worker -c a.json", hours: 0.75, threads: 4);
    private static readonly GuestConnection Pool = Guests.Outbound("203.0.113.9", 3333, hours: 0.75);

    private static Finding Judge(GuestSnapshot snapshot) =>
        MinerDetector.Judge(Given.Case(snapshot) with { Triage = Given.ExplainedPlateau() }, new MinerOptions());

    private static GuestSnapshot Mining(GuestProcess process, params GuestConnection[] connections) =>
        Guests.With(process, Guests.Process("/usr/sbin/nginx", "nginx: worker", 0.05, 200, pid: 80)) with { Connections = connections, HugePages = 1168 };

    [Fact]
    public void A_quiet_miner_is_not_explained_by_the_traffic_of_the_server_beside_it()
    {
        var found = Judge(Mining(Worker, Pool, Guests.Outbound("198.51.100.4", 50_000, pid: 80) with { Outbound = false }));

        Assert.Equal(Verdict.Confirmed, found.Verdict);
        var answered = found.Evidence.Where(static piece => piece.Code == "others-io").ToList();
        Assert.Equal(2, answered.Count);
        Assert.All(answered, static piece => Assert.Contains("worker", piece.Sentence, StringComparison.Ordinal));
        Assert.DoesNotContain(found.Evidence, static piece => piece.Code is "network-explains" or "disk-explains");
    }

    [Fact]
    public void Without_a_second_sign_traffic_goes_on_explaining()
    {
        var found = Judge(Mining(Worker, Pool with { PeerPort = 443 }) with { HugePages = 0 });
        Assert.Equal(Verdict.Clear, found.Verdict);
        Assert.Contains(found.Evidence, static piece => piece.Code == "network-explains");
    }

    [Fact]
    public void What_serves_moves_data_on_many_connections_or_speaks_to_nobody_may_own_the_traffic()
    {
        Assert.Equal(Verdict.Clear, Judge(Mining(Worker, Pool with { Outbound = false })).Verdict);
        Assert.NotEqual(Verdict.Confirmed, Judge(Mining(Worker, Pool, Pool with { LocalPort = 51_001 }, Pool with { LocalPort = 51_002 })).Verdict);
        Assert.Equal(Verdict.Clear, Judge(Mining(Worker)).Verdict);
    }

    [Fact]
    public void A_process_older_than_the_plateau_or_too_small_for_it_did_not_take_it()
    {
        Assert.NotEqual(Verdict.Confirmed, Judge(Mining(Worker with { AgeSeconds = 90_000, CpuSeconds = 180_000 }, Pool)).Verdict);
        Assert.NotEqual(Verdict.Confirmed, Judge(Mining(Guests.Process("/home/dev/worker", "./worker", cores: 1, hours: 0.75, threads: 1), Pool)).Verdict);
    }

    [Fact]
    public void Known_work_keeps_its_traffic()
        => Assert.Equal(Verdict.Clear, Judge(Mining(Guests.Process("/usr/bin/ffmpeg", "ffmpeg -i a", hours: 0.75), Pool)).Verdict);

    [Fact]
    public void Absurd_ages_take_nothing()
        => Assert.NotEqual(Verdict.Confirmed, Judge(Mining(Worker with { AgeSeconds = double.NaN, CpuSeconds = 1e300 }, Pool)).Verdict);
}
