using System.Net.Mime;
using System.Text.Json;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Options;
using Watchdog.Http;
using Watchdog.Http.Access;
using Watchdog.Http.Api;
using Watchdog.Http.Keys;

namespace Watchdog.Owners.Admission;

/// <summary>
/// <c>GET /v1/owners/{owner}/admission</c>: may this owner start a VM, and if not, why and until when. docs/api.md is its contract. A caller without
/// an answer lets the start happen.
/// </summary>
public sealed class AdmissionEndpoint(RefusedOwners refused, IOptions<HttpOptions> options) : IEndpoints
{
    /// <summary>How long a caller may keep an answer, seconds: one burst of one owner's starts asks once.</summary>
    private const string CacheControl = "private, max-age=5";

    /// <inheritdoc/>
    public void Map(IEndpointRouteBuilder routes) => routes.MapGet("/v1/owners/{owner}/admission", (Delegate)AnswerAsync)
        .Describe(Entry.WithKey(KeyScopes.AdmissionRead), "show_admission", "Whether an owner may start a VM. A caller without an answer lets the start happen.", StatusCodes.Status400BadRequest)
        .Produces<AdmissionAnswer>();

    private Task AnswerAsync(HttpContext context)
    {
        if (!OwnerText.TryRead(context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget, out var owner))
        {
            return Problem.WriteAsync(
                context, StatusCodes.Status400BadRequest, "no owner",
                "The owner is one path segment of 1 to 256 characters, percent-encoded UTF-8 (a slash as %2F), without control characters.");
        }

        if (refused.Read is not { } read || read.Age > TimeSpan.FromSeconds(options.Value.StaleSeconds))
        {
            context.Response.Headers.RetryAfter = "5";
            return Problem.WriteAsync(
                context, StatusCodes.Status503ServiceUnavailable, "nothing is known", "The ledger could not be read lately. A caller without an answer lets the start happen.");
        }

        return WriteAsync(context, owner, refused.Find(owner), read.At);
    }

    private static async Task WriteAsync(HttpContext context, string owner, Refusal? refusal, DateTimeOffset asOf)
    {
        context.Response.ContentType = MediaTypeNames.Application.Json;
        context.Response.Headers.CacheControl = CacheControl;
        await JsonSerializer.SerializeAsync(context.Response.BodyWriter, new AdmissionAnswer(
            owner, refusal is null, refusal?.Reason,
            refusal is null ? null : refusal.Reason == Refusal.Blocked ? "Starting VMs is blocked for this account after repeated misuse."
                : "A VM of this account is contained, and new ones may start once a person has looked at it.",
            refusal?.Until?.UtcDateTime, refusal?.CaseId, asOf.UtcDateTime), ApiJson.Shape, context.RequestAborted);
    }
}

/// <param name="Allowed">True for everybody of whom nothing is known.</param>
/// <param name="Reason">blocked or contained; null when allowed.</param>
/// <param name="Message">For people: may be shown to the owner.</param>
/// <param name="Until">When it ends by itself; null: when a person has ruled, or when allowed.</param>
/// <param name="CaseId">The case that Watchdog's operators can look up.</param>
/// <param name="AsOf">When the answer was read from the ledger.</param>
internal sealed record AdmissionAnswer(string Owner, bool Allowed, string? Reason, string? Message, DateTime? Until, long? CaseId, DateTime AsOf);
