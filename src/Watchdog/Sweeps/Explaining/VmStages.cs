using Watchdog.Detection;
using Watchdog.Detectors.Facts;

namespace Watchdog.Sweeps.Explaining;

/// <summary>What the worker's looks said of a VM, in words.</summary>
internal static class VmStages
{
    private const int ConsoleLine = 160;

    public static IReadOnlyList<StageAnswer> Of(Subject subject, ShardView view)
    {
        var detail = subject.After?.Detail;
        return
        [
            Status(view.StatusOf(subject.Vm)),
            subject.Screen is { } screen ? new("screen", screen.Outcome.ToString(), screen.Reason())
                : new("screen", "cannot tell", "CloudWatch did not answer for its CPU."),
            detail?.Triage is { } triage ? new("triage", triage.Outcome.ToString(), triage.Reason) : new("triage", "not asked", "No plateau is new for this VM."),
            SnapshotExplainer.Inside(detail?.LookedAt == view.Now ? detail.Guest : null),
            detail?.Console?.Tail is { } text ? new("console", "read", LastLine(text)) : new("console", "not asked", ""),
        ];
    }

    private static StageAnswer Status(StatusFacts? status) => status is not { } checks
        ? new("status", "not known", "The status checks were not listed in the last minutes.")
        : new("status", $"instance {checks.Instance}, system {checks.System}, EBS {checks.Ebs}",
            checks.ImpairedSince is { } since ? FormattableString.Invariant($"Impaired since {since:yyyy-MM-dd HH:mm} UTC.") : "");

    private static string LastLine(string text)
    {
        var line = text.TrimEnd().Split('\n')[^1].Trim();
        return $"Its last line: {(line.Length > ConsoleLine ? line[..ConsoleLine] : line)}";
    }
}
