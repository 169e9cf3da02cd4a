using System.Text.Json;
using Watchdog.Tests.Telemetry;

namespace Watchdog.Tests.Enforcement.Restraining;

/// <summary>
/// The restraining script on real processes, by every shell of this machine. Where the machine lets nobody make a cgroup, the script has to say so
/// and to leave everything as it was: that is asserted then, and on every machine by a script that finds no cgroups.
/// </summary>
public class RestrainScriptTests
{
    private const string Spin = "while :; do :; done";

    public static TheoryData<string> Shells => [.. Standin.Shells];

    [Theory]
    [MemberData(nameof(Shells))]
    public async Task A_runaway_is_capped_once_however_often_one_asks_and_goes_back_where_it_was(string shell)
    {
        using var runaway = new Restrained(Spin);
        if (Restrained.CanCap)
        {
            runaway.Settle();
        }

        var before = Restrained.CgroupOf(runaway.Pid);
        var first = await runaway.RunAsync("cap", shell: shell);
        if (!Restrained.CanCap)
        {
            AssertUnsupported(first, runaway, before);
            return;
        }

        Assert.Equal(("capped", "20000 100000", 1), Told(first));
        Assert.Equal(Restrained.Operation, first.GetProperty("operation").GetString());
        Assert.Equal((runaway.Pid, runaway.Start), (first.GetProperty("pid").GetInt32(), first.GetProperty("start").GetInt64()));
        Assert.True(first.GetProperty("used").GetInt64() >= 0 && first.GetProperty("up").GetDouble() > 0);
        var capped = Restrained.CgroupOf(runaway.Pid);
        Assert.NotEqual(before, capped);
        var folder = Restrained.CpuFolderOf(runaway.Pid);
        // The kernel holds it back, really.
        Restrained.Until(() => File.ReadLines($"{folder}/cpu.stat").Any(l => l.StartsWith("nr_throttled ", StringComparison.Ordinal) && !l.EndsWith(" 0", StringComparison.Ordinal)));

        var again = await runaway.RunAsync("cap", percent: 35, shell: shell);
        Assert.Equal(("capped", "35000 100000", 1), Told(again));
        Assert.Equal(first.GetProperty("before").GetString(), again.GetProperty("before").GetString());
        Assert.Equal(capped, Restrained.CgroupOf(runaway.Pid));

        Assert.Equal("lifted", State(await runaway.RunAsync("lift", shell: shell)));
        Assert.Equal(before, Restrained.CgroupOf(runaway.Pid));
        Assert.False(Directory.Exists(folder));
        Assert.Empty(Directory.EnumerateFiles("/run", $"watchdog-restrain-{runaway.Pid}-*"));
        Assert.Equal("lifted", State(await runaway.RunAsync("lift", shell: shell)));
        Assert.Equal(before, Restrained.CgroupOf(runaway.Pid));
    }

    [Fact]
    public async Task What_cannot_go_back_stays_where_it_is_without_a_limit()
    {
        using var runaway = new Restrained(Spin);
        var before = Restrained.CgroupOf(runaway.Pid);
        if (!Restrained.CanCap)
        {
            AssertUnsupported(await runaway.RunAsync("cap"), runaway, before);
            return;
        }

        runaway.Settle();
        Assert.Equal("capped", State(await runaway.RunAsync("cap")));
        runaway.LoseHome();
        for (var i = 0; i < 2; i++)
        {
            Assert.Equal(("lifted", "max 100000", 1), Told(await runaway.RunAsync("lift")));
            Assert.Contains("watchdog-restrain", Restrained.CgroupOf(runaway.Pid), StringComparison.Ordinal);
        }
    }

    [Theory]
    [MemberData(nameof(Shells))]
    public async Task A_crowd_is_capped_as_a_whole_and_starts_nothing_new(string shell)
    {
        using var bomb = new Restrained("for i in {1..30}; do (while :; do :; done) & done; while read -t 0.2 < <(:) || :; do :; done");
        Restrained.Until(() => bomb.All().Count() > 30);
        var before = Restrained.CgroupOf(bomb.Pid);
        var capped = await bomb.RunAsync("cap", reach: "crowd", shell: shell);
        if (!Restrained.CanCap)
        {
            AssertUnsupported(capped, bomb, before);
            return;
        }

        Assert.Equal("capped", State(capped));
        Assert.Equal(("20000 100000", "1", 0), (capped.GetProperty("cpu").GetString(), capped.GetProperty("tasks").GetString(), capped.GetProperty("outside").GetInt32()));
        var members = bomb.All().ToList();
        Assert.InRange(capped.GetProperty("procs").GetInt32(), 30, 1000);
        Assert.All(members, pid => Assert.Contains($"watchdog-restrain-{bomb.Pid}-{bomb.Start}", Restrained.CgroupOf(pid), StringComparison.Ordinal));
        Assert.DoesNotContain("watchdog-restrain", Restrained.CgroupOf(Environment.ProcessId), StringComparison.Ordinal);
        Assert.All(bomb.All(), pid => Assert.Contains(pid, members));

        Assert.Equal("lifted", State(await bomb.RunAsync("lift", reach: "crowd", shell: shell)));
        // One that ends between the two looks has no group any more, and no start either.
        Assert.All(bomb.All().ToList(), pid => Assert.True(Restrained.CgroupOf(pid) == before || Restrained.StartOf(pid) is null));
    }

