using System.Net.Mime;
using System.Text.Json;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Options;
using Watchdog.Http;
using Watchdog.Http.Access;
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
    public void Map(IEndpointRouteBuilder routes) => 
        routes.MapGet("/v1/owners/{owner}/admission", AnswerAsync).Admit(Entry.WithKey(KeyScopes.AdmissionRead));

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
        await using (var json = new Utf8JsonWriter(context.Response.BodyWriter))
        {
            json.WriteStartObject();
            json.WriteString("owner", owner);
            json.WriteBoolean("allowed", refusal is null);
            if (refusal is null)
            {
                json.WriteNull("reason");
                json.WriteNull("message");
                json.WriteNull("until");
                json.WriteNull("case_id");
            }
            else
            {
                json.WriteString("reason", refusal.Reason);
                json.WriteString("message", refusal.Reason == Refusal.Blocked
                    ? "Starting VMs is blocked for this account after repeated misuse."
                    : "A VM of this account is contained, and new ones may start once a person has looked at it.");
                Write(json, "until", refusal.Until);
                json.WriteNumber("case_id", refusal.CaseId);
            }

            json.WriteString("as_of", asOf.UtcDateTime);
            json.WriteEndObject();
        }

        await context.Response.BodyWriter.FlushAsync(context.RequestAborted);
    }

    private static void Write(Utf8JsonWriter json, string name, DateTimeOffset? at)
    {
        if (at is { } instant)
        {
            json.WriteString(name, instant.UtcDateTime);
        }
        else
        {
            json.WriteNull(name);
        }
    }
}
