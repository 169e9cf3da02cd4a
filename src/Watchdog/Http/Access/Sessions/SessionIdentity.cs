namespace Watchdog.Http.Access.Sessions;

/// <summary>Knows a browser by its session.</summary>
public sealed class SessionIdentity(SessionBook sessions) : IIdentity
{
    /// <inheritdoc/>
    public async Task<Visitor?> FindAsync(HttpContext context) =>
        SessionCookie.Read(context.Request) is { } secret ? await sessions.FindAsync(secret, context.RequestAborted) : null;
}
