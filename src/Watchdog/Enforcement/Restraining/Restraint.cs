using System.Globalization;
using static System.FormattableString;

namespace Watchdog.Enforcement.Restraining;

/// <summary>What is to become of a process; the names that the document takes.</summary>
public static class RestraintActions
{
    /// <summary>As it was before Watchdog came; never sent.</summary>
    public const string None = "none";
    /// <summary>Its CPU is capped by a cgroup.</summary>
    public const string Cap = "cap";
    /// <summary>It is ended: TERM, then KILL. Cannot be undone.</summary>
    public const string End = "end";
    /// <summary>The cap is taken off.</summary>
    public const string Lift = "lift";
}

/// <summary>A process inside a guest, and what is to become of it.</summary>
/// <param name="Pid">Its number.</param>
/// <param name="StartTicks">Its start, clock ticks since boot: no other process that takes the number later is meant.</param>
/// <param name="Action">One of <see cref="RestraintActions"/>.</param>
/// <param name="CpuPercent">The cap, percent of one core, 1 to 99, for all that is capped together.</param>
/// <param name="Crowd">Whether all of its owner's processes of its name or session are meant.</param>
/// <param name="Name">What the guest calls it; for people, and never sent anywhere.</param>
public sealed record Restraint(int Pid, long StartTicks, string Action, int CpuPercent, bool Crowd, string Name)
{
    /// <summary>What the document's parameter <c>reach</c> is.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public string Reach => Crowd ? "crowd" : "process";

    /// <summary>The limit as the kernel shows it: microseconds of CPU in each 100,000.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public string Limit => Invariant($"{CpuPercent * 1000} 100000");

    /// <summary>In words.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public string Words => Action switch
    {
        RestraintActions.Cap => Invariant($"{Who} capped at {CpuPercent} % of one core{(Crowd ? ", and starting nothing new" : "")}"),
        RestraintActions.End => $"{Who} ended",
        RestraintActions.Lift => $"no cap on {Who}",
        _ => $"{Who} as it is",
    };

    /// <summary>The step's target: the VM and the process, so that two of one VM are two.</summary>
    public string TargetOn(string instanceId) => Invariant($"{instanceId}/{Pid}/{StartTicks}");

    private string Who => $"{(Crowd ? "the crowd of " : "")}process {Pid.ToString(CultureInfo.InvariantCulture)} ({Detectors.Mining.Told.Of(Name)})";
}
