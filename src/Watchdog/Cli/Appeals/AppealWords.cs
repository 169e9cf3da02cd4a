using Watchdog.Ledger.Appeals;

namespace Watchdog.Cli.Appeals;

/// <summary>An appeal's clock in a few words, e.g. <c>a person is to rule by 2026-03-02 14:00:00Z</c>.</summary>
internal static class AppealWords
{
    public static string Of(AppealRecord appeal) => appeal switch
    {
        { EndedAt: { } at, Ended: { } how } => $"{how} {Screen.At(at)}",
        { FiredAt: { } at } => $"overdue: a person was to rule by {Screen.At(appeal.DueAt)}; on-call was told {Screen.At(at)}",
        _ => $"a person is to rule by {Screen.At(appeal.DueAt)}",
    };
}
