using Watchdog.Inventory;

namespace Watchdog.IdleShutdown;

/// <summary>Whether an idle stop hibernates its VM, and in which words the journal bears what was tried and what came of it; pure.</summary>
public static class Hibernation
{
    /// <summary>What a step bears before the call that hibernates.</summary>
    public const string Tried = "hibernate";

    /// <summary>What a step bears whose VM was seen to be hibernated.</summary>
    public const string Done = "hibernated";

    private const string TriedStop = "stop: ";

    /// <summary>EC2's reason of a VM that was hibernated through the API.</summary>
    private const string StateReason = "Client.UserInitiatedHibernate";

    /// <summary>
    /// How long a VM may take to hibernate: 150 GB of memory, the most that EC2 hibernates, need 20 minutes at 125 MB/s, what the smallest gp3 volume writes.
    /// </summary>
    public static readonly TimeSpan Patience = TimeSpan.FromHours(1);

    /// <summary>Why a VM whose policy asks for it cannot be hibernated; null: as far as EC2 lists it can.</summary>
    public static string? Hindrance(ListedVm vm) => vm.CanHibernate switch
    {
        true => null,
        false => "it was launched without hibernation",
        null => "EC2 does not say that it was launched with hibernation",
    };

    /// <summary>What a step bears before a stop in the place of a hibernation.</summary>
    public static string Instead(string why) => TriedStop + why;

    /// <summary>What came of it, once the VM is stopped: what EC2 shows goes before what was tried. Null where no hibernation was asked for.</summary>
    /// <param name="tried">What the step bears.</param>
    public static string? Outcome(string? tried, ListedVm stopped) => tried switch
    {
        null => null,
        Tried when stopped.StateReason == StateReason => Done,
        Tried => $"stopped, not hibernated: EC2 gives {stopped.StateReason ?? "no reason"} as the reason",
        _ => $"stopped, not hibernated: {tried[TriedStop.Length..]}",
    };
}
