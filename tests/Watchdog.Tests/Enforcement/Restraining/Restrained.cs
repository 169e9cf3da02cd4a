using System.Diagnostics;
using System.Text.Json;
using Watchdog.Tests.Telemetry;

namespace Watchdog.Tests.Enforcement.Restraining;

/// <summary>
/// A harmless program under a name of its own in a session of its own, and the restraining script beside it. It ends by itself: after 20 seconds
/// of wall time and of CPU.
/// </summary>
internal sealed class Restrained : IDisposable
{
    public const string Operation = "0b7a2a52-0000-4000-8000-000000000001";
    private static int _count;
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("restrained");
    private readonly Process _keeper;
    private DirectoryInfo? _home;

    /// <param name="program">What bash runs, under the name.</param>
    public Restrained(string program)
    {
        Name = $"wd{Environment.ProcessId % 100_000}x{Interlocked.Increment(ref _count)}";
        File.Copy("/bin/bash", Path.Combine(_folder.FullName, Name));
        File.WriteAllText(Path.Combine(_folder.FullName, "program"), $"ulimit -t 20; ulimit -c 0\n{program}\n");
        _keeper = Process.Start(new ProcessStartInfo("setsid", ["--wait", "timeout", "-k", "1", "20", $"./{Name}", "program"]) { WorkingDirectory = _folder.FullName })!;
        Pid = Until(() => All().Order().FirstOrDefault());
        Start = StartOf(Pid)!.Value;
    }

    public string Name { get; }
    public int Pid { get; }
    public long Start { get; }

    public static string Script => Path.Combine(Standin.Root, "docs/ssm/restrain.sh");

    /// <summary>Whether this machine lets the tests make cgroups that limit CPU; a container as a rule does not.</summary>
    public static bool CanCap { get; } = Environment.UserName == "root" && CpuRoot() is { } root && TakesGroups(root);

    /// <summary>Puts it into a cgroup of its own first, to which it has to come back.</summary>
    public void Settle()
    {
        _home = Directory.CreateDirectory(Path.Combine(CpuRoot()!.Value.Folder, $"home-of-{Name}"));
        File.WriteAllText(Path.Combine(_home.FullName, "cgroup.procs"), $"{Pid}");
    }

    /// <summary>Takes that cgroup away while nobody is in it.</summary>
    public void LoseHome()
    {
        _home!.Delete();
        _home = null;
    }

    /// <summary>The living processes of the name.</summary>
    public IEnumerable<int> All() => Directory.EnumerateDirectories("/proc").Select(Path.GetFileName).Where(n => int.TryParse(n, out _)).Select(int.Parse!)
        .Where(pid => Stat(pid) is { } stat && stat.Contains($"({Name})", StringComparison.Ordinal) && StartOf(pid) is not null);

    /// <summary>Start in clock ticks of a living process; null when it is dead.</summary>
    public static long? StartOf(int pid) =>
        Stat(pid) is { } stat && stat[(stat.LastIndexOf(')') + 2)..].Split(' ') is { Length: > 20 } part && part[0] is not ("Z" or "X") ? long.Parse(part[19]) : null;

    /// <summary>The process's cgroups as the kernel lists them.</summary>
    public static string CgroupOf(int pid)
    {
        try
        {
            return File.ReadAllText($"/proc/{pid}/cgroup");
        }
        catch (IOException)
        {
            // It has ended.
            return "";
        }
    }

    /// <summary>The folder of the process's cgroup that limits CPU.</summary>
    public static string CpuFolderOf(int pid)
    {
        var line = File.ReadLines($"/proc/{pid}/cgroup").Select(l => l.Split(':', 3)).First(l => CpuRoot()!.Value.Unified ? l[0] == "0" : l[1].Split(',').Contains("cpu"));
        return CpuRoot()!.Value.Folder + line[2];
    }

