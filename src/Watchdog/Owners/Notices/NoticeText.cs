using System.Globalization;
using Watchdog.Ledger;

namespace Watchdog.Owners.Notices;

/// <summary>
/// What an owner reads: what was seen, what was done, what they can do, until when. It says how a VM behaved and accuses nobody: somebody else may
/// have got in. No process, address or threshold stands in it, which would be a lesson for those who hide.
/// </summary>
public static class NoticeText
{
    /// <summary>The title and the text.</summary>
    public static (string Title, string Text) Of(NoticeFacts facts, DateTimeOffset appealUntil, string? appealContact)
    {
        if (facts.Type == NoticeTypes.Released)
        {
            return ($"Your VM {facts.InstanceId} is yours again",
                $"What we had done to your VM {facts.InstanceId} has been undone. "
                + (facts.Mistake ? "We looked at it again: it was our mistake, and we are sorry. " : "") + "You need not do anything.");
        }

        var appeal = $"If you think that this is wrong, tell {(string.IsNullOrWhiteSpace(appealContact) ? "our support" : appealContact)} by {Day(appealUntil)} "
            + $"and name case {facts.CaseId.ToString(CultureInfo.InvariantCulture)}; a person looks at it.";
        string[] parts = [Why(facts), Done(facts), Advice(facts.Class), Clock(facts), appeal];
        return (TitleOf(facts), string.Join(' ', parts.Where(part => part.Length > 0)));
    }

    private static string TitleOf(NoticeFacts facts) => facts.Type switch
    {
        NoticeTypes.Warned => $"Please look at your VM {facts.InstanceId}",
        NoticeTypes.Blocked => "New VMs cannot be started for now",
        NoticeTypes.Escalated => $"Your VM {facts.InstanceId} is being stopped",
        _ => facts.Act switch
        {
            ActKinds.Quarantine => $"Your VM {facts.InstanceId} has been cut off from the network",
            ActKinds.Restrain => $"A program on your VM {facts.InstanceId} has been limited",
            ActKinds.Reboot => $"Your VM {facts.InstanceId} has been rebooted",
            _ => $"Your VM {facts.InstanceId} has been stopped",
        },
    };

    private static string Why(NoticeFacts facts)
    {
        var seen = facts.Class switch
        {
            "miner" => "looks like cryptocurrency mining, which our terms do not allow",
            "forkbomb" => "looks like programs that start copies of themselves without end, until nothing else can run",
            "runaway" => "looks like a program that keeps the processor busy without getting anywhere",
            "panic" => "looks like an operating system that has crashed or hangs",
            _ => "is not as it should be",
        };
        string[] sides = [.. facts.Sides.Select(SideOf).OfType<string>().Distinct(StringComparer.Ordinal)];
        var from = sides.Length == 0 ? "" : $" We saw it in {(sides.Length == 1 ? sides[0] : string.Join(", ", sides[..^1]) + " and " + sides[^1])}.";
        return $"Since {Minute(facts.Since)}, what happens on your VM {facts.InstanceId} {seen}.{from}";
    }

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

    private static string Done(NoticeFacts facts) => (facts.Type, facts.Act) switch
    {
        (NoticeTypes.Warned, _) => "Nothing has been done to the VM. If it goes on, we may have to limit or stop it.",
        (NoticeTypes.Blocked, _) => $"Your account can start no VM{(facts.BlockedUntil is { } until ? $" until {Minute(until)}" : "")}; what runs already goes on.",
        (NoticeTypes.Escalated, _) => "Cutting the VM off from the network did not end it, so the VM is being stopped. Its disks are kept; what was only in its memory is lost.",
        (_, ActKinds.Quarantine) => "The VM goes on running and nothing on it was deleted, but it has no network until this is settled.",
        (_, ActKinds.Restrain) => "The VM goes on running; only that program's share of the processor was limited.",
        (_, ActKinds.Reboot) => "The VM was rebooted; its disks are as they were, what was only in its memory is lost.",
        _ => "The VM was stopped. Its disks are kept; what was only in its memory is lost.",
    };

    private static string Advice(string found) => found switch
    {
        "miner" => "If you did not start it, somebody else may have got in: change your passwords and keys.",
        "forkbomb" or "runaway" => "Often it is a script or a program gone wrong: end it, or tell us that it is meant.",
        "panic" => "A restart often helps; if it happens again, look at its system log.",
        _ => "",
    };

    private static string Clock(NoticeFacts facts) => (facts.ClockAt, facts.ClockDoes) switch
    {
        ({ } at, CaseClock.Release) => $"Unless a person decides otherwise, this ends by itself at {Minute(at)}.",
        ({ } at, _) => $"A person looks at it by {Minute(at)}.",
        _ => "",
    };

    private static string Minute(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);

    private static string Day(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
