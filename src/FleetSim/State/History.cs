namespace Watchdog.FleetSim.State;

/// <summary>
/// A value over time, append-only: what it was at any instant can be asked without a lock while a writer (one at a time, under the
/// Region's lock) appends. Eventual consistency is then one subtraction: a listing asks for a little while ago.
/// </summary>
internal sealed class History<T>
{
    private (DateTimeOffset At, T Value)[] _entries = [];

    /// <summary>The changes, oldest first.</summary>
    public ReadOnlySpan<(DateTimeOffset At, T Value)> Entries => Volatile.Read(ref _entries);

    /// <summary>Appends; an instant before the last one is taken as the last one's, so that order holds when a clock steps back.</summary>
    public void Add(DateTimeOffset at, T value)
    {
        var old = _entries;
        var last = old.Length == 0 ? DateTimeOffset.MinValue : old[^1].At;
        Volatile.Write(ref _entries, [.. old, (at < last ? last : at, value)]);
    }

    /// <summary>The value at the instant; false before the first change.</summary>
    public bool TryAt(DateTimeOffset at, out T value)
    {
        var entries = Entries;
        for (var i = entries.Length - 1; i >= 0; i--)
        {
            if (entries[i].At <= at)
            {
                value = entries[i].Value;
                return true;
            }
        }

        value = default!;
        return false;
    }
}
