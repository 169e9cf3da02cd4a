using Watchdog.Detectors.Facts;
using Watchdog.Slo.Classing;
using Watchdog.Slo.History;
using Watchdog.Slo.Minutes;

namespace Watchdog.Tests.Slo.Classing;

/// <summary>One minute as the table of docs/slo.md has it.</summary>
internal readonly record struct SlowMinute(int Minute, Cause Cause, AgentSeen Agent, long Membership);

/// <summary>
/// The table of docs/slo.md, minute by minute and fact by fact, as slow as it is plain. Shares nothing with the classifier but the records:
/// it asks of each minute's end what was so by then, in ticks.
/// </summary>
internal sealed class SlowReference
{
    private const long AMinute = 600_000_000;
    private static readonly long Epoch = DateTimeOffset.UnixEpoch.UtcTicks;

    private readonly VmHistory _history;
    private readonly IReadOnlyDictionary<short, ScopeSight> _sights;
    private readonly MinuteRules _rules;
    private readonly long _now;
    private readonly List<StateFact> _states;
    private readonly List<(CheckFact Reading, long SpeaksFrom, long? ImpairedFrom)> _readings;

    private SlowReference(VmHistory history, IReadOnlyDictionary<short, ScopeSight> sights, MinuteRules rules, DateTimeOffset now)
    {
        (_history, _sights, _rules, _now) = (history, sights, rules, now.UtcTicks);
        _states = StatesOf(history.States);
        _readings = ReadingsOf(history.Checks);
    }

    public static List<SlowMinute> Judge(
        VmHistory history, IReadOnlyDictionary<short, ScopeSight> sights, MinuteRules rules, int fromMin, int toMin, DateTimeOffset now)
    {
        var reference = new SlowReference(history, sights, rules, now);
        List<SlowMinute> minutes = [];
        for (var minute = fromMin; minute < toMin; minute++)
        {
            var end = Epoch + ((minute + 1L) * AMinute);
            var membership = history.Memberships.Where(m => m.At.UtcTicks < end).OrderBy(m => m.At).LastOrDefault()
                ?? history.Memberships.GroupBy(m => m.At).MinBy(same => same.Key)?.Last();
            if (reference.CauseAt(end, membership?.Lifecycle) is { } cause)
            {
                var agent = cause == Cause.Ok
                    ? history.Agents.Where(a => a.At.UtcTicks < end).OrderBy(a => a.At).LastOrDefault()?.Agent ?? AgentSeen.Unknown : AgentSeen.Unknown;
                minutes.Add(new(minute, cause, agent, membership?.Id ?? 0));
            }
        }

        return minutes;
    }

    private Cause? CauseAt(long end, string? lifecycle)
    {
        // 1. Out of scope.
        var by = _states.Where(s => s.At.UtcTicks < end).ToList();
        if (!by.Exists(s => s.State == "running") || by[^1].State is "shutting-down" or "terminated" or "gone")
        {
            return null;
        }

        var state = by[^1];
        _sights.TryGetValue(state.Scope, out var sight);

        // 2. The scope was not seen.
        if (Unseen(sight?.Inventory ?? [], end))
        {
            return Cause.WatchdogBlind;
        }

        // 3. Held by Watchdog.
        var down = state.State is "stopping" or "stopped";
        var held = _history.Holds.OrderBy(h => h.From).Where(h => Holds(h, end, down)).Select(RulingOf).ToList();
        if (held.Count > 0)
        {
            return held.Find(c => Causes.ClassOf(c) == MinuteClass.Bad) is var bad and not 0 ? bad
                : held.Find(c => Causes.ClassOf(c) == MinuteClass.Unknown) is var unknown and not 0 ? unknown : held[0];
        }

        // 4 and 5. Stopped.
        if (down)
        {
            return StopOf(by.Count - 1, lifecycle);
        }

        var begin = _states[SpellOf(by.Count - 1)].At.UtcTicks;
        var young = end <= begin + _rules.BootGrace.Ticks;
        if (state.State == "pending")
        {
            return young ? Cause.Boot : Cause.BootSlow;
        }

        // A word that EC2 does not document.
        if (state.State != "running")
        {
            return Cause.ProviderNoData;
        }

        // 6. The checks were not read; the host or a volume fails.
        if (Unseen(sight?.Status ?? [], end))
        {
            return Cause.WatchdogBlind;
        }

        var now = _readings.LastOrDefault(r => r.SpeaksFrom < end).Reading;
        bool HostBad(CheckFact c) => c.System == CheckState.Impaired || c.Ebs == CheckState.Impaired;
        bool GuestBad(CheckFact c) => c.Instance == CheckState.Impaired;
        CheckFact? Back(Func<CheckFact, bool> bad) =>
            _readings.LastOrDefault(r => r.ImpairedFrom < end && end <= r.Reading.SeenAt.UtcTicks && bad(r.Reading)).Reading;
        var host = now is not null && HostBad(now) ? now : Back(HostBad);
        if (host is not null)
        {
            return !host.Events.Any(e => e.NotBefore?.UtcTicks < end && (e.NotAfter is null || end <= e.NotAfter.Value.UtcTicks)) ? Cause.Provider
                : _rules.MaintenanceExcluded ? Cause.AnnouncedMaintenance : Cause.Maintenance;
        }

        // 7. The guest fails.
        if ((now is not null && GuestBad(now)) || Back(GuestBad) is not null)
        {
            return Cause.Guest;
        }

        // 8 to 10.
        CheckState[] checks = now is null ? [] : [now.Instance, now.System, now.Ebs];
        return checks.Contains(CheckState.Initializing) ? young ? Cause.Boot : Cause.BootSlow
            : checks.Contains(CheckState.Unknown) ? young ? Cause.Boot : Cause.ProviderNoData
            : Cause.Ok;
    }

