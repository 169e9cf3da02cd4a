using Microsoft.Extensions.Options;
using Npgsql;
using Watchdog.Diagnostics;
using Watchdog.Ledger;
using Watchdog.Owners.Appeals;
using Watchdog.Owners.Holds;
using Watchdog.Owners.Warnings;
using Watchdog.Policy;
using Watchdog.Webhooks;

namespace Watchdog.Owners.Notices;

/// <summary>Reads the event log on and writes what owners are to be told into the outbox: one transaction with the place in the log.</summary>
public sealed class NoticePump(
    NpgsqlDataSource database, IOptions<NoticeOptions> options, IOptions<HoldOptions> holds, IOptions<PolicyOptions> policy, WarningNotices warnings, Clocks clocks)
{
    /// <summary>The outbox's channel.</summary>
    public const string Channel = "owners";

    private const int EventsARead = 500;

    private readonly AppealLinks? links = holds.Value.Links() is { } signed ? new(signed) : null;

    /// <summary>Reads until nothing is new; returns how many events were read.</summary>
    public async Task<int> RunAsync(CancellationToken ct)
    {
        var total = 0;
        while (true)
        {
            await using var connection = await database.OpenConnectionAsync(ct);
            await using var transaction = await connection.BeginTransactionAsync(ct);
            var read = await EventCursor.ReadAsync(connection, transaction, Channel, EventsARead, clocks.Wall.GetUtcNow(), ct);
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
        if (NoticeRules.TypeOf(one.Kind, note.Kind) is not { } type || note.CaseId is not { } about || await OwnersCase.ReadAsync(connection, transaction, about, ct) is not { } of
            || type == NoticeTypes.Released && !of.WasUndone)
        {
            return;
        }

        var facts = new NoticeFacts(
            type, one.At, about, note.InstanceId, note.Owner, note.Class, note.Act, note.Kind, of.Since ?? one.At, of.Sides, of.Mistake, of.Clock?.At, of.Clock?.Does,
            type == NoticeTypes.Blocked ? one.At + policy.Value.Admission.Block : null);
        var now = clocks.Wall.GetUtcNow();
        var link = type == NoticeTypes.Released ? null : links?.LinkFor(new(about, note.InstanceId, now.AddDays(options.Value.AppealDays)));
        var body = NoticeJson.Of(facts, one.At.AddDays(options.Value.AppealDays), options.Value.AppealContact, link);
        await OutboxTable.AddAsync(connection, transaction, Channel, NoticeRules.MessageId(type, about, note.Act), one.Subject, type, body, now, one.Traceparent, ct);
    }
}
