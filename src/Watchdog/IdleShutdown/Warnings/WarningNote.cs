using Npgsql;
using Watchdog.Ledger;

namespace Watchdog.IdleShutdown.Warnings;

/// <summary>What the event log and the audit trail bear of a warning; both about <c>vm:</c> and the instance id.</summary>
/// <param name="Warning">Key in <c>idle_warning</c>.</param>
/// <param name="Act">The stop.</param>
/// <param name="Reason">Of a warning: why the VM is to be stopped; of its end: why it is not.</param>
public sealed record WarningNote(
    long Warning, long Act, string InstanceId, short Scope, string Owner, string Code, DateTimeOffset Deadline, double LeadMinutes, bool Waits, string Reason)
{
    /// <summary>The event that somebody is being warned.</summary>
    public const string Warned = "idle.warned";

    /// <summary>The event that a stop which was announced does not come.</summary>
    public const string Cancelled = "idle.cancelled";

    /// <summary>Writes both.</summary>
    internal static async Task AppendAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, IdleWarning of, string what, string reason, DateTimeOffset at, CancellationToken ct)
    {
        var note = new WarningNote(of.Id, of.ActId, of.InstanceId, of.Scope, of.Owner, of.Code, of.Deadline, of.Lead.TotalMinutes, of.Waits, reason);
        var subject = $"vm:{of.InstanceId}";
        await EventLog.AppendAsync(connection, transaction, at, what, subject, LedgerJson.Write(note), ct);
        await Audit.AppendAsync(connection, transaction, at, Audit.Machine, what, subject, of.ActId, note, ct);
    }
}
