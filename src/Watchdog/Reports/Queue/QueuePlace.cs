using Watchdog.Ledger;

namespace Watchdog.Reports.Queue;

/// <summary>Where a case stands in the queue, worst first.</summary>
/// <param name="Class">The worst class first.</param>
/// <param name="Score">How sure the verdict is.</param>
/// <param name="OpenedAt">The oldest first.</param>
/// <param name="Id">Its number, where all else is equal.</param>
public sealed record QueuePlace(string Class, double Score, DateTimeOffset OpenedAt, long Id)
{
    /// <summary>Where a case stands.</summary>
    public static QueuePlace Of(CaseRecord of) => new(of.Class, of.Score, of.OpenedAt, of.Id);
}
