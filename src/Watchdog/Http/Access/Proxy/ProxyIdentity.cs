using System.Net;
using Microsoft.Extensions.Options;
using Watchdog.Http.Access.Sessions;

namespace Watchdog.Http.Access.Proxy;

/// <summary>
/// Knows a person by what a trusted proxy says. The proxy says it with every request, so a lowered role counts at once; the session that a browser gets besides
/// bears its forms' tokens alone, and is good only together with the same person's header.
/// </summary>
public sealed class ProxyIdentity(SessionBook sessions, IOptions<AccessOptions> options) : IIdentity
{
    /// <summary>How such a visitor is known.</summary>
    public const string Method = "proxy";

    private const int LongestName = 200;
    private readonly IReadOnlyList<IPNetwork> trusted = options.Value.Proxy.Trusted();

    /// <inheritdoc/>
    public async Task<Known?> FindAsync(HttpContext context)
    {
        var proxy = options.Value.Proxy;
        if (!proxy.IsOn || !context.Request.Headers.TryGetValue(proxy.UserHeader, out var users))
        {
            return null;
        }

        if (!IsTrusted(context.Connection.RemoteIpAddress) || users is not [{ } user] || !IsName(user))
        {
            // Whoever sends this header from elsewhere wants to be taken for somebody else: no cookie of theirs counts.
            return Known.Nobody;
        }

        var lines = context.Request.Headers[proxy.GroupsHeader];
        if (lines.Count > 1)
        {
            // A proxy that adds a line to the one that came lets everybody choose their groups.
            return Known.Without($"The header {proxy.GroupsHeader} came {lines.Count} times: the proxy must replace the one that a browser sends.");
        }

        var groups = lines.ToString().Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return proxy.Roles.Of(groups) is { } role
            ? new Known(new Visitor(user, role, Method, await SessionAsync(context, user, role)))
            : Known.Without($"{user} is in no group that has a role here (Access:Proxy:Roles).");
    }

    private async Task<byte[]?> SessionAsync(HttpContext context, string user, Role role)
    {
        var ct = context.RequestAborted;
        if (SessionCookie.Read(context.Request) is { } secret && await sessions.FindAsync(secret, ct) is { By: Method } known && known.Name == user)
        {
            return secret;
        }

        // Only what shows pages: a program through the proxy would leave a session behind with each request.
        if (!HttpMethods.IsGet(context.Request.Method) || !Refusals.WantsPage(context.Request))
        {
            return null;
        }

        var begun = await sessions.BeginAsync(user, role, Method, options.Value.Session, ct);
        SessionCookie.Write(context, begun, options.Value.Session);
        return begun;
    }

    private bool IsTrusted(IPAddress? address)
    {
        var from = address is { IsIPv4MappedToIPv6: true } ? address.MapToIPv4() : address;
        return from is not null && trusted.Any(network => network.Contains(from));
    }

    // A comma joins the values of a header that was sent twice: the first may be the browser's own.
    private static bool IsName(string name) => name.Length is > 0 and <= LongestName && name.Trim().Length == name.Length && !name.Any(c => char.IsControl(c) || c == ',');
}
