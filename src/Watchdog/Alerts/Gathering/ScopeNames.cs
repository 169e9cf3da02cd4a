namespace Watchdog.Alerts.Gathering;

/// <summary>The scopes by their keys in the database, as events name them.</summary>
/// <param name="ById">Key and Region of each.</param>
public sealed record ScopeNames(IReadOnlyDictionary<short, (string Key, string Region)> ById)
{
    /// <summary>A scope's key; <see cref="IncidentKey.Cluster"/> where it is unknown.</summary>
    public string KeyOf(short id) => ById.TryGetValue(id, out var known) ? known.Key : IncidentKey.Cluster;

    /// <summary>A scope's Region; null where it is unknown.</summary>
    public string? RegionOf(short id) => ById.TryGetValue(id, out var known) ? known.Region : null;
}
