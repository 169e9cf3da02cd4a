using Watchdog.Slo.History;

namespace Watchdog.Slo.Classing;

/// <summary>What a state means for the books.</summary>
internal enum PowerKind
{
    /// <summary>Not a state that EC2 documents.</summary>
    Other,
    /// <summary>Pending or running.</summary>
    Up,
    /// <summary>Stopping or stopped.</summary>
    Down,
    /// <summary>Shutting down, terminated or gone.</summary>
    Ended,
}

/// <summary>A VM's states in the order of their instants, cut into spells: up (pending, running) and down (stopping, stopped).</summary>
internal sealed class PowerLine
{
    private readonly Line<StateFact> _states;
    private readonly int[] _spell;

    public PowerLine(IReadOnlyList<StateFact> recorded)
    {
        _states = Line<StateFact>.Of(Heard(recorded), fact => fact.At);
        _spell = new int[_states.Count];
        FirstRunningMin = int.MaxValue;
        for (var i = 0; i < _states.Count; i++)
        {
            _spell[i] = i > 0 && Continues(_states[i - 1].State, _states[i].State) ? _spell[i - 1] : i;
            if (_states[i].State == "running" && FirstRunningMin == int.MaxValue)
            {
                FirstRunningMin = _states.FromMin(i);
            }
        }
    }

    /// <summary>The first minute at which the VM had been running.</summary>
    public int FirstRunningMin { get; }

    public int Count => _states.Count;

    public StateFact this[int index] => _states[index];

    public static PowerKind KindOf(string? state) => state switch
    {
        "pending" or "running" => PowerKind.Up,
        "stopping" or "stopped" => PowerKind.Down,
        "shutting-down" or "terminated" or "gone" => PowerKind.Ended,
        _ => PowerKind.Other,
    };

    public int FromMin(int index) => _states.FromMin(index);

    public int IndexAt(int minute) => _states.IndexAt(minute);

    /// <summary>When the spell that the state belongs to began.</summary>
    public DateTimeOffset SpellBegin(int index) => _states[_spell[index]].At;

    /// <summary>Of a stop, the state that names its reason: this one, else the nearest before it in the spell, else the nearest after; null without any.</summary>
    public StateFact? ReasonOf(int index)
    {
        for (var i = index; i >= _spell[index]; i--)
        {
            if (!string.IsNullOrWhiteSpace(_states[i].Reason))
            {
                return _states[i];
            }
        }

        for (var i = index + 1; i < Count && _spell[i] == _spell[index]; i++)
        {
            if (!string.IsNullOrWhiteSpace(_states[i].Reason))
            {
                return _states[i];
            }
        }

        return null;
    }

    /// <summary>The last up spell that had begun by the instant: its begin, and whether it still lasted; null without any.</summary>
    public (DateTimeOffset Begin, bool Lasts)? UpSpellAt(DateTimeOffset instant)
    {
        var last = LastAt(instant);
        for (var i = last; i >= 0; i--)
        {
            if (KindOf(_states[i].State) == PowerKind.Up)
            {
                return (SpellBegin(i), i == last);
            }
        }

        return null;
    }

    /// <summary>When somebody first started the VM again after it had been down at or after the instant; null when nobody has.</summary>
    public DateTimeOffset? StartAfter(DateTimeOffset instant)
    {
        var at = LastAt(instant);
        var down = at >= 0 && KindOf(_states[at].State) == PowerKind.Down;
        for (var i = at + 1; i < Count; i++)
        {
            switch (KindOf(_states[i].State))
            {
                case PowerKind.Down:
                    down = true;
                    break;
                case PowerKind.Up when down:
                    return _states[i].At;
            }
        }

        return null;
    }

    private int LastAt(DateTimeOffset instant)
    {
        var i = Count - 1;
        while (i >= 0 && _states[i].At > instant)
        {
            i--;
        }

        return i;
    }

    // A boot begins a spell of its own even when the stop before it was never seen.
    private static bool Continues(string before, string state) =>
        KindOf(before) == KindOf(state) && KindOf(state) is PowerKind.Up or PowerKind.Down && !(before == "running" && state == "pending");

    // A VM is gone only from where it was last listed: the scope that it left may notice after the one that it came to.
    private static IReadOnlyList<StateFact> Heard(IReadOnlyList<StateFact> recorded)
    {
        var foreign = false;
        for (var i = 1; i < recorded.Count; i++)
        {
            foreign |= recorded[i].Scope != recorded[0].Scope;
        }

        if (!foreign)
        {
            return recorded;
        }

        List<StateFact> heard = new(recorded.Count);
        foreach (var fact in recorded.OrderBy(fact => fact.At))
        {
            if (fact.State != "gone" || heard.Count == 0 || heard[^1].Scope == fact.Scope)
            {
                heard.Add(fact);
            }
        }

        return heard;
    }
}