    [Theory]
    [MemberData(nameof(Shells))]
    public async Task Exactly_the_named_process_is_ended_also_one_that_does_not_listen(string shell)
    {
        using var deaf = new Restrained($"trap '' TERM; (trap - TERM; {Spin}) & {Spin}");
        var child = Restrained.Until(() => deaf.All().FirstOrDefault(pid => pid != deaf.Pid));

        var ended = await deaf.RunAsync("end", shell: shell);

        Assert.Equal("ended", State(ended));
        Assert.Null(Restrained.StartOf(deaf.Pid));
        Assert.NotNull(Restrained.StartOf(child));
        Assert.Equal("gone", State(await deaf.RunAsync("end", shell: shell)));
        Assert.Equal("gone", State(await deaf.RunAsync("cap", shell: shell)));
        Assert.Equal("gone", State(await deaf.RunAsync("lift", shell: shell)));
        Assert.NotNull(Restrained.StartOf(child));
    }

    [Theory]
    [InlineData("cap")]
    [InlineData("end")]
    [InlineData("lift")]
    public async Task Another_process_that_has_taken_the_number_is_not_touched(string action)
    {
        using var other = new Restrained(Spin);
        var before = Restrained.CgroupOf(other.Pid);

        Assert.Equal("changed", State(await other.RunAsync(action, start: other.Start + 1)));
        Assert.Equal(other.Start, Restrained.StartOf(other.Pid));
        Assert.Equal(before, Restrained.CgroupOf(other.Pid));
    }

    [Theory]
    [InlineData("cap")]
    [InlineData("end")]
    public async Task The_first_process_and_whoever_runs_the_command_are_refused(string action)
    {
        using var bystander = new Restrained(Spin);
        var own = Environment.ProcessId;

        Assert.Equal("refused", State(await bystander.RunAsync(action, pid: own, start: Restrained.StartOf(own))));
        // The first process of a machine began at tick 0, which is no start that the document takes.
        if (Restrained.StartOf(1) is > 0 and var first)
        {
            Assert.Equal("refused", State(await bystander.RunAsync(action, pid: 1, start: first)));
        }

        Assert.Equal("refused", State(await bystander.RunAsync("end", reach: "crowd")));
        Assert.NotNull(Restrained.StartOf(bystander.Pid));
    }

    [Fact]
    public async Task An_ssm_agent_of_roots_is_refused_and_a_stranger_of_its_name_is_not()
    {
        using var agent = new Restrained(Spin);
        string Named(string text) => text.Replace("amazon-ssm-agen*", agent.Name, StringComparison.Ordinal);
        var roots = Environment.UserName == "root";

        Assert.Equal(roots ? "refused" : "ended", State(await agent.RunAsync("end", change: Named)));
        if (roots)
        {
            Assert.Equal("ended", State(await agent.RunAsync("end", change: text => Named(text).Replace("[ \"$uid\" != 0 ]", "[ \"$uid\" = 0 ]", StringComparison.Ordinal))));
        }
    }

    [Theory]
    [MemberData(nameof(Shells))]
    public async Task Without_cgroups_it_says_so_and_changes_nothing(string shell)
    {
        using var runaway = new Restrained(Spin);
        var before = Restrained.CgroupOf(runaway.Pid);

        var said = await runaway.RunAsync("cap", shell: shell, change: text => text.Replace("/proc/mounts", "/dev/null", StringComparison.Ordinal));

        AssertUnsupported(said, runaway, before);
        Assert.Equal("no cgroup here can limit CPU", said.GetProperty("why").GetString());
    }

    [Fact]
    public async Task A_limit_that_the_kernel_does_not_show_is_not_claimed()
    {
        using var runaway = new Restrained(Spin);
        using var tree = new TemporaryTree();
        var before = Restrained.CgroupOf(runaway.Pid);

        var said = await runaway.RunAsync("cap", change: text => text.Replace("/proc/mounts", tree.Mounts, StringComparison.Ordinal));

        AssertUnsupported(said, runaway, before);
        Assert.Equal("max 100000", File.ReadAllText(Path.Combine(tree.Folder, $"watchdog-restrain-{runaway.Pid}-{runaway.Start}", "cpu.max")).Trim());
    }

    private static void AssertUnsupported(JsonElement said, Restrained process, string before)
    {
        Assert.Equal("unsupported", State(said));
        Assert.NotEmpty(said.GetProperty("why").GetString()!);
        Assert.Equal(before, Restrained.CgroupOf(process.Pid));
        Assert.Empty(Directory.EnumerateFiles("/run", $"watchdog-restrain-{process.Pid}-*"));
    }

    private static string? State(JsonElement said) => said.GetProperty("state").GetString();

    private static (string?, string?, int) Told(JsonElement said) =>
        (State(said), said.GetProperty("cpu").GetString(), said.GetProperty("procs").GetInt32());

    /// <summary>Something that looks like a tree of version 2, and that no kernel stands behind.</summary>
    private sealed class TemporaryTree : IDisposable
    {
        private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("tree");

        public TemporaryTree()
        {
            File.WriteAllText(Path.Combine(Folder, "cgroup.controllers"), "cpu pids\n");
            File.WriteAllText(Mounts, $"cgroup2 {Folder} cgroup2 rw,nosuid 0 0\n");
        }

        public string Folder => _folder.FullName;
        public string Mounts => Path.Combine(Folder, "mounts");

        public void Dispose() => _folder.Delete(recursive: true);
    }
}
