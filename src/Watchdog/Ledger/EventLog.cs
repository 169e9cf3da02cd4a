using Npgsql;
using NpgsqlTypes;
using Watchdog.Diagnostics;

namespace Watchdog.Ledger;

/// <summary>
/// The event log: rooms append in the transaction that changes things; Alerts, Slo and Reports read it in commit order (by
/// transaction id below <c>pg_snapshot_xmin</c>). Each bears the trace in which it happened, where one ran.
/// </summary>
public static class EventLog
{
    /// <summary>Appends one event.</summary>
    /// <param name="kind">Dotted lower-case name, e.g. <c>case.opened</c>.</param>
    /// <param name="subject">What it is about: an instance id, a scope key, <c>case:17</c>.</param>
    /// <param name="json">Its data as a JSON object.</param>
    public static async Task AppendAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, DateTimeOffset at, string kind, string subject, string json,
        CancellationToken ct)
    {
        await using var command = new NpgsqlCommand("insert into event (at, kind, subject, data, traceparent) values ($1, $2, $3, $4, $5)", connection, transaction)
        {
            Parameters =
            {
                new() { Value = at }, new() { Value = kind }, new() { Value = subject },
                new() { Value = json, NpgsqlDbType = NpgsqlDbType.Jsonb }, new() { Value = (object?)Spans.Traceparent ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text },
            },
        };
        await command.ExecuteNonQueryAsync(ct);
    }

    /// <summary>Appends many events of one kind in one statement.</summary>
    /// <param name="subjects">What each is about.</param>
    /// <param name="json">Each one's data, in the same order.</param>
    public static async Task AppendManyAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, DateTimeOffset at, string kind, string[] subjects, string[] json,
        CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(
            "insert into event (at, kind, subject, data, traceparent) select $1, $2, e.subject, e.data::jsonb, $5 from unnest($3, $4) as e(subject, data)",
            connection, transaction)
        {
            Parameters = { new() { Value = at }, new() { Value = kind }, new() { Value = subjects }, new() { Value = json }, new() { Value = (object?)Spans.Traceparent ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text } },
        };
        await command.ExecuteNonQueryAsync(ct);
    }
}
