using Npgsql;

namespace Watchdog.Ledger;

/// <summary>The audit trail: who did what, in the transaction that did it. Append-only by the database's own trigger.</summary>
public static class Audit
{
    /// <summary>The actor of everything that Watchdog does by itself.</summary>
    public const string Machine = "watchdog";

    /// <summary>Appends one line.</summary>
    /// <param name="actor">A person's name as the command or page knows it, or <see cref="Machine"/>.</param>
    /// <param name="what">Dotted lower-case name, e.g. <c>act.admitted</c>.</param>
    /// <param name="subject">What it is about, e.g. <c>case:17</c>.</param>
    /// <param name="data">Its data; any record.</param>
    public static async Task AppendAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, DateTimeOffset at, string actor, string what, string subject,
        object data, CancellationToken ct)
    {
        await using var command = Statement.On(connection, transaction,
            "insert into audit (at, actor, what, subject, data) values ($1, $2, $3, $4, $5)",
            at, CleanText.Of(actor, 200), what, subject, LedgerJson.Parameter(data));
        await command.ExecuteNonQueryAsync(ct);
    }
}
