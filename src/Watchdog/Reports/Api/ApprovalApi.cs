using Microsoft.AspNetCore.Http.HttpResults;
using Watchdog.Diagnostics;
using Watchdog.Http;
using Watchdog.Http.Access;
using Watchdog.Http.Api;
using Watchdog.Policy;
using Watchdog.Policy.Exempting;
using Watchdog.Reports.Api.Shapes;

namespace Watchdog.Reports.Api;

/// <summary><c>GET /v1/approvals</c>: all that waits for a person's word.</summary>
public sealed class ApprovalApi(ApprovalQueue queue, Clocks clocks) : IEndpoints
{
    /// <inheritdoc/>
    public void Map(IEndpointRouteBuilder routes) => routes.MapGet("/v1/approvals", ListAsync).Describe(
        Entry.For(Role.Viewer), "list_approvals", "Cases with acts that wait for a person, the worst first, and exemptions that wait for a second one.", StatusCodes.Status400BadRequest);

    private async Task<Results<Ok<ApprovalsJson>, ApiProblem>> ListAsync(int? limit, CancellationToken ct)
    {
        if (limit is < 1 or > 500)
        {
            return ApiProblem.Query("limit", "1 to 500.");
        }

        var waiting = await queue.ListAsync(limit ?? 50, clocks.Fleet.GetUtcNow(), ct);
        return TypedResults.Ok(new ApprovalsJson(
            [.. waiting.Cases.Select(of => new ApprovalJson(CaseJson.Of(of.Case, of.Acts is [var worst, ..] ? worst : null), [.. of.Acts.Select(act => ActJson.Of(act, []))], of.Words))],
            waiting.Proposals));
    }
}

/// <summary>All that waits for a person.</summary>
internal sealed record ApprovalsJson(IReadOnlyList<ApprovalJson> Cases, IReadOnlyList<ExemptionProposal> Proposals);

/// <summary>A case with acts that wait.</summary>
/// <param name="Words">What a confirmation would approve.</param>
internal sealed record ApprovalJson(CaseJson Case, IReadOnlyList<ActJson> Acts, string Words);
