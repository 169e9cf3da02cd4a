using Watchdog.Detectors.Facts;
using Watchdog.Reports.Cases;

namespace Watchdog.Tests.Reports.Cases;

public sealed class SnapshotChangeTests
{
    private static readonly DateTimeOffset At = new(2026, 3, 2, 10, 0, 0, TimeSpan.Zero);

    [Fact]
    public void What_appeared_and_what_went_is_told()
    {
        var change = SnapshotChange.Of(Look([Process(1, "init"), Process(5, "gone")], [Connection(5, 80)]), Look([Process(1, "init"), Process(7, "new")], [Connection(7, 3333)]));

        Assert.Equal(7, Assert.Single(change.Appeared).Pid);
        Assert.Equal(5, Assert.Single(change.Went).Pid);
        Assert.Equal((3333, 80), (Assert.Single(change.Opened).PeerPort, Assert.Single(change.Closed).PeerPort));
        Assert.False(change.IsNone);
    }

    [Fact]
    public void A_pid_that_was_used_again_is_another_process_and_one_that_renamed_itself_is_not()
    {
        var change = SnapshotChange.Of(
            Look([Process(7, "bash", start: 100), Process(8, "sh", start: 200)], []), Look([Process(7, "bash", start: 900), Process(8, "kworker", start: 200)], []));

        Assert.Equal(7, Assert.Single(change.Appeared).Pid);
        Assert.Equal(7, Assert.Single(change.Went).Pid);
    }

    [Fact]
    public void Two_looks_that_are_alike_differ_in_nothing() =>
        Assert.True(SnapshotChange.Of(Look([Process(1, "init")], [Connection(1, 443)]), Look([Process(1, "init")], [Connection(1, 443)])).IsNone);

    private static GuestProcess Process(int pid, string name, long? start = null) => new(pid, 1, 0, name, $"/bin/{name}", name, 100, 1, 1, 1, false, "/", start);

    private static GuestConnection Connection(int pid, int port) => new(pid, "203.0.113.9", port, 40000, true, 60);

    private static GuestSnapshot Look(GuestProcess[] processes, GuestConnection[] connections) => new(
        At, true, 1, 0, 0, 0, 0, 0, 0, 0, 0, null, null, processes, connections, [], null, null, null, null, [], []);
}
