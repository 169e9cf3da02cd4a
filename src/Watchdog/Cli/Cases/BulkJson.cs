using Watchdog.Cli.Acts;
using Watchdog.Enforcement.Governing;
using Watchdog.Ledger;

namespace Watchdog.Cli.Cases;

/// <summary>A bulk release as JSON; its names are a contract.</summary>
internal sealed record BulkJson(int Cases, EstimateJson Estimate, IReadOnlyList<BulkJson.ResultJson> Results)
{
    public static BulkJson Of(IReadOnlyList<CaseRecord> cases, IReadOnlyList<RequestRecord> requests, Estimate estimate, DateTimeOffset now)
    {
        var vms = cases.ToDictionary(of => of.Id, of => of.InstanceId);
        return new(cases.Count, EstimateJson.Of(estimate, now), [.. requests.Select(r => new ResultJson(r.Id, r.CaseId, vms[r.CaseId], r.State, r.Outcome))]);
    }

    /// <param name="Request">The request's number.</param>
    internal sealed record ResultJson(long Request, long Case, string InstanceId, string State, string? Outcome);
}
