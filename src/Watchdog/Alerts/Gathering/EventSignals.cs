using System.Globalization;
using System.Text.Json;
using Watchdog.Ledger;
using Watchdog.Webhooks;

namespace Watchdog.Alerts.Gathering;

/// <summary>Which events of the log open, change and clear members of incidents: the one place that knows their names. Pure.</summary>
public static class EventSignals
{
    /// <summary>From this burn rate on an objective's alarm wakes somebody: what burns so fast has spent a month's budget within five days.</summary>
    private const double WakingBurn = 6;

    private static readonly IncidentKey Brake = new(IncidentKinds.Brake, IncidentKinds.Brake, IncidentKey.Cluster);

    private static readonly IncidentKey Books = new(IncidentKinds.Books, IncidentKinds.Books, IncidentKey.Cluster);

    /// <summary>What an event says; empty for one that says nothing to on-call.</summary>
    public static IReadOnlyList<Signal> Of(LoggedEvent one, ScopeNames scopes) => one.Kind switch
    {
        "case.opened" or "case.joined" or "case.contained" or "case.closed" or "case.released" or "case.confirmed" or "case.clock_due" or "case.appeal_due" => OfCase(one, Read(one), scopes),
        // Whatever was ruled: somebody has looked, which is all that was asked for.
        "case.ruled" => [Cleared(one, IncidentKinds.Appeal)],
        "act.applied" or "act.verified" or "act.unverifiable" or "act.escalated" or "act.failed" or "act.released" => [.. OfAct(one, Read(one), scopes), .. Started(one, Read(one))],
        "act.withdrawn" => Started(one, Read(one)),
        "start.no-capacity" => NoCapacity(one, Read(one), scopes),
        "brake.on" => [new(SignalState.Raised, Brake, "brake", Severity.Critical, one.At, new(Sentence: Text(one, "reason")), one.Traceparent)],
        "brake.off" => [new(SignalState.Cleared, Brake, "brake", Severity.Critical, one.At, new())],
        "inventory.shrunk" => [Raised(one, Inventory(one), Severity.Error, Shrunk(one))],
        "inventory.whole" => [Cleared(one, IncidentKinds.Inventory)],
        "slo.broken" => [Raised(one, Books, Severity.Warning, new(Sentence: Broken(one)))],
        "slo.whole" => [Cleared(one, IncidentKinds.Books)],
        "slo.burn.fired" or "slo.burn.resolved" or "slo.step.fired" or "slo.step.resolved" => [OfSlo(one)],
        _ => [],
    };

    private static IReadOnlyList<Signal> OfCase(LoggedEvent one, Note note, ScopeNames scopes)
    {
        if (note.CaseId is null)
        {
            return [];
        }

        var facts = Facts(note, scopes);
        return one.Kind switch
        {
            "case.opened" or "case.joined" => [Raised(one, Key(IncidentKinds.Abuse, note.Class), SeverityOf(note.Class), facts)],
            "case.clock_due" or "case.appeal_due" => [Raised(one, Key(IncidentKinds.Appeal, IncidentKinds.Appeal), Severity.Warning, facts)],
            // What was done contains it: nobody need act at once, and the review has its own clock.
            "case.contained" => [Cleared(one, IncidentKinds.Abuse)],
            _ => [Cleared(one, IncidentKinds.Abuse), Cleared(one, IncidentKinds.Containment), Cleared(one, IncidentKinds.Appeal)],
        };

        IncidentKey Key(string kind, string technique) => new(kind, technique, scopes.KeyOf(note.Scope));
    }

    private static IReadOnlyList<Signal> OfAct(LoggedEvent one, Note note, ScopeNames scopes)
    {
        var (kind, key) = (note.Kind ?? "act", new IncidentKey(IncidentKinds.Containment, note.Kind ?? "act", scopes.KeyOf(note.Scope)));
        var facts = Facts(note, scopes);
        var abuse = new IncidentKey(IncidentKinds.Abuse, note.Class, key.Scope);
        return one.Kind switch
        {
            "act.failed" =>
            [
                Raised(one, key, Severity.Error, facts with { Failing = true }),
                Changed(one, abuse, new(Failing: true)),
            ],
            "act.escalated" => [Raised(one, key, Severity.Error, facts with { Failing = true }), Changed(one, abuse, new(Failing: true))],
            "act.unverifiable" => [Raised(one, key, Severity.Warning, facts), Changed(one, abuse, new(Done: Word(kind), Undoable: Undoable(kind)))],
            "act.released" => [Cleared(one, IncidentKinds.Containment)],
            // What took over from an act that failed has taken effect.
            _ when kind is ActKinds.Warn or ActKinds.Block => [Changed(one, abuse, new(Done: Word(kind), Undoable: true))],
            "act.verified" => [Changed(one, abuse, new(Done: Word(kind), Undoable: Undoable(kind), Failing: false)), Cleared(one, IncidentKinds.Containment)],
            _ => [Changed(one, abuse, new(Done: Word(kind), Undoable: Undoable(kind), Failing: false))],
        };
    }

