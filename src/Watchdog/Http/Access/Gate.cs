using Microsoft.Extensions.Options;
using Npgsql;
using Watchdog.Diagnostics;
using Watchdog.Http.Keys;
using Watchdog.Ledger;

namespace Watchdog.Http.Access;

/// <summary>
/// Before every endpoint: who is it, may they, and does the request come from a page of ours. One place for all of them, so that a new endpoint is shut until
/// it says who may enter.
/// </summary>
public sealed class Gate(KeyRing keys, IEnumerable<IIdentity> identities, IOptions<AccessOptions> options, NpgsqlDataSource database, Clocks clocks)
{
    /// <summary>Lets a request through, or answers it.</summary>
    public async Task PassAsync(HttpContext context, RequestDelegate next)
    {
        SafeHeaders.Set(context.Response);
        if (context.GetEndpoint() is not { } endpoint)
        {
            // Nothing is there; whoever answers that tells nothing.
            await next(context);
            return;
        }

        if (endpoint.Metadata.GetMetadata<Entry>() is not { } entry)
        {
            throw new InvalidOperationException($"Endpoint '{endpoint.DisplayName}' does not say who may enter it.");
        }

        if (entry.Needs is not null && !options.Value.Pages && !IsApi(context.Request))
        {
            await Problem.WriteAsync(context, StatusCodes.Status404NotFound, "no pages here", "This listener answers programs alone (Access:Pages is false).");
            return;
        }

        if (OwnSite.Refusal(context.Request) is { } foreign)
        {
            await Refusals.ForbiddenAsync(context, "not from here", $"{foreign} Open the page here and use its own form.");
            return;
        }

        if (entry.Open is not null || entry.Link is { } link && context.Request.Query.ContainsKey(link))
        {
            await next(context);
            return;
        }

        if (entry.Scope is { } scope)
        {
            await PassWithKeyAsync(context, scope, next);
            return;
        }

        await PassAsync(context, entry.Needs!.Value, next);
    }

    /// <summary>
    /// First the line, then the change: no change from outside without a line that says where it came from. Behind the rates, or whoever is refused by them would go on
    /// filling the trail.
    /// </summary>
    public async Task NoteAsync(HttpContext context, RequestDelegate next)
    {
        if (Visitor.Of(context) is { } visitor && Unsafe(context.Request))
        {
            await AuditAsync(context, visitor);
        }

        await next(context);
    }

    private async Task PassWithKeyAsync(HttpContext context, string scope, RequestDelegate next)
    {
        if (keys.Find(context.Request.Headers.Authorization.ToString()) is not { } key)
        {
            await Refusals.NoKeyAsync(context);
            return;
        }

        context.Features.Set(new KeyUsed(key.Id));
        await (key.Scopes.Contains(scope) ? next(context) : Refusals.ForbiddenAsync(context, "key of another scope", $"This needs a key with the scope {scope}."));
    }

    private async Task PassAsync(HttpContext context, Role needed, RequestDelegate next)
    {
        var known = await KnownAsync(context);
        if (known.Visitor is not { } visitor)
        {
            await (known.Why is { } why ? Refusals.ForbiddenAsync(context, "no role", why) : Refusals.UnknownAsync(context));
            return;
        }

        context.Features.Set(visitor);
        if (visitor.Role < needed)
        {
            await Refusals.ForbiddenAsync(
                context, "another role is needed", $"This needs the role {Roles.NameOf(needed)}; {visitor.Name} is {Roles.NameOf(visitor.Role)}.");
            return;
        }

        if (!Unsafe(context.Request))
        {
            await next(context);
            return;
        }

        // Pages take forms alone, and each reads its own from here on.
        if (!IsApi(context.Request) && await OwnForm.ReadAsync(context) is null)
        {
            return;
        }

        if (visitor.NeedsToken && !(visitor.Session is { } session && FormToken.Fits(session, TokenOf(context.Request))))
        {
            await Refusals.ForbiddenAsync(context, "stale form", "The form is not of this session: it may have been open since before you signed in. Load the page again; nothing was done.");
            return;
        }

        await next(context);
    }

    private async Task<Known> KnownAsync(HttpContext context)
    {
        var authorization = context.Request.Headers.Authorization.ToString();
        if (keys.Find(authorization) is { } key)
        {
            return new(Visitor.Of(key.Id, key.Scopes));
        }

        foreach (var identity in identities)
        {
            if (await identity.FindAsync(context) is { } known)
            {
                return known;
            }
        }

        return Known.Nobody;
    }

    private async Task AuditAsync(HttpContext context, Visitor visitor)
    {
        await using var connection = await database.OpenConnectionAsync(context.RequestAborted);
        await using var transaction = await connection.BeginTransactionAsync(context.RequestAborted);
        await Audit.AppendAsync(connection, transaction, clocks.Fleet.GetUtcNow(), visitor.Name, "web.request", $"web:{context.Request.Method} {context.Request.Path}", new
        {
            by = visitor.By, role = Roles.NameOf(visitor.Role), source = context.Connection.RemoteIpAddress?.ToString(), request = context.TraceIdentifier,
        }, context.RequestAborted);
        await transaction.CommitAsync(context.RequestAborted);
    }

    private static string? TokenOf(HttpRequest request) =>
        request.Headers.TryGetValue(FormToken.Header, out var header) ? header.ToString() : IsApi(request) ? null : request.Form[FormToken.Field].ToString();

    private static bool IsApi(HttpRequest request) => request.Path.StartsWithSegments(Refusals.Api);

    private static bool Unsafe(HttpRequest request) => !(HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method) || HttpMethods.IsOptions(request.Method));
}
