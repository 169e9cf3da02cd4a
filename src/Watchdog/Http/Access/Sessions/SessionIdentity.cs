using Watchdog.Http.Access.Proxy;

namespace Watchdog.Http.Access.Sessions;

/// <summary>Knows a browser by its session; one that a proxy's word began needs that word with each request.</summary>
public sealed class SessionIdentity(SessionBook sessions) : IIdentity
{
    /// <inheritdoc/>
    public async Task<Known?> FindAsync(HttpContext context) =>
        SessionCookie.Read(context.Request) is { } secret && await sessions.FindAsync(secret, context.RequestAborted) is { By: not ProxyIdentity.Method } visitor
            ? new Known(visitor) : null;
}
