namespace Watchdog.Http.Access;

/// <summary>What a person may do in the ops pages; each may all that those before it may.</summary>
public enum Role
{
    /// <summary>Sees everything, changes nothing.</summary>
    Viewer = 1,

    /// <summary>Judges cases, up to 25 at once: releases, confirms, extends, rules, hands over; exempts one VM or owner.</summary>
    Operator = 2,

    /// <summary>Decides for the fleet: exemptions beyond one owner, more than 25 cases at once, keys and sessions.</summary>
    Admin = 3,
}

/// <summary>The roles' names, as settings, tables and claims write them.</summary>
public static class Roles
{
    /// <summary>Every name, lowest first.</summary>
    public static IReadOnlyList<string> All { get; } = [NameOf(Role.Viewer), NameOf(Role.Operator), NameOf(Role.Admin)];

    /// <summary>The name of a role, lower case.</summary>
    public static string NameOf(Role role) => role.ToString().ToLowerInvariant();

    /// <summary>The role of a name; null: there is none.</summary>
    public static Role? Read(string? name) => name switch
    {
        "viewer" => Role.Viewer,
        "operator" => Role.Operator,
        "admin" => Role.Admin,
        _ => null,
    };
}
