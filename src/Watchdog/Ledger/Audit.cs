using Npgsql;

namespace Watchdog.Ledger;

/// <summary>
/// The audit trail: who did what, by which rules and on which evidence, in the transaction that did it. Append-only by the database's own
/// trigger, and sealed into a chain (<see cref="Auditing.AuditSealer"/>).
/// </summary>
public static class Audit
{
    /// <summary>The actor of everything that Watchdog does by itself.</summary>
    public const string Machine = "watchdog";

    /// <summary>Appends one line.</summary>
    /// <param name="actor">A person's name as the command or page knows it, or <see cref="Machine"/>.</param>
    /// <param name="what">Dotted lower-case name, e.g. <c>act.admitted</c>.</param>
    /// <param name="subject">What it is about, e.g. <c>case:17</c>; of a case, the line takes the rule version and the evidence's hash.</param>
    /// <param name="data">Its data; any record.</param>
    public static Task AppendAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, DateTimeOffset at, string actor, string what, string subject,
        object data, CancellationToken ct) => AppendAsync(connection, transaction, at, actor, what, subject, null, data, ct);

    /// <summary>Appends one line about an act.</summary>
    /// <param name="act">Key in <c>act</c>, whose rule version the line takes; null when it is about none.</param>
    public static async Task AppendAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, DateTimeOffset at, string actor, string what, string subject, long? act,
        object data, CancellationToken ct)
    {
        var basis = await AuditBasis.OfAsync(connection, transaction, subject, act, ct);
        await using var command = Statement.On(connection, transaction,
            "insert into audit (at, actor, what, subject, data, rule_version, evidence_sha256) values ($1, $2, $3, $4, $5, $6, $7)",
            at, CleanText.Of(actor, 200), what, subject, LedgerJson.Parameter(data), basis.RuleVersion, basis.EvidenceSha256);
        await command.ExecuteNonQueryAsync(ct);
    }
}
