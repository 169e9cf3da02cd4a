using System.Globalization;
using Watchdog.Detectors.Mining;
using Watchdog.Inventory;
using Watchdog.Ledger;

namespace Watchdog.Policy.Exempting;

/// <summary>What an exemption must say, and how many persons it takes. Pure.</summary>
public static class ExemptionRules
{
    private const int LongestSubject = 400;
    private const int LongestReason = 2_000;

    // Where anybody may put a program: a path there names nothing.
    private static readonly string[] Anybodys = ["/tmp/", "/var/tmp/", "/dev/shm/", "/memfd:"];

    /// <summary>Whether it covers more than one owner's VMs, so that a second person has to approve it.</summary>
    public static bool NeedsTwo(string kind) => kind is not ("vm" or "owner");

    /// <summary>Whether two names are one person's: who proposed cannot approve by writing the name otherwise.</summary>
    public static bool SamePerson(string one, string other) =>
        string.Equals(CleanText.Of(one, 200).Trim(), CleanText.Of(other, 200).Trim(), StringComparison.OrdinalIgnoreCase);

    /// <summary>The order as it is kept: an executable's path is cut as episodes keep it.</summary>
    public static ExemptionOrder Kept(ExemptionOrder order) => order with
    {
        Subject = order.Kind == "executable" ? BusiestExecutable.Kept(order.Subject.Trim()) : CleanText.Of(order.Subject.Trim(), LongestSubject),
        Reason = order.Reason.Trim(),
    };

    /// <summary>What is wrong with an order, in a sentence; null when nothing is.</summary>
    /// <param name="longest">The furthest end.</param>
    public static string? Fault(ExemptionOrder order, TimeSpan longest, DateTimeOffset now) =>
        SubjectFault(order.Kind, order.Subject) ?? order switch
        {
            _ when string.IsNullOrWhiteSpace(order.Reason) => "An exemption needs a reason: it stands in every act that is refused by it.",
            { Reason.Length: > LongestReason } => $"A reason of {order.Reason.Length} characters is not read by anybody: at most {LongestReason}.",
            _ when order.Until <= now => "Its end has passed: an exemption ends later than now.",
            _ when order.Until > now + longest => string.Create(CultureInfo.InvariantCulture,
                $"Its end is further than {longest.TotalDays:0.##} days; what is to last longer is renewed."),
            { ReleaseVersion: not null, CaseId: null } => "A release is of a case: name it.",
            _ => null,
        };

    /// <summary>What is wrong with whom it covers, in a sentence; null when nothing is.</summary>
    public static string? SubjectFault(string kind, string subject) => TrimmedFault(kind, subject.Trim());

    private static string? TrimmedFault(string kind, string subject) => kind switch
    {
        _ when !Exemption.Kinds.Contains(kind) => $"There is no exemption by '{kind}': one of {string.Join(", ", Exemption.Kinds)}.",
        _ when subject.Length == 0 => "It names nobody: an exemption names what it covers.",
        _ when subject.Length > LongestSubject => $"'{subject[..40]}…' is longer than {LongestSubject} characters.",
        "vm" when !subject.StartsWith("i-", StringComparison.Ordinal) => $"'{subject}' is no instance id such as i-0123456789abcdef0.",
        "owner" when subject == VmRow.UnknownOwner =>
            $"VMs that bear no owner's tag have the owner '{subject}': they may be anybody's. Exempt them one by one, or tag them.",
        "image" when !subject.StartsWith("ami-", StringComparison.Ordinal) => $"'{subject}' is no image id such as ami-0123456789abcdef0.",
        "tag" when subject.IndexOf('=', StringComparison.Ordinal) < 1 => $"A tag is written key=value, not '{subject}'.",
        "executable" when !subject.StartsWith('/') => $"'{subject}' is no path of a program, such as /opt/course/simulate.",
        "executable" when Anybodys.Any(folder => subject.StartsWith(folder, StringComparison.Ordinal)) =>
            $"'{subject}' lies where anybody may put a program: it names nothing that could be trusted.",
        _ => null,
    };
}
