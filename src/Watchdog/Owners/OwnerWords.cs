using Watchdog.Ledger;
using Watchdog.Owners.Links;

namespace Watchdog.Owners;

/// <summary>
/// A case in words fit for its owner, in notices and behind their links: how the VM behaved, on which sides that was seen, what was done, how it is undone. No
/// process, address, indicator, weight or threshold stands in them, which would be a lesson for those who hide, and nobody else's VM.
/// </summary>
internal static class OwnerWords
{
    /// <summary>What was seen, since when, and on which sides.</summary>
    /// <param name="sides">The families of the evidence for it, as the ledger writes them.</param>
    public static string Why(string instanceId, string found, DateTimeOffset since, IReadOnlyList<string> sides)
    {
        var seen = found switch
        {
            "miner" => "looks like cryptocurrency mining, which our terms do not allow",
            "forkbomb" => "looks like programs that start copies of themselves without end, until nothing else can run",
            "runaway" => "looks like a program that keeps the processor busy without getting anywhere",
            "panic" => "looks like an operating system that has crashed or hangs",
            _ => "is not as it should be",
        };
        string[] named = [.. sides.Select(SideOf).OfType<string>().Distinct(StringComparer.Ordinal)];
        var from = named.Length == 0 ? "" : $" We saw it in {(named.Length == 1 ? named[0] : string.Join(", ", named[..^1]) + " and " + named[^1])}.";
        return $"Since {LinkHtml.Minute(since)}, what happens on your VM {instanceId} {seen}.{from}";
    }

    /// <summary>What an act did to a VM.</summary>
    public static string Done(string kind) => kind switch
    {
        ActKinds.Quarantine => "The VM goes on running and nothing on it was deleted, but it has no network until this is settled.",
        ActKinds.Restrain => "The VM goes on running; only that program's share of the processor was limited.",
        ActKinds.Reboot => "The VM was rebooted; its disks are as they were, what was only in its memory is lost.",
        ActKinds.Warn => "Nothing was done to the VM: this was a warning.",
        ActKinds.Block => "Your account can start no VM; what runs already goes on.",
        _ => "The VM was stopped. Its disks are kept; what was only in its memory is lost.",
    };

    /// <summary>How such an act is undone; null: there is nothing to undo.</summary>
    public static string? Undo(string kind) => kind switch
    {
        ActKinds.Quarantine => "If it is undone, the VM has its network again as it was before, within minutes.",
        ActKinds.Restrain => "If it is undone, the limit is lifted; nothing is lost by it.",
        ActKinds.Block => "If it is undone, you can start VMs again at once.",
        ActKinds.Stop => "If it is undone, the VM is started again with its disks. What was only in its memory does not come back.",
        _ => null,
    };

    /// <summary>What an owner can do themselves.</summary>
    public static string Advice(string found) => found switch
    {
        "miner" => "If you did not start it, somebody else may have got in: change your passwords and keys.",
        "forkbomb" or "runaway" => "Often it is a script or a program gone wrong: end it, or tell us that it is meant.",
        "panic" => "A restart often helps; if it happens again, look at its system log.",
        _ => "",
    };

    private static string? SideOf(string family) => family switch
    {
        "cpu-shape" or "credits" => "its use of the processor",
        "network-shape" => "its network traffic",
        "guest-processes" => "the programs that run on it",
        "guest-connections" => "its network connections",
        "guest-load" => "the number of its programs",
        "status-checks" => "AWS's status checks",
        "console" => "its console",
        _ => null,
    };
}
