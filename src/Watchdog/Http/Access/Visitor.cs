using System.Globalization;

namespace Watchdog.Http.Access;

/// <summary>Who a request is from; a feature of its context once the gate has let it through.</summary>
/// <param name="Name">As it stands in the audit trail: a person's name, or <c>API key 7</c>.</param>
/// <param name="By">How it is known: <c>link oidc proxy bearer key</c>.</param>
/// <param name="Session">The secret of the session's cookie, from which its forms' tokens come; null where no browser's session is behind it.</param>
public sealed record Visitor(string Name, Role Role, string By, byte[]? Session = null)
{
    /// <summary>Whether it is a person, who may be one of two; programs are not.</summary>
    public bool IsPerson => By is not (ByKey or ByBearer);

    /// <summary>Whether its unsafe requests must bear a form's token: a browser adds what it knows a person by to every request, a program its key to none by itself.</summary>
    internal bool NeedsToken => IsPerson;

    /// <summary>What a form of this visitor's must bear; empty where no session is behind it.</summary>
    public string FormToken => Session is { } secret ? Access.FormToken.Of(secret) : "";

    internal const string ByKey = "key";
    internal const string ByBearer = "bearer";

    /// <summary>The visitor of a request that the gate has let through; a request to an open entry has none.</summary>
    public static Visitor? Of(HttpContext context) => context.Features.Get<Visitor>();

    /// <summary>The visitor that an API key stands for, where one of its scopes is a role's.</summary>
    internal static Visitor? Of(long key, IReadOnlyList<string> scopes) =>
        scopes.Select(Keys.KeyScopes.RoleOf).Max() is { } role ? new(string.Create(CultureInfo.InvariantCulture, $"API key {key}"), role, ByKey) : null;
}
