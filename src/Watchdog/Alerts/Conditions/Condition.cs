using Watchdog.Alerts.Gathering;

namespace Watchdog.Alerts.Conditions;

/// <summary>Something that is wrong now, as a worker measures it.</summary>
/// <param name="HoldsFor">For how long it must be so before anybody is told: a short one is nobody's matter.</param>
/// <param name="Everywhere">Whether every worker sees the same, so that one row is enough.</param>
public sealed record Condition(IncidentKey Key, Severity Severity, MemberFacts Facts, TimeSpan HoldsFor = default, bool Everywhere = true);

/// <summary>One thing that a worker measures.</summary>
public interface IConditionSource
{
    /// <summary>The kinds that it tells of, so that what it told last is kept while it cannot be asked.</summary>
    IReadOnlyList<string> Kinds { get; }

    /// <summary>What is wrong now; empty where nothing is.</summary>
    Task<IReadOnlyList<Condition>> ReadAsync(CancellationToken ct);
}

/// <summary>A row of <c>alert_condition</c>; instants are the database server's.</summary>
/// <param name="Node">The worker that saw it; <c>cluster</c> where any would see the same.</param>
public sealed record SeenCondition(IncidentKey Key, string Node, Severity Severity, DateTimeOffset Since, TimeSpan HoldsFor, MemberFacts Facts)
{
    /// <summary>Its name as a member: a member is in one incident of a kind at a time, and a worker may see several of a kind.</summary>
    public string Member => $"{ConditionTable.Prefix}{Node}:{Key.Technique}:{Key.Scope}";
}

/// <summary>A condition's member that is on in an open incident.</summary>
public sealed record ConditionMember(IncidentKey Key, string Member, Severity Severity, DateTimeOffset LastAt, MemberFacts Facts);
