using Watchdog.Detectors.Facts;
using Watchdog.Slo.Classing;
using Watchdog.Slo.History;
using Watchdog.Slo.Minutes;

namespace Watchdog.Tests.Slo.Classing;

/// <summary>A VM's history told in minutes after ten o'clock, in a scope that is seen throughout.</summary>
internal sealed class Story
{
    public static readonly DateTimeOffset Ten = new(2026, 11, 22, 10, 0, 0, TimeSpan.Zero);

    private readonly List<StateFact> _states = [];
    private readonly List<CheckFact> _checks = [];
    private readonly List<AgentFact> _agents = [];
    private readonly List<HoldFact> _holds = [];
    private readonly List<SightSpan> _inventory = [];
    private readonly List<SightSpan> _status = [];

    public MinuteRules Rules { get; init; } = MinuteRules.Default;
    public string? Lifecycle { get; init; }

    /// <summary>A VM that has run since nine.</summary>
    public static Story Running(MinuteRules? rules = null, string? lifecycle = null) =>
        new Story { Rules = rules ?? MinuteRules.Default, Lifecycle = lifecycle }.State(-60, "running");

    public Story State(double minute, string state, string? reason = null, short scope = 1)
    {
        _states.Add(new(_states.Count + 1, scope, At(minute), At(minute + 1), state, reason));
        return this;
    }

    public Story Check(
        double minute, CheckState instance = CheckState.Ok, CheckState system = CheckState.Ok, CheckState ebs = CheckState.Ok, double? since = null,
        params AnnouncedEvent[] events)
    {
        _checks.Add(new(_checks.Count + 1, At(minute), instance, system, ebs, since is { } at ? At(at) : null, events));
        return this;
    }

    public Story Agent(double minute, AgentSeen agent)
    {
        _agents.Add(new(_agents.Count + 1, At(minute), agent));
        return this;
    }

    public Story Hold(HoldKind kind, double from, double? until = null, string? ruling = null)
    {
        _holds.Add(new(_holds.Count + 1, kind == HoldKind.IdleStop ? null : 7, kind, At(from), until is { } end ? At(end) : null, ruling, null));
        return this;
    }

    /// <summary>Says when the listings were seen; without, they always were.</summary>
    public Story Listed(double from, double to, bool seen = true)
    {
        _inventory.Add(new(_inventory.Count + 1, At(from), At(to), seen, seen ? null : "listing failed"));
        return this;
    }

    /// <summary>Says when the checks were read; without, they always were.</summary>
    public Story Read(double from, double to)
    {
        _status.Add(new(_status.Count + 1, At(from), At(to), true, null));
        return this;
    }

    public Judged Judge(int from, int to, double? now = null)
    {
        IReadOnlyList<SightSpan> always = [new(1, Ten.AddDays(-9), Ten.AddDays(90), true, null)];
        var sights = new short[] { 1, 2 }.ToDictionary(scope => scope, scope => new ScopeSight(
            scope, _inventory.Count > 0 ? _inventory : always, _status.Count > 0 ? _status : always));
        return Classifier.Judge(
            new("i-1", _states, _checks, _agents, _holds, [new(5, 1, Ten.AddDays(-1), "ann", "pro", "m5.large", null, Lifecycle)]),
            sights, Rules, Minute.Of(Ten) + from, Minute.Of(Ten) + to, At(now ?? to));
    }

    /// <summary>The causes by minute after ten, as <c>0-12 ok, 12-20 user</c>.</summary>
    public string Told(int from, int to, double? now = null) => string.Join(", ", Judge(from, to, now).Intervals.Select(one =>
        $"{one.Interval.From - Minute.Of(Ten)}-{one.Interval.To - Minute.Of(Ten)} {Causes.NameOf(one.Interval.Cause)}"));

    public static DateTimeOffset At(double minute) => Ten.AddMinutes(minute);
}
