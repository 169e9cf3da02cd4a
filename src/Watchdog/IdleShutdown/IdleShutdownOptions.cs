using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;
using Watchdog.IdleShutdown.Schedules;
using Watchdog.Policy;

namespace Watchdog.IdleShutdown;

/// <summary>
/// When a VM that nobody uses is stopped. Section <c>IdleShutdown</c>: what holds of every VM, and <see cref="Policies"/> that say otherwise of some.
/// All times are fleet time.
/// </summary>
public sealed class IdleShutdownOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "IdleShutdown";

    /// <summary>The word of <see cref="WithoutAgent"/> by which a VM that cannot be looked into is never stopped.</summary>
    public const string Never = "never";

    /// <summary>
    /// <c>Observe</c> (default): what would be stopped is recorded; <c>Propose</c>: each stop waits for a person; <c>Enforce</c>. By itself, whatever
    /// <c>Policy:Mode</c> says of abuse. Anything else stops the start.
    /// </summary>
    [EnumDataType(typeof(PolicyMode))]
    public PolicyMode Mode { get; set; } = PolicyMode.Observe;

    /// <summary>The shortest rest that a policy may ask for, minutes: six of EC2's five-minute points, of which the youngest is still missing.</summary>
    internal const int LeastMinutes = 30;

    /// <summary>The longest: a day.</summary>
    internal const int MostMinutes = 1_440;

    /// <summary>The longest for a VM whose agent does not answer: two days.</summary>
    internal const int MostSilentMinutes = 2_880;

    /// <summary>Minutes for which CPU and network must have rested. 30 to 1,440, default 60. Under an hour a short pause looks like idleness.</summary>
    [Range(LeastMinutes, MostMinutes)]
    public int Minutes { get; set; } = 60;

    /// <summary>95th percentile of the CPU over that time under which it rests, percent. 1 to 20, default 5.</summary>
    [Range(1, 20.0)]
    public double CpuPercent { get; set; } = 5;

    /// <summary>NetworkIn + NetworkOut of every period of that time under which the network rests, bytes a second. 100 to 1,000,000, default 3,000.</summary>
    [Range(100, 1_000_000.0)]
    public double NetworkBytesPerSecond { get; set; } = 3_000;

    /// <summary>Minutes since its launch or last start before which no VM is stopped. 0 to 10,080, default 90.</summary>
    [Range(0, 10_080)]
    public int MinimumUptimeMinutes { get; set; } = 90;

    /// <summary>Minutes for which a VM is left alone that somebody started again after an idle stop. 0 to 10,080, default 60.</summary>
    [Range(0, 10_080)]
    public int StartGraceMinutes { get; set; } = 60;

    /// <summary>
    /// What holds of a VM whose agent does not answer: <c>never</c> (default) is it stopped, or the minutes for which its metrics must have rested,
    /// from <see cref="Minutes"/> to 2,880. Minutes take the work of a quiet process for idleness.
    /// </summary>
    public string WithoutAgent { get; set; } = Never;

    /// <summary>
    /// Share of a core from which a process is at work: over its life at the first look, between the two looks at the second. 0.001 to 1, default
    /// 0.005, which is 1.5 s of CPU in five minutes: a small bot's, and more than an idle system's daemons take.
    /// </summary>
    [Range(0.001, 1.0)]
    public double ProcessCores { get; set; } = 0.005;

    /// <summary>
    /// Looks inside that one pass over all shards, five minutes, begins and reads in a scope. 1 to 20,000, default 375: with the two reads that a look
    /// may take, half of what SSM grants Watchdog by default, so that inspections of suspects always find room. The rest come later.
    /// </summary>
    [Range(1, 20_000)]
    public int LooksAPass { get; set; } = 375;

    /// <summary>Minutes between the warning and the stop. 1 to 1,440, default 15.</summary>
    [Range(1, MostMinutes)]
    public int WarningMinutes { get; set; } = 15;

    /// <summary>
    /// When a warning could not be delivered: <c>Wait</c> (default) for the stop until one was, and its minutes have passed since; or <c>Stop</c> at the
    /// deadline all the same. Anything else stops the start.
    /// </summary>
    [EnumDataType(typeof(UndeliveredWarning))]
    public UndeliveredWarning UndeliveredWarning { get; set; } = UndeliveredWarning.Wait;

    /// <summary>
    /// <c>Stop</c> (default), or <c>Hibernate</c>: memory is kept where the VM was launched for it, else it is stopped all the same. Anything else stops
    /// the start.
    /// </summary>
    [EnumDataType(typeof(OnStop))]
    public OnStop OnStop { get; set; } = OnStop.Stop;

    /// <summary>Hours of each day in which no idle stop and no warning comes. Default: none.</summary>
    public IdleHours QuietHours { get; set; } = new();

    /// <summary>A VM with this tag is never stopped for idleness, whatever the tag's value, but for <c>false</c>. Default <c>watchdog:keep</c>.</summary>
    [Required]
    public string OptOutTag { get; set; } = "watchdog:keep";

    /// <summary>
    /// A VM with this tag is not stopped for idleness until the instant that is its value, ISO 8601 with an offset; one that cannot be read keeps it
    /// for good. Default <c>watchdog:keep-until</c>.
    /// </summary>
    [Required]
    public string KeepUntilTag { get; set; } = "watchdog:keep-until";

    /// <summary>A VM with this tag has a declared job, and is not stopped while the tag is there. Default <c>watchdog:job</c>.</summary>
    [Required]
    public string JobTag { get; set; } = "watchdog:job";

    /// <summary>
    /// The file of prices by which savings are told: US$ an hour by Region and instance type, with date and source (docs/idle.md names its fields). Null
    /// (default): the one that is shipped. One that cannot be read or holds a fault stops the start.
    /// </summary>
    public string? PricesFile { get; set; }

    /// <summary>How many idle stops may begin; counted for the whole cluster, and apart from acts on abuse.</summary>
    [ValidateObjectMembers]
    public IdleCapOptions Caps { get; set; } = new();

    /// <summary>What differs for some VMs, by tag, owner or plan. Default: nothing.</summary>
    [ValidateEnumeratedItems]
    public List<IdlePolicyOptions> Policies { get; set; } = [];

    /// <summary>The word of <see cref="Schedule"/> by which a VM has none.</summary>
    internal const string NoSchedule = "none";

    /// <summary>The schedule of VMs whose policy names none, one of <see cref="Schedules"/>; <c>none</c> (default): they have none.</summary>
    public string Schedule { get; set; } = NoSchedule;

    /// <summary>When VMs are stopped and started: by the clock of their people. Default: no schedules.</summary>
    [ValidateEnumeratedItems]
    public List<IdleScheduleOptions> Schedules { get; set; } = [];

    /// <summary>Named days on which schedules start nothing. Default: none.</summary>
    public List<IdleCalendarOptions> Calendars { get; set; } = [];

    /// <summary>The file of prices in force.</summary>
    internal string PricesPath => PricesFile is { Length: > 0 } file ? file : Savings.PriceFile.Shipped;
}

/// <summary>
/// How many idle stops may begin in a trailing span, in the whole cluster. EC2 starts 2 VMs a second and stops 20: what is stopped within an hour
/// should start within minutes.
/// </summary>
public sealed class IdleCapOptions
{
    /// <summary>Stops in five minutes. 0 to 10,000, default 100.</summary>
    [Range(0, 10_000)]
    public int PerFiveMinutes { get; set; } = 100;

    /// <summary>Stops in an hour. 0 to 100,000, default 1,000: starting them again takes under ten minutes at EC2's 2 starts a second.</summary>
    [Range(0, 100_000)]
    public int PerHour { get; set; } = 1_000;

    /// <summary>Stops of one owner's VMs in an hour. 0 to 10,000, default 50.</summary>
    [Range(0, 10_000)]
    public int PerOwnerAndHour { get; set; } = 50;
}
