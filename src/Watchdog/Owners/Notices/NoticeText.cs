using System.Globalization;
using Watchdog.Ledger;
using Watchdog.Owners.Links;

namespace Watchdog.Owners.Notices;

/// <summary>
/// What an owner reads: what was seen, what was done, what they can do, until when. It says how a VM behaved and accuses nobody: somebody else may
/// have got in. No process, address or threshold stands in it, which would be a lesson for those who hide.
/// </summary>
public static class NoticeText
{
    /// <summary>The title and the text.</summary>
    /// <param name="appealUrl">Where the owner objects by themselves; null: only by the contact.</param>
    public static (string Title, string Text) Of(NoticeFacts facts, DateTimeOffset appealUntil, string? appealContact, Uri? appealUrl)
    {
        if (facts.Type == NoticeTypes.Released)
        {
            return ($"Your VM {facts.InstanceId} is yours again",
                $"What we had done to your VM {facts.InstanceId} has been undone. "
                + (facts.Mistake ? "We looked at it again: it was our mistake, and we are sorry. " : "") + "You need not do anything.");
        }

        var (by, contact) = (Day(appealUntil), string.IsNullOrWhiteSpace(appealContact) ? "our support" : appealContact);
        var appeal = $"If you think that this is wrong, {(appealUrl is null ? $"tell {contact} by {by}" : $"say so by {by} at {appealUrl.AbsoluteUri} or tell {contact}")} "
            + $"and name case {facts.CaseId.ToString(CultureInfo.InvariantCulture)}; a person looks at it.";
        string[] parts = [OwnerWords.Why(facts.InstanceId, facts.Class, facts.Since, facts.Sides), Done(facts), OwnerWords.Advice(facts.Class), Clock(facts), appeal];
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

    private static string Done(NoticeFacts facts) => (facts.Type, facts.Act) switch
    {
        (NoticeTypes.Warned, _) => "Nothing has been done to the VM. If it goes on, we may have to limit or stop it.",
        (NoticeTypes.Blocked, _) => $"Your account can start no VM{(facts.BlockedUntil is { } until ? $" until {LinkHtml.Minute(until)}" : "")}; what runs already goes on.",
        (NoticeTypes.Escalated, _) => "Cutting the VM off from the network did not end it, so the VM is being stopped. Its disks are kept; what was only in its memory is lost.",
        _ => OwnerWords.Done(facts.Act ?? ActKinds.Stop),
    };

    private static string Clock(NoticeFacts facts) => (facts.ClockAt, facts.ClockDoes) switch
    {
        ({ } at, CaseClock.Release) => $"Unless a person decides otherwise, this ends by itself at {LinkHtml.Minute(at)}.",
        ({ } at, _) => $"A person looks at it by {LinkHtml.Minute(at)}.",
        _ => "",
    };

    private static string Day(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