    private Cause StopOf(int index, string? lifecycle)
    {
        var spell = Enumerable.Range(0, _states.Count).Where(i => SpellOf(i) == SpellOf(index)).ToList();
        var reason = spell.Where(i => i <= index).Reverse().Concat(spell.Where(i => i > index)).Select(i => _states[i].Reason?.Trim())
            .FirstOrDefault(r => !string.IsNullOrEmpty(r))?.ToLowerInvariant();
        return reason switch
        {
            null => Cause.StopUnexplained,
            _ when reason.StartsWith("client.instanceinitiatedshutdown") || reason.StartsWith("client.userinitiatedshutdown")
                || reason.StartsWith("client.userinitiatedhibernate") || reason.StartsWith("user initiated") || reason.StartsWith("instance initiated") => Cause.User,
            _ when reason.StartsWith("server.") || reason.Contains("insufficientinstancecapacity") =>
                _rules.SpotExcluded && (lifecycle == "spot" || reason.StartsWith("server.spotinstance")) ? Cause.Spot : Cause.Provider,
            _ => Cause.StopUnexplained,
        };
    }

    private bool Holds(HoldFact hold, long end, bool down)
    {
        if (hold.From.UtcTicks >= end || (hold.Until is { } until && until.UtcTicks < end))
        {
            return false;
        }

        if (hold.Kind == HoldKind.Isolation)
        {
            return true;
        }

        // Somebody has started it: up after it had been down at, or after, the hold's beginning.
        var before = _states.LastOrDefault(s => s.At <= hold.From);
        var since = _states.Where(s => s.At > hold.From && s.At.UtcTicks < end).Prepend(before).OfType<StateFact>().ToList();
        var firstDown = since.FindIndex(s => s.State is "stopping" or "stopped");
        return down && !(firstDown >= 0 && since.Skip(firstDown).Any(s => s.State is "pending" or "running"));
    }

    private Cause RulingOf(HoldFact hold)
    {
        if (hold.Kind == HoldKind.IdleStop)
        {
            return Cause.WatchdogIdle;
        }

        return hold.Ruling switch
        {
            "true_positive" => Cause.WatchdogQuarantine,
            "false_positive" => Cause.WatchdogFalsePositive,
            "benign_positive" => Cause.WatchdogBenignPositive,
            _ => Floor(_now) >= Floor(hold.From.UtcTicks + _rules.RulingDue.Ticks) ? Cause.WatchdogUnruled : Cause.WatchdogUnruledYet,
        };
    }

    private bool Unseen(IReadOnlyList<SightSpan> spans, long end)
    {
        var seen = spans.Where(s => s.Seen && s.From <= s.To).ToList();
        // The minute's last instant lies in a seen span.
        if (seen.Exists(s => s.From.UtcTicks < end && end <= s.To.UtcTicks))
        {
            return false;
        }

        var before = seen.Where(s => s.From.UtcTicks < end).Select(s => s.To.UtcTicks).Where(t => t < end).DefaultIfEmpty(long.MinValue).Max();
        var after = seen.Select(s => s.From.UtcTicks).Where(t => t >= end).DefaultIfEmpty(long.MaxValue).Min();
        // Time goes on until now where nobody has looked again.
        return before == long.MinValue || (after == long.MaxValue ? _now : after) - before > _rules.BlindAfter.Ticks;
    }

    private static List<StateFact> StatesOf(IReadOnlyList<StateFact> recorded)
    {
        List<StateFact> heard = [];
        foreach (var fact in recorded.OrderBy(s => s.At))
        {
            // Gone from another scope than it was last seen in.
            if (fact.State != "gone" || heard.Count == 0 || heard[^1].Scope == fact.Scope)
            {
                heard.Add(fact);
            }
        }

        return [.. heard.GroupBy(s => s.At).Select(same => same.Last())];
    }

    private int SpellOf(int index)
    {
        static int Group(string s) => s switch { "pending" or "running" => 1, "stopping" or "stopped" => 2, _ => 3 };
        while (index > 0 && Group(_states[index].State) != 3 && Group(_states[index - 1].State) == Group(_states[index].State)
            && (_states[index - 1].State, _states[index].State) != ("running", "pending"))
        {
            index--;
        }

        return index;
    }

    private List<(CheckFact, long, long?)> ReadingsOf(IReadOnlyList<CheckFact> recorded)
    {
        var stand = recorded.OrderBy(c => c.SeenAt).GroupBy(c => c.SeenAt).Select(same => same.Last()).ToList();
        List<(CheckFact, long, long?)> readings = [];
        foreach (var reading in stand)
        {
            var seen = reading.SeenAt.UtcTicks;
            var fails = new[] { reading.Instance, reading.System, reading.Ebs }.Contains(CheckState.Impaired);
            var last = _states.FindLastIndex(s => s.At <= reading.SeenAt);
            var up = _states.FindLastIndex(s => s.At <= reading.SeenAt && (s.State == "pending" || s.State == "running"));
            if (up < 0)
            {
                readings.Add((reading, seen, null));
                continue;
            }

            var begin = _states[SpellOf(up)].At.UtcTicks;
            var first = !stand.Exists(c => c.SeenAt.UtcTicks >= begin && c.SeenAt < reading.SeenAt);
            var boots = up == last && first && !fails && seen - begin < _rules.BootGrace.Ticks;
            readings.Add((reading, boots ? begin : seen, fails && reading.ImpairedSince?.UtcTicks < seen ? Math.Max(begin, reading.ImpairedSince.Value.UtcTicks) : null));
        }

        return readings;
    }

    private static long Floor(long ticks) => (long)Math.Floor((decimal)(ticks - Epoch) / AMinute);
}
