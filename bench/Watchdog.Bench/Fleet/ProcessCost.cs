using System.Globalization;

namespace Watchdog.Bench.Fleet;

/// <summary>What Linux knows of a process, by /proc.</summary>
internal static class ProcessCost
{
    // USER_HZ, which every Linux on the platforms that .NET runs on has at 100.
    private const double TicksASecond = 100;

    /// <summary>CPU seconds of a process and of all that it started, living and ended.</summary>
    public static double CpuOfFamily(int pid)
    {
        var own = Stat(pid);
        if (own is null)
        {
            return 0;
        }

        var ticks = own.Skip(11).Take(4).Sum(field => long.Parse(field, CultureInfo.InvariantCulture));
        foreach (var task in Directory.EnumerateDirectories($"/proc/{pid.ToString(CultureInfo.InvariantCulture)}/task"))
        {
            // The kernel's own list of children: it is asked hundreds of times a sweep, all of /proc would weigh on what is measured.
            foreach (var child in File.ReadAllText(Path.Combine(task, "children")).Split(' ', StringSplitOptions.RemoveEmptyEntries))
            {
                ticks += Stat(int.Parse(child, CultureInfo.InvariantCulture))?.Skip(11).Take(2).Sum(field => long.Parse(field, CultureInfo.InvariantCulture)) ?? 0;
            }
        }

        return ticks / TicksASecond;
    }

    /// <summary>The largest resident set since the last <see cref="ForgetPeak"/>, bytes, of this process.</summary>
    public static long PeakRss() => 1024 * long.Parse(
        File.ReadLines("/proc/self/status").First(line => line.StartsWith("VmHWM:", StringComparison.Ordinal))
            .Split((char[])[' ', '\t'], StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture);

    /// <summary>Makes the kernel count this process's peak anew.</summary>
    public static void ForgetPeak() => File.WriteAllText("/proc/self/clear_refs", "5");

    /// <summary>The load averages of 1, 5 and 15 minutes, as the kernel writes them.</summary>
    public static string Load() => string.Join(' ', File.ReadAllText("/proc/loadavg").Split(' ')[..3]);

    /// <summary>The fields after the name, which may hold spaces: state, parent, ... user ticks are the twelfth.</summary>
    private static string[]? Stat(int pid)
    {
        try
        {
            var text = File.ReadAllText($"/proc/{pid.ToString(CultureInfo.InvariantCulture)}/stat");
            return text[(text.LastIndexOf(')') + 2)..].Split(' ');
        }
        catch (IOException)
        {
            return null;
        }
    }
}
