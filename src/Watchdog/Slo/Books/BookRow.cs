using Watchdog.Slo.Minutes;

namespace Watchdog.Slo.Books;

/// <summary>A row of <c>slo_interval</c> without its VM.</summary>
/// <param name="From">First minute.</param>
/// <param name="To">First minute after; <see cref="Minute.Open"/> for the one that is open.</param>
/// <param name="Group">Key in <c>slo_group</c>.</param>
public readonly record struct BookRow(int From, int To, int Group, Cause Cause, AgentSeen Agent)
{
    /// <summary>Whether the minutes count for the same.</summary>
    public bool Says(BookRow other) => Group == other.Group && Cause == other.Cause && Agent == other.Agent;
}

/// <summary>Minutes that count for something else than before; null: not in scope.</summary>
public readonly record struct BookChange(int From, int To, BookRow? Was, BookRow? Became);
