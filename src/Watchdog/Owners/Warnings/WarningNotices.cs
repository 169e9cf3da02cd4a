using Microsoft.Extensions.Options;
using Npgsql;
using Watchdog.Diagnostics;
using Watchdog.IdleShutdown.Warnings;
using Watchdog.Ledger;
using Watchdog.Owners.Holds;
using Watchdog.Owners.Notices;
using Watchdog.Webhooks;

namespace Watchdog.Owners.Warnings;

/// <summary>Writes warnings of idle stops, and their ends, into the outbox of notices; and notes at the warning when the receiver has had it.</summary>
public sealed class WarningNotices(NpgsqlDataSource database, IOptions<HoldOptions> holds, Clocks clocks)
{
    private readonly HoldLinks? links = holds.Value.Links() is { } signed ? new(signed) : null;

    /// <summary>Whether an event is one of a warning.</summary>
    public static bool Tells(string kind) => kind is WarningNote.Warned or WarningNote.Cancelled;

    /// <summary>Writes the message of such an event; read again, it is there once.</summary>
    public async Task TellAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, LoggedEvent one, CancellationToken ct)
    {
        var note = LedgerJson.Read<WarningNote>(one.DataJson);
        var warned = one.Kind == WarningNote.Warned;
        var (type, now) = (warned ? NoticeTypes.IdleWarning : NoticeTypes.IdleCancelled, clocks.Wall.GetUtcNow());
        var expires = now.AddHours(holds.Value.LinkHours);
        var link = warned ? links?.LinkFor(new HoldClaim(note.Warning, note.InstanceId, note.Deadline, expires)) : null;
        await OutboxTable.AddAsync(
            connection, transaction, NoticePump.Channel, MessageId(type, note.Warning), one.Subject, type,
            WarningJson.Of(type, one.At, note, link, link is null ? null : expires), now, one.Traceparent, ct);
    }

    /// <summary>Notes at the warnings that the receiver has had that it has; from then on their stops' time runs.</summary>
    public async Task HearAsync(string channel, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        await using var command = Statement.On(connection, transaction,
            """
            select w.id from idle_warning w join outbox o on o.channel = $1 and o.message_id = $2 || w.id::text and o.state = 'sent'
            where w.ended_at is null and w.told_at is null and w.by_receiver order by w.id
            """, channel, MessageId(NoticeTypes.IdleWarning, null));
        var told = await Rows.AllAsync(command, r => r.GetInt64(0), ct);
        var now = clocks.Fleet.GetUtcNow();
        await WarningTable.ToldAsync(connection, transaction, told.ToDictionary(id => id, _ => now), ct);
        await transaction.CommitAsync(ct);
    }

    // The beginning of the id where no number is given.
    private static string MessageId(string type, long? warning) => FormattableString.Invariant($"{type.Replace('.', '_')}_{warning}");
}
