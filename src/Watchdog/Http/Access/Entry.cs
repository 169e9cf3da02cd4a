namespace Watchdog.Http.Access;

/// <summary>
/// Who may enter an endpoint; metadata that every one bears, and the gate lets nobody into one without. Exactly one of role, scope and reason says so.
/// </summary>
/// <param name="Needs">The least role; null: no role is asked for.</param>
/// <param name="Scope">The API key's scope that opens it; null: none does but those that stand for a role.</param>
/// <param name="Link">The query's name of a signed link, which the endpoint itself checks and which opens it without a key; null: none does.</param>
/// <param name="Open">Why nobody is asked; null: somebody is.</param>
public sealed record Entry(Role? Needs, string? Scope, string? Link, string? Open)
{
    /// <summary>For people and programs of a role.</summary>
    public static Entry For(Role role) => new(role, null, null, null);

    /// <summary>For programs with a key of a scope.</summary>
    /// <param name="link">The query's name of a signed link that opens it too.</param>
    public static Entry WithKey(string scope, string? link = null) => new(null, scope, link, null);

    /// <summary>For everybody.</summary>
    /// <param name="why">Why that is right: what the endpoint tells, or what it asks for itself.</param>
    public static Entry ForAll(string why) => new(null, null, null, why);
}

/// <summary>Declares endpoints with who may enter them.</summary>
public static class EntryRoutes
{
    /// <summary>Says who may enter.</summary>
    public static T Admit<T>(this T endpoint, Entry entry) where T : IEndpointConventionBuilder => endpoint.WithMetadata(entry);
}
