using Watchdog.Slo.Minutes;

namespace Watchdog.Slo.Classing;

/// <summary>Joins stretches of minutes that say the same into intervals.</summary>
internal sealed class Stretches
{
    private readonly List<JudgedInterval> _done = [];
    private readonly List<Ground> _grounds = [];
    private (int From, int To, Cause? Cause, AgentSeen Agent, long Membership) _last;

    /// <summary>The intervals so far, the last one included.</summary>
    public IReadOnlyList<JudgedInterval> Done
    {
        get
        {
            Close();
            return _done;
        }
    }

    /// <summary>Whether minutes that say this would belong to the last stretch.</summary>
    public bool Continues(Ground? ground, AgentSeen agent, long membership) =>
        _last.Cause == ground?.Cause && (ground is null || (_last.Agent == agent && _last.Membership == membership));

    /// <summary>Adds the minutes [from, to), which follow those before.</summary>
    public void Add(int from, int to, Ground? ground, AgentSeen agent, long membership)
    {
        if (!Continues(ground, agent, membership))
        {
            Close();
            _last = (from, to, ground?.Cause, agent, membership);
        }

        _last.To = to;
        if (ground is { } why && _grounds.Count < JudgedInterval.MostGrounds && (_grounds.Count == 0 || _grounds[^1] != why))
        {
            _grounds.Add(why);
        }
    }

    private void Close()
    {
        if (_last.Cause is { } cause)
        {
            _done.Add(new(new(_last.From, _last.To, cause, _last.Agent), _last.Membership, [.. _grounds]));
        }

        _last = default;
        _grounds.Clear();
    }
}
