using System.Text.Json.Serialization;

namespace Watchdog.IdleShutdown;

/// <summary>One thing that keeps a VM from an idle stop.</summary>
/// <param name="Code">Stable name, kebab-case, e.g. <c>cpu</c>, <c>session</c>.</param>
/// <param name="Sentence">One plain sentence with its numbers.</param>
/// <param name="Until">When it keeps the VM no longer if nothing changes; null: nobody can tell, as long as it is there.</param>
public sealed record Keeper(string Code, string Sentence, DateTimeOffset? Until = null);

/// <summary>Whether a VM may be stopped because nobody uses it, and else what keeps it.</summary>
/// <param name="At">When it was judged, fleet time.</param>
/// <param name="Keepers">What keeps it; empty: it is idle.</param>
/// <param name="Ground">For an idle VM: what was seen, in words and numbers.</param>
public sealed record IdleVerdict(DateTimeOffset At, IReadOnlyList<Keeper> Keepers, string? Ground = null)
{
    /// <summary>The policy by which it was judged.</summary>
    public string? Policy { get; init; }

    /// <summary>Whether nothing keeps it.</summary>
    [JsonIgnore]
    public bool Idle => Keepers.Count == 0;

    /// <summary>When it would be stopped if nothing changed: <see cref="At"/> for an idle one; null while something keeps it whose end nobody knows.</summary>
    [JsonIgnore]
    public DateTimeOffset? StopsAt => Idle ? At : Keepers.All(keeper => keeper.Until is not null) ? Keepers.Max(keeper => keeper.Until) : null;

    /// <summary>Why, in a sentence or more.</summary>
    [JsonIgnore]
    public string Reason => Idle ? Ground ?? "nobody uses it" : string.Join(" ", Keepers.Select(keeper => keeper.Sentence));
}
