using Watchdog.Detectors.Facts;
using Watchdog.Detectors.Mining;
using Watchdog.Reports.Cases;

namespace Watchdog.Tests.Reports.Cases;

public sealed class SignsTests
{
    private static readonly IndicatorSet Indicators = new("test", [new(IndicatorKind.Name, "xmrig"), new(IndicatorKind.Argument, "stratum+tcp://"), new(IndicatorKind.Pool, "pool.example")]);

    [Fact]
    public void Those_with_a_sign_come_first_and_say_which()
    {
        var marked = Signs.Of([Process(1, "systemd", cores: 1.5), Process(7, "xmrig", args: "xmrig -o stratum+tcp://x")], [], Indicators);

        Assert.Equal([7, 1], marked.Select(one => one.Process.Pid));
        Assert.Equal(["a miner's arguments", "a miner's name (xmrig)"], marked[0].Signs);
        Assert.Empty(marked[1].Signs);
    }

    [Fact]
    public void A_process_that_the_evidence_names_by_its_number_is_marked_and_no_other_whose_number_holds_it()
    {
        var marked = Signs.Of([Process(9, "node"), Process(99, "node")], ["Process 9 (node) has spun on 1.0 cores for 38 minutes.", "9900 processes exist."], Indicators);

        Assert.Equal([9], marked.Where(one => one.Signs.Contains("named in the evidence")).Select(one => one.Process.Pid));
    }

    [Fact]
    public void A_crowd_of_one_name_is_a_sign()
    {
        var marked = Signs.Of([.. Enumerable.Range(100, 25).Select(pid => Process(pid, "forky")), Process(1, "systemd")], [], Indicators);

        Assert.Equal(25, marked.Count(one => one.Signs.Contains("one of 25 of this name")));
        Assert.Empty(marked[^1].Signs);
    }

    [Fact]
    public void A_connection_to_a_pool_or_of_a_marked_process_is_marked()
    {
        var processes = Signs.Of([Process(7, "xmrig"), Process(8, "curl")], [], Indicators);

        var connections = Signs.Of([To(8, "192.0.2.1"), To(8, "eu.pool.example"), To(7, "192.0.2.2"), To(5, "192.0.2.3")], processes, Indicators);

        Assert.Equal(["a mining pool's host", "of a process with a sign", null, null], connections.Select(one => one.Sign).OrderBy(sign => sign is null).ThenBy(sign => sign));
        Assert.Null(connections.Single(one => one.Connection.Pid == 5).Of);
    }

    private static GuestProcess Process(int pid, string name, string args = "", double cores = 0) => new(pid, 1, 0, name, $"/usr/bin/{name}", args, 1000, 1000 * cores, 1, 1, false, "/");

    private static GuestConnection To(int pid, string peer) => new(pid, peer, 443, 40000, true, 60);
}
