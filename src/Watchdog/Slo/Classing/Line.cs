using Watchdog.Slo.Minutes;

namespace Watchdog.Slo.Classing;

/// <summary>Facts of one kind by their instants; of several about the same instant only the last recorded one stands.</summary>
internal sealed class Line<T>
    where T : class
{
    private readonly T[] _facts;
    private readonly int[] _from;

    private Line(T[] facts, int[] from) => (_facts, _from) = (facts, from);

    public int Count => _facts.Length;

    public T this[int index] => _facts[index];

    public static Line<T> Of(IReadOnlyList<T> recorded, Func<T, DateTimeOffset> at)
    {
        if (recorded.Count == 0)
        {
            return new([], []);
        }

        List<T> kept = new(recorded.Count);
        foreach (var fact in Ordered(recorded, at))
        {
            if (kept.Count > 0 && at(kept[^1]) == at(fact))
            {
                kept[^1] = fact;
            }
            else
            {
                kept.Add(fact);
            }
        }

        T[] facts = [.. kept];
        return new(facts, Array.ConvertAll(facts, fact => Minute.Of(at(fact))));
    }

    /// <summary>The minute from which on the fact holds.</summary>
    public int FromMin(int index) => _from[index];

    /// <summary>The last fact that holds at the minute's end; -1 when none does.</summary>
    public int IndexAt(int minute)
    {
        int low = 0, high = _from.Length;
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = _from[middle] <= minute ? (middle + 1, high) : (low, middle);
        }

        return low - 1;
    }

    // Nearly always in order already; LINQ's sort keeps the recorded order of equals.
    private static IEnumerable<T> Ordered(IReadOnlyList<T> recorded, Func<T, DateTimeOffset> at)
    {
        for (var i = 1; i < recorded.Count; i++)
        {
            if (at(recorded[i]) < at(recorded[i - 1]))
            {
                return recorded.OrderBy(at);
            }
        }

        return recorded;
    }
}
