using Npgsql;
using Watchdog.Ledger;
using Watchdog.Policy.Exempting;

namespace Watchdog.Policy;

/// <summary>Where exemptions are written, ended and read by people; each change has its audit line.</summary>
public sealed class ExemptionBook(NpgsqlDataSource database)
{
    private const string Columns =
        """
        e.id, e.kind, e.subject, e.reason, e.author, e.until_at, e.from_at, e.ended_at,
        (select count(*)::int from exemption_match m where m.exemption_id = e.id), (select max(at) from exemption_match m where m.exemption_id = e.id),
        e.case_id, e.approved_by
        """;

    /// <summary>Writes one that begins at once, in the caller's transaction.</summary>
    /// <param name="approvedBy">Who approved it beside its author; null where its scope needs one person.</param>
    /// <returns>Its number.</returns>
    internal static async Task<long> WriteAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, ExemptionOrder order, string author, string? approvedBy, DateTimeOffset at, CancellationToken ct)
    {
        await using var command = Statement.On(connection, transaction,
            """
            insert into exemption (kind, subject, reason, author, from_at, until_at, case_id, approved_by)
            values ($1, $2, $3, $4, $5, $6, $7, $8) returning id
            """,
            order.Kind, CleanText.Of(order.Subject, 400), CleanText.Of(order.Reason), CleanText.Of(author, 200), at, order.Until, order.CaseId, approvedBy);
        var id = (long)(await command.ExecuteScalarAsync(ct))!;
        var (kind, subject, reason, until, approved) = (order.Kind, order.Subject, order.Reason, order.Until, approvedBy);
        await Audit.AppendAsync(connection, transaction, at, author, "exemption.added", $"exemption:{id}",
            new { kind, subject, reason, until, approved_by = approved, @case = order.CaseId }, ct);
        if (order.CaseId is { } of)
        {
            await Audit.AppendAsync(connection, transaction, at, author, "case.exempted", $"case:{of}", new { exemption = id, kind, subject, reason, until, approved_by = approved }, ct);
        }

        return id;
    }

    /// <summary>The exemption in force that says the same by the same author; null when there is none.</summary>
    internal static async Task<long?> SameAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, ExemptionOrder order, string author, DateTimeOffset at, CancellationToken ct)
    {
        await using var command = Statement.On(connection, transaction,
            """
            select id from exemption
            where kind = $1 and subject = $2 and author = $3 and reason = $4 and until_at = $5 and ended_at is null and until_at > $6
              and case_id is not distinct from $7::bigint order by id limit 1
            """, order.Kind, order.Subject, CleanText.Of(author, 200), CleanText.Of(order.Reason), order.Until, at, order.CaseId);
        return (long?)await command.ExecuteScalarAsync(ct);
    }

    /// <summary>Ends one before its time.</summary>
    /// <returns>False when there is none of that number in force.</returns>
    public Task<bool> EndAsync(long id, string reason, string actor, DateTimeOffset at, CancellationToken ct) => EarlyEnd.WriteAsync(
        database, "update exemption set ended_at = $2, ended_by = $3, end_reason = $4 where id = $1 and ended_at is null and until_at > $2", "exemption",
        id, reason, actor, at, ct);

    /// <summary>Those in force, or all there ever were, newest first.</summary>
    public async Task<IReadOnlyList<Exemption>> ListAsync(bool all, DateTimeOffset now, CancellationToken ct)
    {
        await using var command = database.CreateCommand(
            $"select {Columns} from exemption e where $1 or (e.ended_at is null and e.until_at > $2) order by e.id desc");
        command.Parameters.Add(new() { Value = all });
        command.Parameters.Add(new() { Value = now });
        return await ReadAsync(command, ct);
    }

    /// <summary>One, also when it has ended; null when there is none of that number.</summary>
    public async Task<Exemption?> FindAsync(long id, CancellationToken ct)
    {
        await using var command = database.CreateCommand($"select {Columns} from exemption e where e.id = $1");
        command.Parameters.Add(new() { Value = id });
        return (await ReadAsync(command, ct)).SingleOrDefault();
    }

    /// <summary>The VMs that one has kept from an act, each at its first time, the latest first.</summary>
    public async Task<IReadOnlyList<ExemptionMatch>> MatchesAsync(long id, int limit, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var command = Statement.On(connection, null,
            "select instance_id, at from exemption_match where exemption_id = $1 order by at desc, instance_id limit $2", id, limit);
        return await Rows.AllAsync(command, r => new ExemptionMatch(r.GetString(0), r.GetFieldValue<DateTimeOffset>(1)), ct);
    }

    /// <summary>Those that somebody should look at: they end soon, ended lately by themselves, never kept a VM from an act, or cover a VM that is gone.</summary>
    /// <param name="within">How near an end is soon or late.</param>
    public async Task<IReadOnlyList<StaleExemption>> StaleAsync(TimeSpan within, DateTimeOffset now, CancellationToken ct)
    {
        await using var command = database.CreateCommand(
            $"""
            select {Columns} from exemption e
            where e.ended_at is null and (e.until_at between $1 - $2 and $1 + $2 or e.until_at > $1 and (
              e.from_at < $1 - $2 and not exists (select 1 from exemption_match m where m.exemption_id = e.id)
              or e.kind = 'vm' and not exists (select 1 from vm v where v.instance_id = e.subject and v.gone_at is null)))
            order by e.until_at, e.id
            """);
        command.Parameters.Add(new() { Value = now });
        command.Parameters.Add(new() { Value = within });
        var stale = await ReadAsync(command, ct);
        await using var vms = database.CreateCommand("select instance_id from vm where instance_id = any($1) and gone_at is null");
        vms.Parameters.Add(new() { Value = stale.Where(e => e.Kind == "vm").Select(e => e.Subject).ToArray() });
        HashSet<string> there = new(StringComparer.Ordinal);
        await using (var reader = await vms.ExecuteReaderAsync(ct))
        {
            while (await reader.ReadAsync(ct))
            {
                there.Add(reader.GetString(0));
            }
        }

        return [.. stale.Select(e => new StaleExemption(e, Why(e, there, within, now)))];
    }

    private static string Why(Exemption exemption, HashSet<string> there, TimeSpan within, DateTimeOffset now)
    {
        List<string> why = [];
        if (exemption.UntilAt <= now)
        {
            why.Add("has ended: what it covered is judged again");
        }
        else if (exemption.UntilAt <= now + within)
        {
            why.Add("is about to end");
        }

        if (exemption.UntilAt > now && exemption.Kind == "vm" && !there.Contains(exemption.Subject))
        {
            why.Add("its VM is gone, or was never seen");
        }

        if (exemption.UntilAt > now && exemption.Matches == 0 && exemption.FromAt < now - within)
        {
            why.Add("has kept no VM from an act");
        }

        return string.Join("; ", why);
    }

    private static async Task<IReadOnlyList<Exemption>> ReadAsync(NpgsqlCommand command, CancellationToken ct)
    {
        List<Exemption> found = [];
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            found.Add(new(
                reader.GetInt64(0), reader.GetString(1), reader.GetString(2), reader.GetString(3), reader.GetString(4), reader.GetFieldValue<DateTimeOffset>(5))
            {
                FromAt = reader.GetFieldValue<DateTimeOffset>(6),
                EndedAt = await reader.IsDBNullAsync(7, ct) ? null : reader.GetFieldValue<DateTimeOffset>(7),
                Matches = reader.GetInt32(8),
                MatchedAt = await reader.IsDBNullAsync(9, ct) ? null : reader.GetFieldValue<DateTimeOffset>(9),
                CaseId = await reader.IsDBNullAsync(10, ct) ? null : reader.GetInt64(10),
                ApprovedBy = await reader.IsDBNullAsync(11, ct) ? null : reader.GetString(11),
            });
        }

        return found;
    }
}

/// <summary>An exemption that somebody should look at.</summary>
/// <param name="Why">In words.</param>
public sealed record StaleExemption(Exemption Exemption, string Why);

/// <summary>A VM that an exemption has kept from an act.</summary>
/// <param name="At">When it did so first.</param>
public sealed record ExemptionMatch(string InstanceId, DateTimeOffset At);
