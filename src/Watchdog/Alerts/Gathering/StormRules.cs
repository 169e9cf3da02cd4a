using Watchdog.Alerts.Conditions;

namespace Watchdog.Alerts.Gathering;

/// <summary>An incident of abuse that is not resolved, as a storm sees it.</summary>
/// <param name="SettlesAt">When it may be told first; so long before it was opened.</param>
/// <param name="Vms">VMs that are on.</param>
/// <param name="Gathered">Whether the storm has it already.</param>
public sealed record Wave(long Id, IncidentKey Key, DateTimeOffset SettlesAt, int Vms, bool Gathered);

/// <summary>
/// Abuse that breaks out in several places or shapes at once is one matter: its incidents are gathered under one, which alone is told. Without it a wave over
/// twelve Regions and four classes would be 48 pages. Pure.
/// </summary>
public static class StormRules
{
    /// <summary>So many incidents of abuse at once are a storm.</summary>
    public const int Least = 3;

    /// <summary>Opened within so long of each other they are at once.</summary>
    public static readonly TimeSpan AtOnce = TimeSpan.FromMinutes(2);

    /// <summary>The incident that gathers them; its members are incidents.</summary>
    public static readonly IncidentKey Key = new(IncidentKinds.Abuse, "many", IncidentKey.Cluster);

    /// <summary>What the storm consists of now; one that has begun holds what it has gathered until that is resolved.</summary>
    /// <param name="waves">Every incident of abuse that is not resolved, the storm itself excepted.</param>
    /// <param name="server">The database server's time, as of all conditions.</param>
    /// <param name="now">Fleet time.</param>
    public static IReadOnlyList<SeenCondition> Of(IReadOnlyList<Wave> waves, DateTimeOffset server, DateTimeOffset now)
    {
        var opened = KindTable.Of(IncidentKinds.Abuse).Settles;
        var fresh = waves.Where(wave => !wave.Gathered && now - (wave.SettlesAt - opened) < AtOnce).ToList();
        var gathered = waves.Where(wave => wave.Gathered).ToList();
        if (gathered.Count > 0 || fresh.Count >= Least)
        {
            gathered.AddRange(fresh);
        }

        return
        [
            .. gathered.Select(wave => new SeenCondition(
                Key, NodeOf(wave.Id), Severity.Critical, server, TimeSpan.Zero,
                new(Region: Muting.Regions.Of(wave.Key.Scope), Sentence: FormattableString.Invariant($"incident {wave.Id}: {wave.Vms} VMs, {wave.Key.Technique}, in {wave.Key.Scope}")))),
        ];
    }

    /// <summary>How a gathered incident is named in place of a worker.</summary>
    public static string NodeOf(long incident) => FormattableString.Invariant($"incident:{incident}");
}
