using Watchdog.Detectors.Facts;
using Watchdog.Slo.History;
using Watchdog.Slo.Minutes;

namespace Watchdog.Slo.Classing;

/// <summary>The definition: the cause of one minute, first match wins. See docs/slo.md for the table in words.</summary>
internal sealed class MinuteLaw
{
    private static readonly Func<CheckFact, bool> HostFails = CheckLine.HostFails;
    private static readonly Func<CheckFact, bool> GuestFails = CheckLine.GuestFails;

    private readonly MinuteRules _rules;
    private readonly PowerLine _power;
    private readonly CheckLine _checks;
    private readonly IReadOnlyList<HoldSpan> _holds;
    private readonly IReadOnlyList<Gap> _unlisted;
    private readonly IReadOnlyList<Gap> _unchecked;

    public MinuteLaw(VmHistory history, IReadOnlyDictionary<short, ScopeSight> sights, MinuteRules rules, int afterMin, DateTimeOffset now)
    {
        _rules = rules;
        _power = new(history.States);
        _checks = new(history.Checks, _power, rules);
        _holds = HoldSpan.Of(history.Holds, _power, rules, now);
        List<short> scopes = [];
        for (var i = 0; i < _power.Count; i++)
        {
            if (!scopes.Contains(_power[i].Scope))
            {
                scopes.Add(_power[i].Scope);
            }
        }

        _unlisted = Gaps("inventory", sight => sight.Inventory);
        _unchecked = Gaps("status", sight => sight.Status);

        IReadOnlyList<Gap> Gaps(string what, Func<ScopeSight, IReadOnlyList<SightSpan>> spans)
        {
            List<Gap> gaps = [];
            foreach (var scope in scopes)
            {
                gaps.AddRange(Gap.Of(what, scope, sights.TryGetValue(scope, out var sight) ? spans(sight) : [], rules.BlindAfter, now, afterMin));
            }

            return gaps;
        }
    }

    /// <summary>What decides the minute, given the lifecycle that the VM had in it; null when the minute is out of scope.</summary>
    public Ground? At(int minute, string? lifecycle)
    {
        var index = _power.IndexAt(minute);
        if (index < 0 || minute < _power.FirstRunningMin)
        {
            return null;
        }

        var state = _power[index];
        var kind = PowerLine.KindOf(state.State);
        if (kind == PowerKind.Ended)
        {
            return null;
        }

        if (GapAt(_unlisted, state.Scope, minute) is { } unlisted)
        {
            return new(Cause.WatchdogBlind, state) { Gap = unlisted };
        }

        if (HoldSpan.Worst(_holds, minute, kind) is { } hold)
        {
            return new(hold.Cause, state) { Hold = hold.Fact };
        }

        return kind switch
        {
            PowerKind.Down => Stopped(index, lifecycle),
            PowerKind.Up when state.State == "pending" => Booting(index, minute, null),
            PowerKind.Up => Running(index, minute),
            _ => new(Cause.ProviderNoData, state),
        };
    }

    /// <summary>Adds the minutes at which the law may decide differently than the minute before.</summary>
    public void AddPoints(List<int> points)
    {
        _checks.AddPoints(points);
        for (var i = 0; i < _power.Count; i++)
        {
            points.Add(_power.FromMin(i));
            points.Add(Instants.MinuteOf(_power.SpellBegin(i), _rules.BootGrace));
        }

        foreach (var hold in _holds)
        {
            points.Add(hold.FromMin);
            points.Add(hold.ToMin);
        }

        foreach (var gap in _unlisted.Concat(_unchecked))
        {
            points.Add(gap.FromMin);
            points.Add(gap.ToMin);
        }
    }

    /// <summary>The first minute at which a ruling that is missing will count against Watchdog; null when none is missing.</summary>
    public int? RulingDueMin => _holds.Min(hold => hold.DueMin(_rules));

    private Ground Stopped(int index, string? lifecycle)
    {
        var reason = _power.ReasonOf(index);
        return new(StopReason.CauseOf(reason?.Reason, lifecycle, _rules.SpotExcluded), _power[index]) { Reason = reason };
    }

    private Ground Running(int index, int minute)
    {
        var state = _power[index];
        if (GapAt(_unchecked, state.Scope, minute) is { } unread)
        {
            return new(Cause.WatchdogBlind, state) { Gap = unread };
        }

        var now = _checks.At(minute);
        if (Failing(now, minute, HostFails) is { } host)
        {
            var cause = !Announced(host, minute) ? Cause.Provider : _rules.MaintenanceExcluded ? Cause.AnnouncedMaintenance : Cause.Maintenance;
            return new(cause, state) { Check = host, BackDated = host != now };
        }

        if (Failing(now, minute, GuestFails) is { } guest)
        {
            return new(Cause.Guest, state) { Check = guest, BackDated = guest != now };
        }

        if (Any(now, CheckState.Initializing))
        {
            return Booting(index, minute, now);
        }

        if (Any(now, CheckState.Unknown))
        {
            return InGrace(index, minute) ? Booting(index, minute, now) : new(Cause.ProviderNoData, state) { Check = now };
        }

        return new(Cause.Ok, state) { Check = now };
    }

    private Ground Booting(int index, int minute, CheckFact? check) =>
        new(InGrace(index, minute) ? Cause.Boot : Cause.BootSlow, _power[index]) { Check = check, Boot = _power.SpellBegin(index) };

    private bool InGrace(int index, int minute) => minute < Instants.MinuteOf(_power.SpellBegin(index), _rules.BootGrace);

    private CheckFact? Failing(CheckFact? now, int minute, Func<CheckFact, bool> fails) =>
        now is not null && fails(now) ? now : _checks.DatedBack(minute, fails);

    private static bool Any(CheckFact? reading, CheckState state) =>
        reading is not null && (reading.Instance == state || reading.System == state || reading.Ebs == state);

    // Without an end, the window lasts as long as the event is listed; without a beginning there is none.
    private static bool Announced(CheckFact reading, int minute)
    {
        foreach (var announced in reading.Events)
        {
            if (announced.NotBefore is { } begin && Minute.Of(begin) <= minute && (announced.NotAfter is not { } end || minute < Minute.Of(end)))
            {
                return true;
            }
        }

        return false;
    }

    private static Gap? GapAt(IReadOnlyList<Gap> gaps, short scope, int minute)
    {
        foreach (var gap in gaps)
        {
            if (gap.Scope == scope && gap.FromMin <= minute && minute < gap.ToMin)
            {
                return gap;
            }
        }

        return null;
    }
}
