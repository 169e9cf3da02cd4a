using Watchdog.Cli.Acts;
using Watchdog.Enforcement.Governing;
using Watchdog.Policy.Bulks;

namespace Watchdog.Cli.Cases;

/// <summary>A bulk as JSON; its names are a contract.</summary>
/// <param name="Bulk">The bulk's number, which undoes it.</param>
/// <param name="Estimate">How long it takes at AWS's rates; null for what calls nothing there, and through a worker's API.</param>
/// <param name="NotBefore">Until then it can be taken back whole.</param>
internal sealed record BulkJson(long Bulk, int Cases, DateTimeOffset? NotBefore, EstimateJson? Estimate, IReadOnlyList<BulkJson.ResultJson> Results)
{
    public static BulkJson Of(Bulk bulk, IReadOnlyList<BulkItem> items, Estimate? estimate, DateTimeOffset now) => new(
        bulk.Id, bulk.Cases, bulk.NotBefore, estimate is null ? null : EstimateJson.Of(estimate, now),
        [.. items.Select(item => new ResultJson(item.Request, item.CaseId, item.InstanceId, item.State, item.Outcome))]);

    /// <param name="Request">The request's number.</param>
    internal sealed record ResultJson(long? Request, long Case, string InstanceId, string State, string? Outcome);
}
