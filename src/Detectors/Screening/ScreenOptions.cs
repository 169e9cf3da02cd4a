namespace Watchdog.Detectors.Screening;

/// <summary>The screen's settings.</summary>
public sealed record ScreenOptions
{
    /// <summary>Minutes after launch whose CPU is disregarded (boot work). 0 to 60. Longer hides a miner started by the image.</summary>
    public double BootGraceMinutes { get; init; } = 15;
    /// <summary>Hours of history under which the VM has no usual level of its own. 1 to 48.</summary>
    public int ColdHours { get; init; } = 12;
    /// <summary>CPU percent from which a VM without history is hot. 50 to 100.</summary>
    public float ColdHotPercent { get; init; } = 80;
    /// <summary>Hot points that send a VM without history to inspection; 6 of 300 s are half an hour. 3 to 24.</summary>
    public int ColdHotPoints { get; init; } = 6;
    /// <summary>Hours since launch in which a VM without history is held against its cohort: VMs of the same type and image. 0 (never) to 48.</summary>
    public double CohortHours { get; init; } = 24;
    /// <summary>Members with a usual level of their own that make a cohort. 4 to 100. Lower compares more VMs, with a less certain measure.</summary>
    public int CohortMembers { get; init; } = 8;
    /// <summary>Quantile of the members' usual levels that stands for the cohort's. 0.5 to 1. Lower finds throttled miners on new VMs sooner, and more honest work.</summary>
    public double CohortQuantile { get; init; } = 0.75;
    /// <summary>Points above the VM's usual level from which a level is new, percent points. 2 to 50. Lower finds stealthier miners and more honest work.</summary>
    public float NoveltyPoints { get; init; } = 8;
    /// <summary>Quantile of the hourly p95s that stands for "usual". 0.5 to 1.</summary>
    public double UsualQuantile { get; init; } = 0.95;
    /// <summary>Known points looked at for a plateau. 4 to 36.</summary>
    public int PlateauPoints { get; init; } = 8;
    /// <summary>Of them, new ones that make it one. At most <see cref="PlateauPoints"/>.</summary>
    public int PlateauHigh { get; init; } = 7;
    /// <summary>Least level of a plateau, percent: below it nothing is worth a look. 5 to 50.</summary>
    public float FloorPercent { get; init; } = 12;
    /// <summary>Newest hours of history left out of "usual", lest a plateau explain itself. 1 to 12.</summary>
    public int LagHours { get; init; } = 3;
    /// <summary>Unusual CPU gathered over the last day, percent-hours, from which bursts are suspicious: 100 is every core busy for one hour. 50 to 500.</summary>
    public double SlowPercentHours { get; init; } = 100;
    /// <summary>Percent points above the usual hourly mean that each hour may have before it counts.</summary>
    public float SlowSlackPercent { get; init; } = 8;
    /// <summary>High points in the window that a slow rise must still show. 3 to 18.</summary>
    public int SlowWindowPoints { get; init; } = 5;
    /// <summary>Points over which a raised floor is looked for; 24 of 300 s are two hours. 12 to 36.</summary>
    public int FloorPoints { get; init; } = 24;
    /// <summary>High points in the last half hour from which a VM is watched more often. 1 to 6.</summary>
    public int HotPoints { get; init; } = 2;
}
