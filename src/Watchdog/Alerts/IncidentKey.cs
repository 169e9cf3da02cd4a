namespace Watchdog.Alerts;

/// <summary>What an incident is one of: at any time at most one is open for a key.</summary>
/// <param name="Kind">One of <see cref="IncidentKinds"/>.</param>
/// <param name="Technique">What of that kind: a case's class, an objective and its rung, an AWS operation; the kind again where it has only one.</param>
/// <param name="Scope">A scope's key (<c>account/Region</c>), an objective's group, or <see cref="Cluster"/>.</param>
public sealed record IncidentKey(string Kind, string Technique, string Scope)
{
    /// <summary>The scope of what concerns the whole cluster.</summary>
    public const string Cluster = "cluster";
}
