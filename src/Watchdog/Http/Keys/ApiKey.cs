using Watchdog.Http.Access;

namespace Watchdog.Http.Keys;

/// <summary>A row of <c>api_key</c>, without its digest.</summary>
/// <param name="Name">What it is for, in a person's words.</param>
/// <param name="Scopes">Some of <see cref="KeyScopes.All"/>.</param>
/// <param name="RevokedAt">When a person ended it before its time; null where nobody has.</param>
/// <param name="LastUsed">The last day, UTC, on which it opened something; null: never.</param>
public sealed record ApiKey(
    long Id, string Name, IReadOnlyList<string> Scopes, DateTimeOffset CreatedAt, string CreatedBy, DateTimeOffset ExpiresAt, DateTimeOffset? RevokedAt,
    DateOnly? LastUsed);

/// <summary>What a key may open.</summary>
public static class KeyScopes
{
    /// <summary>May this owner start a VM?</summary>
    public const string AdmissionRead = "admission:read";

    /// <summary>How do the worker's loops fare?</summary>
    public const string HealthRead = "health:read";

    /// <summary>Keep a VM from idle stops for a while.</summary>
    public const string HoldsWrite = "holds:write";

    /// <summary>Reads everything that the ops pages show, as a viewer does.</summary>
    public const string OpsRead = "ops:read";

    /// <summary>Judges cases, as an operator does.</summary>
    public const string OpsAct = "ops:act";

    /// <summary>What an admin does.</summary>
    public const string OpsAdmin = "ops:admin";

    /// <summary>Every scope there is.</summary>
    public static IReadOnlyList<string> All { get; } = [AdmissionRead, HealthRead, HoldsWrite, OpsRead, OpsAct, OpsAdmin];

    /// <summary>What a scope opens, in a few words.</summary>
    public static string Words(string scope) => scope switch
    {
        AdmissionRead => "may an owner start a VM",
        HealthRead => "how the loops fare",
        HoldsWrite => "keep a VM from idle stops",
        OpsRead => "read the ops pages and the API, as a viewer",
        OpsAct => "judge cases, as an operator",
        OpsAdmin => "decide for the fleet, as an admin",
        _ => "nothing",
    };

    /// <summary>The role that a scope stands for; null: none.</summary>
    public static Role? RoleOf(string scope) => scope switch
    {
        OpsRead => Role.Viewer,
        OpsAct => Role.Operator,
        OpsAdmin => Role.Admin,
        _ => null,
    };
}

/// <summary>The key that let a request through; a feature of its context.</summary>
public sealed record KeyUsed(long Id)
{
    /// <summary>As an author of what the request changed.</summary>
    public string Author => FormattableString.Invariant($"API key {Id}");
}
