using Npgsql;

namespace Watchdog.Ledger.Appeals;

/// <summary>Writes appeals. Every method runs in its caller's transaction.</summary>
public static class AppealTable
{
    /// <summary>Characters of an owner's words that are kept.</summary>
    public const int LongestWords = 1_000;

    internal const string Columns = "p.id, p.case_id, p.at, p.words, p.due_at, p.fired_at, p.ended_at, p.ended";

    /// <summary>Writes the one appeal of a case, with its event and audit line <c>case.appealed</c>; a case that has one keeps it.</summary>
    /// <param name="of">The case, locked by the caller.</param>
    /// <returns>Whether it was written.</returns>
    public static async Task<bool> AddAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, CaseRecord of, string words, string actor, DateTimeOffset at, DateTimeOffset due, CancellationToken ct)
    {
        await using var command = Statement.On(connection, transaction,
            "insert into appeal (case_id, at, words, due_at) values ($1, $2, $3, $4) on conflict (case_id) do nothing", of.Id, at, CleanText.Of(words, LongestWords), due);
        if (await command.ExecuteNonQueryAsync(ct) == 0)
        {
            return false;
        }

        // The owner's words stay in the table: an event goes to programs and pagers, which are no place for a stranger's text.
        await Note.On(of, FormattableString.Invariant($"its owner says that it is legitimate; a person is to rule by {due.UtcDateTime:yyyy-MM-dd HH:mm}Z"))
            .AppendAsync(connection, transaction, at, actor, "case.appealed", ct);
        return true;
    }

    /// <summary>Stops the clock of a case's appeal, where one runs.</summary>
    /// <param name="how">One of <see cref="AppealEnds"/>.</param>
    public static async Task EndAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, long caseId, string how, DateTimeOffset at, CancellationToken ct)
    {
        await using var command = Statement.On(connection, transaction,
            "update appeal set ended_at = $2, ended = $3 where case_id = $1 and ended_at is null", caseId, at, how);
        await command.ExecuteNonQueryAsync(ct);
    }

    /// <summary>Marks a scope's appeals on which nobody ruled in time, once each; their cases, which the transaction then holds.</summary>
    public static async Task<IReadOnlyList<CaseRecord>> FireDueAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, short scope, int limit, DateTimeOffset now, CancellationToken ct)
    {
        // The case first, as everybody who locks both does; one that somebody rules on right now waits.
        await using var command = Statement.On(connection, transaction,
            $"""
            select {Rows.Case} from case_file c join appeal p on p.case_id = c.id
            where c.scope = $1 and p.due_at <= $2 and p.fired_at is null and p.ended_at is null
            order by p.due_at limit $3 for update of c skip locked
            """, scope, now, limit);
        var due = await Rows.AllAsync(command, Rows.ReadCase, ct);
        await using var mark = Statement.On(connection, transaction,
            "update appeal set fired_at = $2 where case_id = any($1) and ended_at is null and fired_at is null returning case_id", due.Select(of => of.Id).ToArray(), now);
        var fired = (await Rows.AllAsync(mark, r => r.GetInt64(0), ct)).ToHashSet();
        return [.. due.Where(of => fired.Contains(of.Id))];
    }

    /// <summary>The appeal of a case; null: it has none.</summary>
    public static async Task<AppealRecord?> FindAsync(NpgsqlConnection connection, NpgsqlTransaction? transaction, long caseId, CancellationToken ct)
    {
        await using var command = Statement.On(connection, transaction, $"select {Columns} from appeal p where p.case_id = $1", caseId);
        return (await Rows.AllAsync(command, Read, ct)).SingleOrDefault();
    }

    internal static AppealRecord Read(NpgsqlDataReader r) => new(
        r.GetInt64(0), r.GetInt64(1), r.GetFieldValue<DateTimeOffset>(2), r.GetString(3), r.GetFieldValue<DateTimeOffset>(4), Maybe(r, 5), Maybe(r, 6), r.IsDBNull(7) ? null : r.GetString(7));

    private static DateTimeOffset? Maybe(NpgsqlDataReader r, int column) => r.IsDBNull(column) ? null : r.GetFieldValue<DateTimeOffset>(column);
}
