using System.ComponentModel.DataAnnotations;

namespace Watchdog.IdleShutdown;

/// <summary>
/// A policy of <see cref="IdleShutdownOptions.Policies"/>: which VMs it is for, by exactly one of <see cref="Tag"/>, <see cref="Owner"/> and
/// <see cref="Plan"/>, and what it says otherwise than the section. What is absent is as the section has it.
/// </summary>
public sealed class IdlePolicyOptions
{
    /// <summary>Its name, unique, 1 to 64 characters: reasons and reports name it.</summary>
    public string Name { get; set; } = "";

    /// <summary>For VMs with this tag, as <c>key=value</c>. Goes before policies by owner and by plan.</summary>
    public string? Tag { get; set; }

    /// <summary>For this owner's VMs. Goes before policies by plan.</summary>
    public string? Owner { get; set; }

    /// <summary>For VMs of this plan, as <c>Inventory:PlanTag</c> has it.</summary>
    public string? Plan { get; set; }

    /// <summary>True: its VMs are never stopped for idleness.</summary>
    public bool? Off { get; set; }

    /// <summary><see cref="IdleShutdownOptions.Minutes"/> of its VMs.</summary>
    [Range(IdleShutdownOptions.LeastMinutes, IdleShutdownOptions.MostMinutes)]
    public int? Minutes { get; set; }

    /// <summary><see cref="IdleShutdownOptions.CpuPercent"/> of its VMs.</summary>
    [Range(1, 20.0)]
    public double? CpuPercent { get; set; }

    /// <summary><see cref="IdleShutdownOptions.NetworkBytesPerSecond"/> of its VMs.</summary>
    [Range(100, 1_000_000.0)]
    public double? NetworkBytesPerSecond { get; set; }

    /// <summary><see cref="IdleShutdownOptions.ProcessCores"/> of its VMs.</summary>
    [Range(0.001, 1.0)]
    public double? ProcessCores { get; set; }

    /// <summary><see cref="IdleShutdownOptions.MinimumUptimeMinutes"/> of its VMs.</summary>
    [Range(0, 10_080)]
    public int? MinimumUptimeMinutes { get; set; }

    /// <summary><see cref="IdleShutdownOptions.StartGraceMinutes"/> of its VMs.</summary>
    [Range(0, 10_080)]
    public int? StartGraceMinutes { get; set; }

    /// <summary><see cref="IdleShutdownOptions.WithoutAgent"/> of its VMs.</summary>
    public string? WithoutAgent { get; set; }

    /// <summary><see cref="IdleShutdownOptions.WarningMinutes"/> of its VMs.</summary>
    [Range(1, IdleShutdownOptions.MostMinutes)]
    public int? WarningMinutes { get; set; }

    /// <summary><see cref="IdleShutdownOptions.UndeliveredWarning"/> of its VMs.</summary>
    [EnumDataType(typeof(UndeliveredWarning))]
    public UndeliveredWarning? UndeliveredWarning { get; set; }

    /// <summary><see cref="IdleShutdownOptions.OnStop"/> of its VMs.</summary>
    [EnumDataType(typeof(OnStop))]
    public OnStop? OnStop { get; set; }

    /// <summary><see cref="IdleShutdownOptions.QuietHours"/> of its VMs, all of them together.</summary>
    public IdleHours? QuietHours { get; set; }

    /// <summary><see cref="IdleShutdownOptions.Schedule"/> of its VMs.</summary>
    public string? Schedule { get; set; }
}

/// <summary>A span of each day.</summary>
public sealed class IdleHours
{
    /// <summary>When they begin, <c>HH:mm</c> on the zone's clock; null (default): there are none.</summary>
    public string? From { get; set; }

    /// <summary>When they end, <c>HH:mm</c>; earlier than <see cref="From"/>: on the next day. Equal to it: an error, such hours are empty.</summary>
    public string? To { get; set; }

    /// <summary>The clock that counts: a name of the IANA time zone database such as <c>Europe/Berlin</c>, default <c>UTC</c>.</summary>
    public string Zone { get; set; } = "UTC";
}
