using System.Text;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Watchdog.Detectors.Facts;
using Watchdog.Telemetry;

namespace Watchdog.Tests.Telemetry;

public class GuestSnapshotParserTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 10, 0, 0, TimeSpan.Zero);

    private static readonly string Whole = JsonSerializer.Serialize(new Dictionary<string, object>
    {
        ["v"] = 1, ["at"] = Now.AddSeconds(-30).ToUnixTimeSeconds(), ["up"] = 3600.5, ["load"] = (double[])[4, 3.5, 2],
        ["cpu"] = new { user = 97.5, system = 2, steal = 0.5, iowait = 0 }, ["forks"] = 12.5, ["procs"] = 140, ["threads"] = 300,
        ["pids"] = new { cur = 900, max = 1000 }, ["huge"] = 128, ["msr"] = true,
        ["p"] = (object[])
        [
            new { pid = 7, ppid = 1, uid = 1000, comm = "xmrig", exe = "/tmp/x", args = "xmrig -o pool:3333", age = 600, cpu = 1190.5, start = 184_467, thr = 2, rss = 2_300_000, del = true, cwd = "tmp" },
            new { pid = 8, ppid = 1, uid = 0, comm = "sshd", exe = "/usr/sbin/sshd", args = "sshd", age = 9000, cpu = 1, thr = 1, rss = 9000, del = false, cwd = "system" },
        ],
        ["c"] = (object[])[new { pid = 7, ip = "203.0.113.9", port = 3333, lport = 50000, @out = true, age = 600 }],
        ["s"] = (object[])[new { user = "dev", tty = "pts/0", from = "198.51.100.7", idle = 5 }],
        ["gpu"] = (string[])["python"], ["k"] = (string[])["Out of memory: Killed process 5"], ["end"] = true,
    });

    [Fact]
    public void A_whole_text_is_read_completely()
    {
        var snapshot = GuestSnapshotParser.Parse(Whole, Now);

        Assert.True(snapshot.Complete);
        Assert.Equal(Now.AddSeconds(-30), snapshot.TakenAt);
        Assert.Equal((3600.5, 4, 3.5, 2), (snapshot.UptimeSeconds, snapshot.Load1, snapshot.Load5, snapshot.Load15));
        Assert.Equal((97.5, 2, 0.5, 0, 12.5), (snapshot.UserPercent, snapshot.SystemPercent, snapshot.StealPercent, snapshot.IowaitPercent, snapshot.ForksPerSecond));
        Assert.Equal((140, 300, 900, 1000, 128, true),
            (snapshot.Processes, snapshot.Threads, snapshot.PidsCurrent, snapshot.PidsMax, snapshot.HugePages, snapshot.MsrLoaded));
        Assert.Equal(new GuestProcess(7, 1, 1000, "xmrig", "/tmp/x", "xmrig -o pool:3333", 600, 1190.5, 2, 2_300_000, true, "tmp", 184_467), snapshot.TopProcesses[0]);
        Assert.Equal(new GuestConnection(7, "203.0.113.9", 3333, 50000, true, 600), Assert.Single(snapshot.Connections));
        Assert.Equal(new GuestSession("dev", "pts/0", "198.51.100.7", 5), Assert.Single(snapshot.Sessions));
        Assert.Equal(("python", "Out of memory: Killed process 5"), (snapshot.GpuProcesses.Single(), snapshot.KernelLines.Single()));
    }

    [Fact]
    public void Every_prefix_gives_what_it_holds_and_is_not_complete()
    {
        var whole = GuestSnapshotParser.Parse(Whole, Now);
        var processes = 0;
        for (var length = 0; length < Whole.Length; length++)
        {
            var part = GuestSnapshotParser.Parse(Whole[..length], Now);
            // The last brace adds nothing that is not known: "end" came before it.
            Assert.Equal(length == Whole.Length - 1, part.Complete);
            Assert.True(double.IsNaN(part.UptimeSeconds) || part.UptimeSeconds == whole.UptimeSeconds);
            Assert.Equal(whole.TopProcesses.Take(part.TopProcesses.Count), part.TopProcesses);
            Assert.Equal(whole.Connections.Take(part.Connections.Count), part.Connections);
            Assert.True(part.TopProcesses.Count >= processes, "a longer text knows no less");
            processes = part.TopProcesses.Count;
        }

        Assert.Equal(2, processes);
    }

    [Fact]
    public void Ssms_own_mark_of_a_cut_ends_the_reading()
    {
        var at = Whole.IndexOf("\"c\":", StringComparison.Ordinal);
        var snapshot = GuestSnapshotParser.Parse(Whole[..at] + "\n---Output truncated---", Now);
        Assert.False(snapshot.Complete);
        Assert.Equal(2, snapshot.TopProcesses.Count);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("17")]
    [InlineData("bash: /opt/inspect: No such file or directory")]
    [InlineData("{\"v\":2,\"load\":[1,2,3],\"end\":true}")]
    [InlineData("{\"v\":\"1\",\"load\":[1,2,3],\"end\":true}")]
    public void What_is_no_snapshot_is_an_empty_one(string? text)
    {
        var snapshot = GuestSnapshotParser.Parse(text, Now);
        Assert.False(snapshot.Complete);
        Assert.Equal(Now, snapshot.TakenAt);
        Assert.True(double.IsNaN(snapshot.Load1) && double.IsNaN(snapshot.UserPercent) && snapshot.Processes is null && snapshot.MsrLoaded is null);
        Assert.Empty(snapshot.TopProcesses);
    }

    [Theory]
    [InlineData("\"up\":-1")]
    [InlineData("\"up\":1e400")]
    [InlineData("\"up\":\"3600\"")]
    [InlineData("\"up\":[[1]]")]
    [InlineData("\"up\":{\"a\":{\"b\":1}}")]
    [InlineData("\"up\":null")]
    public void An_absurd_number_is_absent_and_the_rest_stands(string field)
    {
        var snapshot = GuestSnapshotParser.Parse($"{{\"v\":1,{field},\"procs\":140,\"end\":true}}", Now);
        Assert.True(double.IsNaN(snapshot.UptimeSeconds));
        Assert.Equal((140, true), (snapshot.Processes, snapshot.Complete));
    }

    [Theory]
    [InlineData("\"procs\":-1")]
    [InlineData("\"procs\":99999999999999999999")]
    [InlineData("\"procs\":1.5")]
    public void An_absurd_count_is_absent(string field) => Assert.Null(GuestSnapshotParser.Parse($"{{\"v\":1,{field},\"end\":true}}", Now).Processes);

    [Theory]
    [InlineData(0)]
    [InlineData(253_402_300_799)]
    [InlineData(-5)]
    public void A_guests_clock_that_is_days_off_is_not_believed(long at) =>
        Assert.Equal(Now, GuestSnapshotParser.Parse($"{{\"v\":1,\"at\":{at},\"end\":true}}", Now).TakenAt);

    [Fact]
    public void Names_are_one_line_without_tricks_and_bounded()
    {
        var trick = JsonSerializer.Serialize(new { v = 1, p = (object[])[new { pid = 1, comm = "a\n\u0000b\u202Ec\u200D", args = new string('x', 9_000) }], end = true });
        var process = Assert.Single(GuestSnapshotParser.Parse(trick, Now).TopProcesses);
        Assert.Equal("a  b\uFFFDc\uFFFD", process.Comm);
        Assert.Equal(512, process.Args.Length);
        Assert.Equal("other", process.Cwd);
    }

    [Fact]
    public void Lists_and_text_and_depth_are_bounded()
    {
        var many = "{\"v\":1,\"c\":[" + string.Join(',', Enumerable.Repeat("{\"ip\":\"1.2.3.4\",\"port\":1,\"out\":true}", 500)) + "],\"end\":true}";
        var snapshot = GuestSnapshotParser.Parse(many, Now);
        Assert.Equal((200, true), (snapshot.Connections.Count, snapshot.Complete));

        Assert.False(GuestSnapshotParser.Parse("{\"v\":1,\"up\":1,\"x\":" + new string('[', 30_000), Now).Complete);
        Assert.Equal(1, GuestSnapshotParser.Parse("{\"v\":1,\"up\":1,\"x\":" + new string('[', 30_000), Now).UptimeSeconds);
        Assert.False(GuestSnapshotParser.Parse("{\"v\":1,\"x\":\"" + new string('y', 5_000_000) + "\",\"end\":true}", Now).Complete);
    }

    [Fact]
    public void A_process_without_a_pid_and_a_connection_without_a_direction_are_nobodys() =>
        Assert.Equal((0, 0), GuestSnapshotParser.Parse("{\"v\":1,\"p\":[{\"comm\":\"x\"},17,\"y\",null],\"c\":[{\"ip\":\"1.2.3.4\",\"port\":1}],\"end\":true}", Now) is var snapshot
            ? (snapshot.TopProcesses.Count, snapshot.Connections.Count) : default);

    [Fact]
    public void No_text_whatever_makes_it_fail()
    {
        var bytes = Encoding.UTF8.GetBytes(Whole);
        var arbitrary = Arb.From(Gen.ListOf(from at in Gen.Choose(0, bytes.Length - 1) from value in Gen.Choose(0, 255) select (At: at, Value: (byte)value)));
        Prop.ForAll(arbitrary, changes =>
        {
            var text = (byte[])bytes.Clone();
            foreach (var (at, value) in changes)
            {
                text[at] = value;
            }

            var snapshot = GuestSnapshotParser.Parse(Encoding.Latin1.GetString(text), Now);
            Assert.True(snapshot.TopProcesses.Count <= 40 && (double.IsNaN(snapshot.Load1) || snapshot.Load1 is >= 0 and <= 1e6));
            Assert.All(snapshot.TopProcesses, process => Assert.DoesNotContain(process.Args, char.IsControl));
        }).QuickCheckThrowOnFailure();
    }
}
