using Microsoft.Extensions.Options;
using Npgsql;
using Watchdog.Diagnostics;
using Watchdog.Ledger;
using Watchdog.Owners.Warnings;
using Watchdog.Policy;
using Watchdog.Webhooks;

namespace Watchdog.Owners.Notices;

/// <summary>Reads the event log on and writes what owners are to be told into the outbox: one transaction with the place in the log.</summary>
public sealed class NoticePump(NpgsqlDataSource database, IOptions<NoticeOptions> options, IOptions<PolicyOptions> policy, WarningNotices warnings, Clocks clocks)
{
    /// <summary>The outbox's channel.</summary>
    public const string Channel = "owners";

    private const int EventsARead = 500;

    /// <summary>Reads until nothing is new; returns how many events were read.</summary>
    public async Task<int> RunAsync(CancellationToken ct)
    {
        var total = 0;
        while (true)
        {
            await using var connection = await database.OpenConnectionAsync(ct);
            await using var transaction = await connection.BeginTransactionAsync(ct);
            var read = await EventCursor.ReadAsync(connection, transaction, Channel, EventsARead, ct);
            foreach (var one in read)
            {
                await TellAsync(connection, transaction, one, ct);
            }

            if (read.Count > 0)
            {
                await EventCursor.MoveAsync(connection, transaction, Channel, read[^1], ct);
            }

            await transaction.CommitAsync(ct);
            total += read.Count;
            if (read.Count < EventsARead)
            {
                return total;
            }
        }
    }

    private async Task TellAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, LoggedEvent one, CancellationToken ct)
    {
        if (WarningNotices.Tells(one.Kind))
        {
            await warnings.TellAsync(connection, transaction, one, ct);
            return;
        }

        if (one.Kind is not ("act.verified" or "act.applied" or "act.escalated" or "case.released"))
        {
            return;
        }

        var note = LedgerJson.Read<Note>(one.DataJson);
        if (NoticeRules.TypeOf(one.Kind, note.Kind) is not { } type || note.CaseId is not { } about || await CaseAsync(connection, transaction, about, ct) is not { } of
            || type == NoticeTypes.Released && !of.WasDone)
        {
            return;
        }

        var facts = new NoticeFacts(
            type, one.At, about, note.InstanceId, note.Owner, note.Class, note.Act, note.Kind, of.Since ?? one.At, of.Sides, of.Mistake, of.ClockAt, of.ClockDoes,
            type == NoticeTypes.Blocked ? one.At + policy.Value.Admission.Block : null);
        var body = NoticeJson.Of(facts, one.At.AddDays(options.Value.AppealDays), options.Value.AppealContact);
        await OutboxTable.AddAsync(
            connection, transaction, Channel, NoticeRules.MessageId(type, about, note.Act), one.Subject, type, body, clocks.Wall.GetUtcNow(), one.Traceparent, ct);
    }

    private static async Task<CaseLook?> CaseAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, long id, CancellationToken ct)
    {
        await using var command = Statement.On(connection, transaction,
            """
            select c.clock_at, c.clock_does, (select min(e.onset) from case_episode e where e.case_id = c.id),
              coalesce((select array_agg(distinct piece ->> 'family') from case_episode e, jsonb_array_elements(e.finding -> 'evidence') piece
                where e.case_id = c.id and e.class = c.class and (piece ->> 'weight')::double precision > 0), '{}'),
              coalesce((select r.ruling = 'false_positive' from ruling r where r.case_id = c.id order by r.id desc limit 1), false),
              exists (select 1 from act a where a.case_id = c.id and a.kind <> 'release' and a.state = 'released')
            from case_file c where c.id = $1
            """, id);
        return (await Rows.AllAsync(command, r => new CaseLook(
            r.IsDBNull(0) ? null : r.GetFieldValue<DateTimeOffset>(0), r.IsDBNull(1) ? null : r.GetString(1), r.IsDBNull(2) ? null : r.GetFieldValue<DateTimeOffset>(2),
            r.GetFieldValue<string[]>(3), r.GetBoolean(4), r.GetBoolean(5)), ct)).SingleOrDefault();
    }

    private sealed record CaseLook(DateTimeOffset? ClockAt, string? ClockDoes, DateTimeOffset? Since, string[] Sides, bool Mistake, bool WasDone);
}
