using System.Text.Json.Serialization;
using Npgsql;
using Watchdog.Diagnostics.Instruments;

namespace Watchdog.Ledger;

/// <summary>
/// What happened to a case or an act, told twice in the transaction that did it: as an event, for Alerts, Slo and Reports, and as an
/// audit line, with its actor.
/// </summary>
/// <param name="CaseId">Key in <c>case_file</c>.</param>
/// <param name="InstanceId">The VM.</param>
/// <param name="Scope">Its scope.</param>
/// <param name="Owner">Its owner.</param>
/// <param name="Class">The case's class.</param>
/// <param name="Act">Key in <c>act</c>; null when the note is about the case.</param>
/// <param name="Kind">The act's kind; null when the note is about the case.</param>
/// <param name="Reason">Why, in a sentence.</param>
public sealed record Note(long CaseId, string InstanceId, short Scope, string Owner, string Class, long? Act, string? Kind, string Reason)
{
    /// <summary>A note about a case.</summary>
    public static Note On(CaseRecord of, string reason) => new(of.Id, of.InstanceId, of.Scope, of.Owner, of.Class, null, null, reason);

    /// <summary>A note about an act of a case.</summary>
    public static Note On(CaseRecord of, ActRecord act, string reason) =>
        On(of, reason) with { Act = act.Id, Kind = act.Kind, DryRun = act.State == ActStates.Observed };

    /// <summary>The act is one that the mode only observes: it would have been proposed.</summary>
    [JsonIgnore]
    public bool DryRun { get; init; }

    /// <summary>Writes both.</summary>
    /// <param name="what">Dotted lower-case name, e.g. <c>act.verified</c>: the event's kind and the audit's what.</param>
    public async Task AppendAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, DateTimeOffset at, string actor, string what, CancellationToken ct)
    {
        var subject = $"case:{CaseId}";
        await EventLog.AppendAsync(connection, transaction, at, what, subject, LedgerJson.Write(this), ct);
        await Audit.AppendAsync(connection, transaction, at, actor, what, subject, Act, this, ct);
        if (Kind is not null && what.StartsWith("act.", StringComparison.Ordinal))
        {
            CaseMeters.Acted(Kind, what["act.".Length..], DryRun);
        }
    }
}
