using Watchdog.IdleShutdown;
using Watchdog.Inventory;
using Watchdog.Policy;
using Watchdog.Reports.Quarantine;
using Watchdog.Reports.Vms;
using Watchdog.Slo.Minutes;
using Watchdog.Slo.Telling;

namespace Watchdog.Reports.Api.Shapes;

/// <summary>A VM as its page tells of it; its names are a contract.</summary>
/// <param name="Why">Why it was touched, or was not; what decides comes first.</param>
/// <param name="UsualCpu">Where its CPU usually lies; null: no hour of it is known.</param>
/// <param name="Idle">What keeps it on and when it would be stopped for idleness; null: it is gone.</param>
/// <param name="Uptime">Its minutes of 30 days; null: the books do not know it.</param>
/// <param name="Exemption">The one in force that covers it the longest; null: none does.</param>
/// <param name="Holds">Those that were ever placed, newest first; 20 at most.</param>
/// <param name="Transitions">Its last changes of state, newest first; 20 at most.</param>
/// <param name="IdleStops">Idle stops and their undoing, newest first.</param>
internal sealed record VmJson(
    VmSheet Vm, IReadOnlyList<string> Why, UsualBand? UsualCpu, VmJson.IdleJson? Idle, VmJson.UptimeJson? Uptime, ExemptionJson? Exemption, IReadOnlyList<Hold> Holds,
    IReadOnlyList<VmTransition> Transitions, IReadOnlyList<ActJson> IdleStops, IReadOnlyList<CaseJson> Cases)
{
    public static VmJson Of(VmModel of, IReadOnlyList<CaseJson> cases, DateTimeOffset now) => new(
        of.Sheet, of.Reasons, of.Band, of.Idle is { } idle ? IdleJson.Of(idle, now) : null, of.Uptime is { Intervals.Count: > 0 } uptime ? UptimeJson.Of(uptime) : null,
        of.Exemption is { } exemption ? ExemptionJson.Of(new(exemption, "")) : null, of.Holds, of.Transitions, [.. of.CaselessActs.Select(act => ActJson.Of(act, []))], cases);

    /// <param name="Verdict">Whether it would be stopped and when, in words.</param>
    /// <param name="KeptBy">What keeps it; empty: nothing that is known.</param>
    /// <param name="StopsAt">When it would be stopped if nothing changed; null: nobody can tell, or something keeps it.</param>
    /// <param name="RestsSince">Since when its CPU rests; null: it does not.</param>
    /// <param name="LookedAt">When it was last looked at more closely; null: never.</param>
    /// <param name="Warning">What its owner was told; null: nothing.</param>
    /// <param name="Policy">By which policy.</param>
    /// <param name="NextStop">Of its schedule; null: it has none.</param>
    /// <param name="NextStart">Of its schedule; null: it has none.</param>
    internal sealed record IdleJson(
        string Verdict, IReadOnlyList<Keeper> KeptBy, DateTimeOffset? StopsAt, DateTimeOffset? RestsSince, DateTimeOffset? LookedAt, string? Warning, string Policy,
        DateTimeOffset? NextStop, DateTimeOffset? NextStart)
    {
        public static IdleJson Of(IdleStanding of, DateTimeOffset now) => new(
            IdleWords.Verdict(of, now), [.. IdleWords.Keepers(of)], of.StopsAt, of.Watched?.Since, of.Watched?.Verdict?.At, of.Warning?.Holds, of.Policy.Name,
            of.Policy.Schedule?.NextStop(now), of.Policy.Schedule?.NextStart(now));
    }

    /// <param name="Sli">Good of what counts, 0 to 1; null: no minute counts.</param>
    /// <param name="Coverage">The share of the minutes that is known.</param>
    /// <param name="Verdict">met, breached or undetermined.</param>
    /// <param name="Causes">Minutes by cause.</param>
    internal sealed record UptimeJson(
        DateTimeOffset From, DateTimeOffset To, decimal Target, double? Sli, double? Coverage, string Verdict, IReadOnlyList<UptimeJson.CauseJson> Causes)
    {
        public static UptimeJson Of(VmUptime of) => new(
            Minute.At(of.Span.From), Minute.At(of.Span.To), of.Promise.Target, of.Minutes.Tally.Sli, of.Minutes.Tally.Coverage, of.Verdict.ToString().ToLowerInvariant(),
            [.. of.Minutes.ByCause.Where(one => one.Value > 0).OrderBy(one => one.Key).Select(one => new CauseJson(
                Slo.Minutes.Causes.NameOf(one.Key), Slo.Minutes.Causes.ClassOf(one.Key).ToString().ToLowerInvariant(), one.Value))]);

        /// <param name="Class">good, bad, excluded or unknown.</param>
        internal sealed record CauseJson(string Cause, string Class, long Minutes);
    }
}
