namespace Watchdog.Alerts.Gathering;

/// <summary>A member as a batch of signals leaves it in one incident.</summary>
/// <param name="ClearedAt">When it was over; null: it is on.</param>
public sealed record MemberChange(
    IncidentKey Key, string Member, Severity Severity, DateTimeOffset FirstAt, DateTimeOffset LastAt, DateTimeOffset? ClearedAt, MemberFacts Facts, string? Traceparent);

/// <summary>News about a member wherever it is stored already.</summary>
/// <param name="ClearedAt">When it was over; null: it stays what it was.</param>
public sealed record MemberPatch(string Kind, string Member, DateTimeOffset? ClearedAt, MemberFacts Facts);

/// <summary>What a batch of signals comes to: first the patches of what is stored, then the changes, each laid over its stored row.</summary>
public sealed record Folded(IReadOnlyList<MemberPatch> Patches, IReadOnlyList<MemberChange> Changes);

/// <summary>
/// Folds signals, in their order, into one change a member and incident. However the log is cut into batches, what is stored in the end is the same. Pure.
/// </summary>
public static class MemberFold
{
    /// <summary>Folds.</summary>
    public static Folded Of(IEnumerable<Signal> signals)
    {
        Dictionary<(string Kind, string Member), MemberPatch> patches = [];
        Dictionary<(string Kind, string Member), List<MemberChange>> changes = [];
        foreach (var signal in signals)
        {
            var of = (signal.Key.Kind, signal.Member);
            var own = changes.TryGetValue(of, out var known) ? known : changes[of] = [];
            var patch = patches.GetValueOrDefault(of) ?? new(signal.Key.Kind, signal.Member, null, new());
            switch (signal.State)
            {
                case SignalState.Changed:
                    patches[of] = patch with { Facts = patch.Facts.With(signal.Facts) };
                    own.ForEach(change => change with { Facts = change.Facts.With(signal.Facts) });
                    break;
                case SignalState.Cleared:
                    patches[of] = patch with { ClearedAt = patch.ClearedAt ?? signal.At, Facts = patch.Facts.With(signal.Facts) };
                    own.ForEach(change => change with { ClearedAt = change.ClearedAt ?? signal.At, Facts = change.Facts.With(signal.Facts) });
                    break;
                default:
                    // It leaves the incident of its kind that it was in, here and in the store.
                    patches[of] = patch with { ClearedAt = patch.ClearedAt ?? signal.At };
                    own.ForEach(change => change.Key == signal.Key ? change : change with { ClearedAt = change.ClearedAt ?? signal.At });
                    Raise(own, signal);
                    break;
            }
        }

        return new([.. patches.Values], [.. changes.Values.SelectMany(change => change)]);
    }

    private static void Raise(List<MemberChange> own, Signal signal)
    {
        var at = own.FindIndex(change => change.Key == signal.Key);
        if (at < 0)
        {
            own.Add(new(signal.Key, signal.Member, signal.Severity, signal.At, signal.At, null, signal.Facts, signal.Traceparent));
            return;
        }

        var before = own[at];
        own[at] = before with
        {
            Severity = signal.Severity, LastAt = signal.At > before.LastAt ? signal.At : before.LastAt, FirstAt = signal.At < before.FirstAt ? signal.At : before.FirstAt,
            ClearedAt = null, Facts = before.Facts.With(signal.Facts), Traceparent = signal.Traceparent ?? before.Traceparent,
        };
    }

    private static void ForEach(this List<MemberChange> own, Func<MemberChange, MemberChange> of)
    {
        for (var at = 0; at < own.Count; at++)
        {
            own[at] = of(own[at]);
        }
    }
}