    private static IReadOnlyList<Signal> NoCapacity(LoggedEvent one, Note note, ScopeNames scopes) =>
        [Raised(one, new(IncidentKinds.WakeUp, IncidentKinds.WakeUp, scopes.KeyOf(note.Scope)), Severity.Error, Facts(note, scopes))];

    // However the act that starts the VM ended, it does not wait for capacity any more.
    private static IReadOnlyList<Signal> Started(LoggedEvent one, Note note) =>
        note.Kind == ActKinds.Release && one.Kind != "act.applied" ? [Cleared(one, IncidentKinds.WakeUp)] : [];

    // The event's subject is the scope.
    private static IncidentKey Inventory(LoggedEvent one) => new(IncidentKinds.Inventory, IncidentKinds.Inventory, one.Subject);

    private static MemberFacts Shrunk(LoggedEvent one) => new(Region: Muting.Regions.Of(one.Subject), Sentence: FormattableString.Invariant(
        $"a complete listing held {Number(one, "listed")} VMs of {Number(one, "known")} known; it is believed when the next one agrees"));

    private static string Broken(LoggedEvent one) => FormattableString.Invariant(
        $"the check of {DateOnly.FromDateTime(DateTime.UnixEpoch).AddDays(Number(one, "day")):yyyy-MM-dd} found {Number(one, "overlaps")} overlaps, {Number(one, "gaps")} gaps, {Number(one, "buckets")} buckets and {Number(one, "days")} days wrong");

    private static Signal OfSlo(LoggedEvent one)
    {
        var step = one.Kind.StartsWith("slo.step", StringComparison.Ordinal);
        var (slo, group, rung) = (Text(one, "slo") ?? "", Text(one, "group") ?? "", Text(one, "rung") ?? "");
        var key = new IncidentKey(step ? IncidentKinds.SloStep : IncidentKinds.SloBurn, step ? slo : $"{slo} {rung}", group);
        var severity = step || double.TryParse(rung.Split('/')[0], CultureInfo.InvariantCulture, out var factor) && factor >= WakingBurn ? Severity.Critical : Severity.Warning;
        var facts = new MemberFacts(Region: Text(one, "dimension") == "region" ? group : null, Sentence: Text(one, "reason"));
        // An alarm's rungs are members by themselves: the name says which.
        return new(one.Kind.EndsWith("fired", StringComparison.Ordinal) ? SignalState.Raised : SignalState.Cleared, key, $"{one.Subject}:{rung}", severity, one.At, facts, one.Traceparent);
    }

    private static Signal Raised(LoggedEvent one, IncidentKey key, Severity severity, MemberFacts facts) =>
        new(SignalState.Raised, key, one.Subject, severity, one.At, facts, one.Traceparent);

    private static Signal Changed(LoggedEvent one, IncidentKey key, MemberFacts facts) => new(SignalState.Changed, key, one.Subject, Severity.Info, one.At, facts);

    private static Signal Cleared(LoggedEvent one, string kind) =>
        new(SignalState.Cleared, new(kind, "", ""), one.Subject, Severity.Info, one.At, new());

    private static MemberFacts Facts(Note note, ScopeNames scopes) => new(
        note.InstanceId, note.Owner, scopes.RegionOf(note.Scope), Sentence: note.Reason, CaseId: note.CaseId);

    private static Severity SeverityOf(string found) => found == "miner" ? Severity.Error : Severity.Warning;

    private static string Word(string kind) => kind switch
    {
        ActKinds.Warn => "owner warned",
        ActKinds.Block => "owner blocked from starting VMs",
        ActKinds.Restrain => "process restrained",
        ActKinds.Quarantine => "quarantined",
        ActKinds.Reboot => "rebooted",
        ActKinds.Stop => "stopped",
        ActKinds.Release => "released",
        _ => kind,
    };

    // A stopped or rebooted VM has lost what was only in its memory.
    private static bool Undoable(string kind) => kind is not (ActKinds.Stop or ActKinds.Reboot);

    private static Note Read(LoggedEvent one) => LedgerJson.Read<Note>(one.DataJson);

    private static int Number(LoggedEvent one, string name)
    {
        using var document = JsonDocument.Parse(one.DataJson);
        return document.RootElement.TryGetProperty(name, out var value) && value.TryGetInt32(out var number) ? number : 0;
    }

    private static string? Text(LoggedEvent one, string name)
    {
        using var document = JsonDocument.Parse(one.DataJson);
        return document.RootElement.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
    }
}
