namespace Watchdog.Slo.History;

/// <summary>When a scope could be seen: what lies in no seen span was not, whatever the reason.</summary>
/// <param name="Scope">Key in <c>scope</c>.</param>
/// <param name="Inventory">Spans in which its VMs were listed, ordered, not overlapping.</param>
/// <param name="Status">Spans in which its status checks were read, ordered, not overlapping.</param>
public sealed record ScopeSight(short Scope, IReadOnlyList<SightSpan> Inventory, IReadOnlyList<SightSpan> Status);

/// <summary>One span, [From, To).</summary>
/// <param name="Id">Key in <c>scope_coverage</c>.</param>
/// <param name="Seen">Whether it was seen.</param>
/// <param name="Detail">Why not; null when it was.</param>
public sealed record SightSpan(long Id, DateTimeOffset From, DateTimeOffset To, bool Seen, string? Detail);
