namespace Watchdog.Slo.Minutes;

/// <summary>Why a VM-minute has its class; each cause belongs to one class. The numbers are those of table <c>slo_cause</c>.</summary>
public enum Cause : short
{
    /// <summary>Running, checks passed.</summary>
    Ok = 1,
    /// <summary>AWS: a failed system or volume check, or a stop that AWS caused.</summary>
    Provider = 10,
    /// <summary>AWS, inside a maintenance that it had announced.</summary>
    Maintenance = 11,
    /// <summary>The guest's own check failed while the host was well.</summary>
    Guest = 12,
    /// <summary>A boot that outlasted its grace.</summary>
    BootSlow = 13,
    /// <summary>Held by Watchdog, and people ruled that Watchdog was wrong.</summary>
    WatchdogFalsePositive = 14,
    /// <summary>Held by Watchdog, and people ruled that the owner may do what was found.</summary>
    WatchdogBenignPositive = 15,
    /// <summary>Held by Watchdog, and nobody ruled in time: not ruling never helps.</summary>
    WatchdogUnruled = 16,
    /// <summary>Stopped by Watchdog because nobody used it.</summary>
    WatchdogIdle = 30,
    /// <summary>Held by Watchdog, rightly.</summary>
    WatchdogQuarantine = 31,
    /// <summary>Stopped or hibernated by its owner, through the API or from inside.</summary>
    User = 32,
    /// <summary>Booting within its grace.</summary>
    Boot = 33,
    /// <summary>A spot VM that AWS took back.</summary>
    Spot = 34,
    /// <summary>Inside an announced maintenance, where the policy excludes those.</summary>
    AnnouncedMaintenance = 35,
    /// <summary>Watchdog could not see the scope.</summary>
    WatchdogBlind = 50,
    /// <summary>AWS had no data about the checks, beyond the boot's grace.</summary>
    ProviderNoData = 51,
    /// <summary>Held by Watchdog, and the ruling is still due.</summary>
    WatchdogUnruledYet = 52,
    /// <summary>Stopped, and EC2 does not say by whom.</summary>
    StopUnexplained = 53,
}

/// <summary>Names and classes of causes.</summary>
public static class Causes
{
    /// <summary>Every cause, in the order of its number.</summary>
    public static IReadOnlyList<Cause> All { get; } = Enum.GetValues<Cause>();

    /// <summary>The class that the cause belongs to.</summary>
    public static MinuteClass ClassOf(Cause cause) => (short)cause switch
    {
        < 10 => MinuteClass.Good,
        < 30 => MinuteClass.Bad,
        < 50 => MinuteClass.Excluded,
        _ => MinuteClass.Unknown,
    };

    /// <summary>The name that tables, JSON and metrics use, e.g. <c>watchdog_false_positive</c>.</summary>
    public static string NameOf(Cause cause) => cause switch
    {
        Cause.Ok => "ok",
        Cause.Provider => "provider",
        Cause.Maintenance => "maintenance",
        Cause.Guest => "guest",
        Cause.BootSlow => "boot_slow",
        Cause.WatchdogFalsePositive => "watchdog_false_positive",
        Cause.WatchdogBenignPositive => "watchdog_benign_positive",
        Cause.WatchdogUnruled => "watchdog_unruled",
        Cause.WatchdogIdle => "watchdog_idle",
        Cause.WatchdogQuarantine => "watchdog_quarantine",
        Cause.User => "user",
        Cause.Boot => "boot",
        Cause.Spot => "spot",
        Cause.AnnouncedMaintenance => "announced_maintenance",
        Cause.WatchdogBlind => "watchdog_blind",
        Cause.ProviderNoData => "provider_no_data",
        Cause.WatchdogUnruledYet => "watchdog_unruled_yet",
        Cause.StopUnexplained => "stop_unexplained",
        _ => throw new ArgumentOutOfRangeException(nameof(cause), cause, "No such cause."),
    };
}
