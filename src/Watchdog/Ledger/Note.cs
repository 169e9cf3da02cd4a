using System.Text.Json.Serialization;
using Npgsql;
using Watchdog.Diagnostics.Instruments;

namespace Watchdog.Ledger;

/// <summary>
/// What happened to a case or an act, told twice in the transaction that did it: as an event, for Alerts, Slo and Reports, and as an
/// audit line, with its actor.
/// </summary>
/// <param name="CaseId">Key in <c>case_file</c>; null for an act without a case, whose subject is <c>vm:</c> and the instance id.</param>
/// <param name="InstanceId">The VM.</param>
/// <param name="Scope">Its scope.</param>
/// <param name="Owner">Its owner.</param>
/// <param name="Class">The case's class; <c>idle</c> for an act without a case.</param>
/// <param name="Act">Key in <c>act</c>; null when the note is about the case.</param>
/// <param name="Kind">The act's kind; null when the note is about the case.</param>
/// <param name="Reason">Why, in a sentence.</param>
/// <param name="Purpose">One of <see cref="ActPurposes"/>; absent in events from before there were idle stops.</param>
public sealed record Note(
    long? CaseId, string InstanceId, short Scope, string Owner, string Class, long? Act, string? Kind, string Reason, string Purpose = ActPurposes.Abuse)
{
    // As inventory names the owner of a VM without an owner's tag.
    private const string UnknownOwner = "unknown";

    /// <summary>A note about a case.</summary>
    public static Note On(CaseRecord of, string reason) => new(of.Id, of.InstanceId, of.Scope, of.Owner, of.Class, null, null, reason);

    /// <summary>A note about an act of a case.</summary>
    public static Note On(CaseRecord of, ActRecord act, string reason) =>
        On(of, reason) with { Act = act.Id, Kind = act.Kind, DryRun = act.State == ActStates.Observed };

    /// <summary>The act is one that the mode only observes: it would have been proposed.</summary>
    [JsonIgnore]
    public bool DryRun { get; init; }

    /// <summary>A note about an act, with a case or without; the owner of a VM without a case is inventory's.</summary>
    /// <param name="of">The act's case; null where it has none.</param>
    public static async Task<Note> OnAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, CaseRecord? of, ActRecord act, string reason, CancellationToken ct)
    {
        if (of is not null)
        {
            return On(of, act, reason);
        }

        await using var command = Statement.On(connection, transaction, "select owner from vm where instance_id = $1", act.InstanceId);
        var owner = (string?)await command.ExecuteScalarAsync(ct) ?? UnknownOwner;
        return new(null, act.InstanceId, act.Scope, owner, act.Purpose, act.Id, act.Kind, reason, act.Purpose) { DryRun = act.State == ActStates.Observed };
    }

    /// <summary>Writes both.</summary>
    /// <param name="what">Dotted lower-case name, e.g. <c>act.verified</c>: the event's kind and the audit's what.</param>
    public async Task AppendAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, DateTimeOffset at, string actor, string what, CancellationToken ct)
    {
        var subject = CaseId is { } of ? $"case:{of}" : $"vm:{InstanceId}";
        await EventLog.AppendAsync(connection, transaction, at, what, subject, LedgerJson.Write(this), ct);
        await Audit.AppendAsync(connection, transaction, at, actor, what, subject, Act, this, ct);
        if (Kind is not null && what.StartsWith("act.", StringComparison.Ordinal))
        {
            CaseMeters.Acted(Kind, what["act.".Length..], DryRun);
        }
    }
}
