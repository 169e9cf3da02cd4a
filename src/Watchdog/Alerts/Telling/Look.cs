using Watchdog.Alerts.Muting;
using Watchdog.Alerts.Notifications;
using Watchdog.Alerts.Routing;

namespace Watchdog.Alerts.Telling;

/// <summary>What a look at an incident comes to.</summary>
/// <param name="Incident">As it is to be stored.</param>
/// <param name="Told">Notifications, in their order, each with the receivers it is for.</param>
/// <param name="Decisions">What was decided otherwise than before.</param>
public sealed record Looked(IncidentState Incident, IReadOnlyList<(Notification Notification, IReadOnlyList<string> Receivers)> Told, IReadOnlyList<(string Stage, string Outcome, string Reason)> Decisions);

/// <summary>What all looks of one round share.</summary>
/// <param name="At">Fleet time.</param>
/// <param name="On">Every incident that is on.</param>
/// <param name="InStorm">Incidents that a storm has gathered, which is told in their place.</param>
/// <param name="Receivers">The configured receivers, by name.</param>
public sealed record Surroundings(
    DateTimeOffset At, TimeSpan Quiet, IReadOnlyList<Silence> Silences, MutingOptions Muting, IReadOnlyList<OpenIncident> On, IReadOnlySet<long> InStorm,
    RoutingOptions Routing, IReadOnlyList<string> Receivers, Teller Telling);

/// <summary>The deciding stages, one after the other: mute, dedup, route. Pure.</summary>
public static class Look
{
    /// <summary>Looks at an incident.</summary>
    public static Looked At(IncidentState incident, IncidentTally now, Surroundings around)
    {
        var peak = Math.Max(incident.Peak, now.Size);
        var severity = KindTable.Of(incident.Key.Kind).Of(now.Worst, now.Live > 0 ? now.Live : peak);
        var muted = MuteRules.Of(incident, now, severity, around.Silences, around.Muting, around.On, around.InStorm.Contains(incident.Id), around.At);
        var of = incident with { Severity = severity, Size = now.Live, Peak = peak };
        // Written as the page it would follow: only what it tells is compared.
        var shown = Composer.Of(of, now, severity, NotificationKind.Update, of.Generation, of.Sequence + 1, "", around.At, around.Telling);
        var hash = Composer.Hash(shown);
        var verdict = DedupRules.Decide(of, now, severity, muted, !hash.AsSpan().SequenceEqual(of.ToldHash), around.Quiet, around.At);
        of = of with { EmptySince = verdict.EmptySince, DueAt = verdict.DueAt };
        var stage = verdict is { Outcome: Outcome.None } && verdict.Reason == muted ? "mute" : "dedup";
        return verdict.Outcome switch
        {
            Outcome.Page => Page(of, now, verdict, shown, hash, around),
            Outcome.Update => Tell(of, [(shown with { Severity = of.Paged!.Severity, Reason = verdict.Reason }, of.Paged.Receivers)], hash, [(stage, "update", verdict.Reason)], around.At),
            Outcome.Resolve => Resolve(of, now, verdict, around),
            _ => Mind(stage, verdict.Reason) is var mind && mind == of.Mind
                ? new(of, [], []) : new(of with { Mind = mind }, [], [(stage, "none", verdict.Reason)]),
        };
    }

    private static Looked Page(IncidentState of, IncidentTally now, Verdict verdict, Notification shown, byte[] hash, Surroundings around)
    {
        var routed = RouteRules.Of(around.Routing, of.Key, of.Severity, now, around.Receivers, around.At);
        List<(Notification, IReadOnlyList<string>)> told =
            [(shown with { Kind = NotificationKind.Page, Generation = of.Generation + 1, Reason = verdict.Reason }, routed.Receivers)];
        if (of.Paged is { } before)
        {
            // The new page stands before the old one is taken away.
            told.Add((shown with
            {
                Kind = NotificationKind.Resolve, Severity = before.Severity, Sequence = of.Sequence + 2, Reason = "a further page takes its place", Size = Math.Max(of.Peak, shown.Size),
            }, before.Receivers));
        }

        var paged = new Paged(around.At, now.Size, of.Severity, now.Failing, [.. now.ByRegion.Select(region => region.Name)], routed.Receivers);
        // Whoever had the last page in hand has not seen this one.
        return Tell(of with { Generation = of.Generation + 1, Paged = paged, AckedAt = null, AckedBy = null }, told, hash,
            [("dedup", "page", verdict.Reason), ("route", routed.Receivers.Count == 0 ? "nobody" : string.Join(", ", routed.Receivers), routed.Reason)], around.At);
    }

    private static Looked Resolve(IncidentState of, IncidentTally now, Verdict verdict, Surroundings around)
    {
        var over = of with { ResolvedAt = around.At };
        return of.Paged is { } paged
            ? Tell(over, [(Composer.Of(of, now, paged.Severity, NotificationKind.Resolve, of.Generation, of.Sequence + 1, verdict.Reason, around.At, around.Telling), paged.Receivers)],
                of.ToldHash!, [("dedup", "resolve", verdict.Reason)], around.At)
            : new(over, [], [("dedup", "resolve", verdict.Reason)]);
    }

    private static Looked Tell(
        IncidentState of, List<(Notification, IReadOnlyList<string>)> told, byte[] hash, IReadOnlyList<(string Stage, string Outcome, string Reason)> decisions, DateTimeOffset at) =>
        new(of with { Sequence = of.Sequence + told.Count, ToldHash = hash, ToldAt = at, Mind = "" }, told, decisions);

    private static string Mind(string stage, string reason) => $"{stage} none {reason}";
}
