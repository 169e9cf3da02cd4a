using Microsoft.Extensions.Options;
using Npgsql;
using Watchdog.Alerts.Muting;
using Watchdog.Alerts.Sending;
using Watchdog.Alerts.Storing;
using Watchdog.Alerts.Telling;
using Watchdog.Diagnostics;
using Watchdog.Ledger;
using Watchdog.Webhooks;

namespace Watchdog.Reports.Incidents;

/// <summary>Reads incidents and the messages about them.</summary>
public sealed class IncidentReads(NpgsqlDataSource database, IOptions<AlertLinkOptions> links, Clocks clocks)
{
    private const int PageSize = 50;
    private const int MostNotifications = 50;

    /// <summary>A page of incidents.</summary>
    public async Task<IncidentsModel> ListAsync(bool open, string? kind, long before, CancellationToken ct)
    {
        var rows = await IncidentTable.PageAsync(database, open, kind, before, PageSize + 1, ct);
        await using var connection = await database.OpenConnectionAsync(ct);
        return new(
            open, kind, [.. rows.Take(PageSize)], rows.Count > PageSize ? rows[PageSize - 1].Id : null,
            await SilenceBook.ReadAsync(connection, null, clocks.Fleet.GetUtcNow(), ct), await ChannelsAsync(connection, ct), clocks.Wall.GetUtcNow());
    }

    /// <summary>An incident; null: there is none.</summary>
    public async Task<IncidentState?> FindAsync(long id, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        return await IncidentTable.FindAsync(connection, null, id, ct);
    }

    /// <summary>An incident with all that belongs to it; null: there is none.</summary>
    public async Task<IncidentModel?> ReadAsync(long id, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        if (await IncidentTable.FindAsync(connection, null, id, ct) is not { } incident)
        {
            return null;
        }

        var tally = (await TallyReads.ReadAsync(connection, null, [id], [], ct)).GetValueOrDefault(id);
        var silences = tally is null ? [] : (await SilenceBook.ReadAsync(connection, null, clocks.Fleet.GetUtcNow(), ct))
            .Where(one => one.Matcher.Matches(incident.Key, incident.Severity, tally)).ToList();
        return new(
            incident, tally, await IncidentTable.DecisionsAsync(connection, id, ct), await MessagesAsync(connection, incident, ct), silences,
            Links.Of(links.Value, incident, tally is null ? Regions.Of(incident.Key.Scope) : Regions.Of(incident.Key, tally),
                tally?.Ten.Select(one => one.Facts.CaseId).FirstOrDefault(of => of is not null), tally?.FirstAt ?? incident.OpenedAt, tally?.LastAt ?? incident.OpenedAt),
            clocks.Wall.GetUtcNow());
    }

    /// <summary>Messages of one channel, or of all.</summary>
    public async Task<MessagesModel> MessagesAsync(string? channel, string? state, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        var channels = await ChannelsAsync(connection, ct);
        // A name is a whole one; the list takes beginnings.
        var rows = (await OutboxTable.ListAsync(database, channel ?? "", state, MessagesModel.Most, ct)).Where(one => channel is null || one.Channel == channel);
        return new(channel, state, [.. rows], channels, clocks.Wall.GetUtcNow());
    }

    // By their ids, which an index knows: those of the last notifications.
    private static async Task<IReadOnlyList<OutboxMessage>> MessagesAsync(NpgsqlConnection connection, IncidentState incident, CancellationToken ct)
    {
        var ids = Enumerable.Range(Math.Max(1, incident.Sequence - MostNotifications + 1), Math.Min(incident.Sequence, MostNotifications))
            .Select(sequence => FormattableString.Invariant($"incident_{incident.Id}_{sequence}")).ToArray();
        await using var command = Statement.On(connection, null,
            $"""
            select {OutboxTable.Columns} from outbox_channel c join outbox o on o.channel = c.name and o.message_id = any($1)
            where starts_with(c.name, $2) order by o.id desc
            """, ids, AlertChannels.Prefix);
        return await Rows.AllAsync(command, OutboxTable.Read, ct);
    }

    private static async Task<IReadOnlyList<ChannelLine>> ChannelsAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        await using var command = Statement.On(connection, null,
            """
            select c.name, c.closed_at, coalesce(w.waiting, 0), w.oldest, (select count(*) from outbox d where d.channel = c.name and d.state = 'dead')
            from outbox_channel c
            left join (select channel, count(*) as waiting, min(created_at) as oldest from outbox where state = 'waiting' group by 1) w on w.channel = c.name
            order by c.name
            """);
        return await Rows.AllAsync(command, r => new ChannelLine(
            r.GetString(0), r.IsDBNull(1) ? null : r.GetFieldValue<DateTimeOffset>(1), r.GetInt64(2), r.IsDBNull(3) ? null : r.GetFieldValue<DateTimeOffset>(3), r.GetInt64(4)), ct);
    }
}