    /// <summary>Runs the script for this process, or for another one.</summary>
    public Task<JsonElement> RunAsync(string action, int percent = 20, string reach = "process", string shell = "sh", int? pid = null, long? start = null, Func<string, string>? change = null) =>
        RunAsync(_folder.FullName, action, pid ?? Pid, start ?? Start, percent, reach, shell, change);

    /// <summary>Waits for something that must come, a value that is not the default, looking again and again for at most ten seconds.</summary>
    public static T Until<T>(Func<T> look)
    {
        for (var watch = Stopwatch.StartNew(); watch.Elapsed < TimeSpan.FromSeconds(10); Thread.Yield())
        {
            if (look() is { } found && !EqualityComparer<T>.Default.Equals(found, default))
            {
                return found;
            }
        }

        throw new TimeoutException("It never came.");
    }

    public void Dispose()
    {
        foreach (var pid in All().ToList())
        {
            RunAsync("lift", pid: pid, start: StartOf(pid) ?? 1).GetAwaiter().GetResult();
        }

        RunAsync("lift").GetAwaiter().GetResult();
        using (var killer = Process.Start("pkill", ["-KILL", "-x", Name]))
        {
            killer.WaitForExit();
        }

        _keeper.WaitForExit();
        _keeper.Dispose();
        // What could not go back has left an empty cgroup.
        RunAsync("lift").GetAwaiter().GetResult();
        _home?.Delete();
        _folder.Delete(recursive: true);
    }

    private static async Task<JsonElement> RunAsync(
        string folder, string action, int pid, long start, int percent, string reach, string shell, Func<string, string>? change)
    {
        var text = await File.ReadAllTextAsync(Script);
        foreach (var (name, value) in new[] { ("action", action), ("pid", $"{pid}"), ("startTime", $"{start}"), ("cpuPercent", $"{percent}"), ("reach", reach), ("operation", Operation) })
        {
            text = text.Replace($"{{{{ {name} }}}}", value, StringComparison.Ordinal);
        }

        var file = Path.Combine(folder, "script");
        await File.WriteAllTextAsync(file, change?.Invoke(text) ?? text);
        string[] line = ["timeout", "-k", "1", "40", .. shell.Split(' '), file];
        using var process = Process.Start(new ProcessStartInfo(line[0], line[1..]) { RedirectStandardOutput = true })!;
        var said = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.Equal(0, process.ExitCode);
        using var json = JsonDocument.Parse(said);
        return json.RootElement.Clone();
    }

    private static string? Stat(int pid)
    {
        try
        {
            return File.ReadAllText($"/proc/{pid}/stat");
        }
        catch (IOException)
        {
            return null;
        }
    }

    // Version 2 where it has the cpu controller, else version 1.
    private static (string Folder, bool Unified)? CpuRoot()
    {
        var mounts = File.ReadLines("/proc/mounts").Select(l => l.Split(' ')).ToList();
        var unified = mounts.FirstOrDefault(m => m[2] == "cgroup2")?[1];
        if (unified is not null && File.Exists($"{unified}/cgroup.controllers") && File.ReadAllText($"{unified}/cgroup.controllers").Split().Contains("cpu"))
        {
            return (unified, true);
        }

        return mounts.FirstOrDefault(m => m[2] == "cgroup" && m[3].Split(',').Contains("cpu")) is { } old ? (old[1], false) : null;
    }

    private static bool TakesGroups((string Folder, bool Unified) root)
    {
        var folder = $"{root.Folder}/watchdog-test-{Environment.ProcessId}";
        try
        {
            Directory.CreateDirectory(folder);
            if (root.Unified && !File.Exists($"{folder}/cpu.max"))
            {
                File.WriteAllText($"{root.Folder}/cgroup.subtree_control", "+cpu");
            }

            File.WriteAllText(root.Unified ? $"{folder}/cpu.max" : $"{folder}/cpu.cfs_quota_us", root.Unified ? "50000 100000" : "50000");
            return true;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return false;
        }
        finally
        {
            if (Directory.Exists(folder))
            {
                Directory.Delete(folder);
            }
        }
    }
}
