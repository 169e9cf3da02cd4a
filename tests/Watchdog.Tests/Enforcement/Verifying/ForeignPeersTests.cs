using Watchdog.Detectors.Facts;
using Watchdog.Enforcement.Verifying;

namespace Watchdog.Tests.Enforcement.Verifying;

public sealed class ForeignPeersTests
{
    private static readonly DateTimeOffset At = new(2026, 1, 5, 12, 0, 0, TimeSpan.Zero);
    private static readonly GuestProcess Agent = new(9, 1, 0, "ssm-agent-worke", "/usr/bin/ssm-agent-worker", "ssm-agent-worker", 9000, 3, 8, 1000, false, "/");
    private static readonly GuestProcess Other = Agent with { Pid = 7, Comm = "nc", Exe = "/usr/bin/nc" };

    [Fact]
    public void A_connection_that_was_open_before_is_a_dead_socket_and_a_new_one_is_alive()
    {
        var old = new GuestConnection(7, "198.51.100.4", 3333, 40000, true, double.NaN);

        Assert.Empty(ForeignPeers.In(Look(old), Look(old), At));
        Assert.Equal(["198.51.100.4 port 3333 (process 7)"], ForeignPeers.In(Look(old with { LocalPort = 40001 }), Look(old), At));
    }

    [Fact]
    public void Without_a_look_before_only_an_age_tells()
    {
        var peer = new GuestConnection(7, "198.51.100.4", 3333, 40000, true, double.NaN);

        Assert.Empty(ForeignPeers.In(Look(peer), null, At));
        Assert.Empty(ForeignPeers.In(Look(peer with { AgeSeconds = 600 }), null, At));
        Assert.Single(ForeignPeers.In(Look(peer with { AgeSeconds = 60 }), null, At));
    }

    [Theory]
    [InlineData(9, 443, 0)]
    [InlineData(7, 443, 1)]
    // A process that the list does not show may be the agent's.
    [InlineData(8, 443, 0)]
    [InlineData(9, 8443, 1)]
    public void The_agents_own_way_out_is_no_leak(int pid, int port, int expected) =>
        Assert.Equal(expected, ForeignPeers.In(Look(new GuestConnection(pid, "203.0.113.9", port, 40000, true, 10)), null, At).Count);

    [Theory]
    [InlineData("10.1.2.3", false)]
    [InlineData("172.20.0.1", false)]
    [InlineData("192.168.0.9", false)]
    [InlineData("169.254.169.254", false)]
    [InlineData("100.100.0.1", false)]
    [InlineData("127.0.0.1", false)]
    [InlineData("::1", false)]
    [InlineData("fe80::1", false)]
    [InlineData("fd00:ec2::254", false)]
    [InlineData("::ffff:10.0.0.1", false)]
    [InlineData("::ffff:198.51.100.4", true)]
    [InlineData("198.51.100.4", true)]
    [InlineData("2001:db8::4", true)]
    [InlineData("pool.example", false)]
    [InlineData("", false)]
    public void Only_addresses_of_the_public_internet_are_foreign(string address, bool expected) =>
        Assert.Equal(expected, ForeignPeers.IsPublic(address));

    private static GuestSnapshot Look(params GuestConnection[] connections) => new(
        At.AddMinutes(2), true, 9000, 1, 1, 1, 1, 1, 0, 0, 1, 100, 200, [Agent, Other], connections, [], null, null, null, null, [], []);
}
