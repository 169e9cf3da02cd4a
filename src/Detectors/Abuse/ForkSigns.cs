using Watchdog.Detectors.Facts;
using Watchdog.Detectors.Findings;
using Watchdog.Detectors.Health;
using Watchdog.Detectors.Mining;
using static System.FormattableString;

namespace Watchdog.Detectors.Abuse;

/// <summary>Signs of a fork storm in one snapshot.</summary>
internal static class ForkSigns
{
    public static void Collect(GuestSnapshot snapshot, int vcpus, ForkBombOptions options, List<Evidence> evidence)
    {
        var cores = Math.Max(1, vcpus);
        var crowd = Crowd(snapshot, cores, options);
        if (snapshot.ForksPerSecond >= options.ForksPerSecond)
        {
            evidence.Add(Weights.ForkRate.Because(Invariant($"The guest forks {snapshot.ForksPerSecond:0} times a second."),
                decisive: snapshot.SystemPercent >= options.SystemPercent || crowd is not null));
            if (snapshot.SystemPercent >= options.SystemPercent)
            {
                evidence.Add(Weights.SystemShare.Because(Invariant($"{snapshot.SystemPercent:0} % of CPU is the kernel's.")));
            }
        }

        if (snapshot is { PidsCurrent: { } pids, PidsMax: > 0 and { } limit } && pids >= options.PidsShare * limit)
        {
            evidence.Add(Weights.PidsNearLimit.Because($"{pids} of {limit} allowed processes exist."));
        }

        if (crowd is not null)
        {
            evidence.Add(crowd);
        }

        if (snapshot.Load1 >= options.LoadPerVcpu * cores)
        {
            evidence.Add(Weights.LoadAverage.Because(Invariant($"The load average is {snapshot.Load1:0} on {vcpus} vCPUs.")));
        }

        foreach (var line in snapshot.KernelLines)
        {
            if (ConsoleText.Find(line, ConsoleText.ForkFails) is { } text)
            {
                evidence.Add(Weights.ForkText.Because($"The kernel log says: {text}"));
                break;
            }
        }
    }

    private static Evidence? Crowd(GuestSnapshot snapshot, int cores, ForkBombOptions options)
    {
        if (snapshot.Processes is not { } count || count < options.ProcessesPerVcpu * cores || count < 200 || snapshot.TopProcesses.Count < 5)
        {
            return null;
        }

        var largest = snapshot.TopProcesses.GroupBy(static process => process.Comm, StringComparer.Ordinal).MaxBy(static group => group.Count())!;
        return largest.Count() >= options.SameNameShare * snapshot.TopProcesses.Count
            ? Weights.SameName.Because($"{count} processes exist, and {largest.Count()} of the {snapshot.TopProcesses.Count} listed are called {Told.Of(largest.Key)}.")
            : null;
    }
}
