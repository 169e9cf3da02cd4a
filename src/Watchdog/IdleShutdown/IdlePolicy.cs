using Watchdog.IdleShutdown.Schedules;

namespace Watchdog.IdleShutdown;

/// <summary>What holds when a warning could not be delivered.</summary>
public enum UndeliveredWarning
{
    /// <summary>The stop waits until a warning was delivered, and its lead has passed since.</summary>
    Wait,
    /// <summary>The VM is stopped at its deadline all the same.</summary>
    Stop,
}

/// <summary>How a VM is switched off.</summary>
public enum OnStop
{
    /// <summary>It is stopped: its memory is lost.</summary>
    Stop,
    /// <summary>It is hibernated, which keeps its memory, where it was launched for that and EC2 does so; else it is stopped.</summary>
    Hibernate,
}

/// <summary>The keys of the tags by which a VM keeps itself.</summary>
/// <param name="OptOut"><see cref="IdleShutdownOptions.OptOutTag"/>.</param>
/// <param name="KeepUntil"><see cref="IdleShutdownOptions.KeepUntilTag"/>.</param>
/// <param name="Job"><see cref="IdleShutdownOptions.JobTag"/>.</param>
public sealed record IdleTags(string OptOut, string KeepUntil, string Job);

/// <summary>What holds of a VM: the section's defaults, and what its own policy says otherwise. Immutable; all times are fleet time.</summary>
/// <param name="Name">The policy's name; <see cref="IdlePolicies.Default"/> where none matches.</param>
/// <param name="Rest">For how long CPU and network must have rested, 30 minutes to a day.</param>
/// <param name="SilentRest">The same where the agent does not answer; null: such a VM is never stopped.</param>
/// <param name="CpuPercent">95th percentile of the CPU under which it rests, percent.</param>
/// <param name="NetworkBytesPerSecond">NetworkIn + NetworkOut of each period under which the network rests.</param>
/// <param name="ProcessCores">Share of a core from which a process is at work.</param>
/// <param name="MinimumUptime">Since its launch or last start.</param>
/// <param name="StartGrace">Since somebody started it again after an idle stop.</param>
/// <param name="WarningLead">Between the warning and the stop.</param>
/// <param name="Undelivered">What holds when the warning could not be delivered.</param>
/// <param name="OnStop">Whether it is stopped or hibernated.</param>
/// <param name="Quiet">In which neither a stop nor a warning comes; null: there are none.</param>
/// <param name="Schedule">When it is stopped and started by the clock; null: never.</param>
/// <param name="Off">Such a VM is never stopped for idleness.</param>
/// <param name="Tags">The tags that keep it.</param>
public sealed record IdlePolicy(
    string Name, TimeSpan Rest, TimeSpan? SilentRest, double CpuPercent, double NetworkBytesPerSecond, double ProcessCores, TimeSpan MinimumUptime,
    TimeSpan StartGrace, TimeSpan WarningLead, UndeliveredWarning Undelivered, OnStop OnStop, QuietSpan? Quiet, Schedule? Schedule, bool Off, IdleTags Tags)
{
    /// <summary>The names of the policies that match the VM alike, so that nobody knows which holds; null where one does.</summary>
    public IReadOnlyList<string>? Rivals { get; init; }

    /// <summary>The longest time that its metrics may have to be read for.</summary>
    public TimeSpan LongestRest => SilentRest is { } silent && silent > Rest ? silent : Rest;
}
