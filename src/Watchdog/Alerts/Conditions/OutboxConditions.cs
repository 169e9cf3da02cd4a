using Npgsql;
using Watchdog.Alerts.Routing;
using Watchdog.Alerts.Sending;
using Watchdog.Diagnostics;
using Watchdog.Ledger;

namespace Watchdog.Alerts.Conditions;

/// <summary>Receivers that messages do not reach: the oldest waits too long, or some were given up within the last hour.</summary>
public sealed class OutboxConditions(NpgsqlDataSource database, IReceiverNames receivers, Clocks clocks) : IConditionSource
{
    private static readonly TimeSpan Stuck = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan Lately = TimeSpan.FromHours(1);

    /// <inheritdoc/>
    public IReadOnlyList<string> Kinds => [IncidentKinds.Outbox];

    /// <inheritdoc/>
    public async Task<IReadOnlyList<Condition>> ReadAsync(CancellationToken ct)
    {
        var now = clocks.Wall.GetUtcNow();
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var command = Statement.On(connection, null,
            """
            select channel, (count(*) filter (where state = 'waiting' and created_at < $1))::int, min(created_at) filter (where state = 'waiting'),
              (count(*) filter (where state = 'dead'))::int
            from outbox
            where (state = 'waiting' or state = 'dead' and done_at > $2)
              -- A receiver that was taken out of the configuration is nobody's trouble.
              and (not starts_with(channel, $3) or substr(channel, length($3) + 1) = any($4))
            group by 1 order by 1
            """, now - Stuck, now - Lately, AlertChannels.Prefix, receivers.Names.ToArray());
        var channels = await Rows.AllAsync(command, r => (Name: r.GetString(0), Stuck: r.GetInt32(1), Oldest: r.IsDBNull(2) ? now : r.GetFieldValue<DateTimeOffset>(2), Dead: r.GetInt32(3)), ct);
        return
        [
            .. channels.Where(one => one.Stuck > 0).Select(one => Of(one.Name, Severity.Critical, FormattableString.Invariant(
                $"{one.Stuck} messages to {one.Name} have waited for over {Stuck.TotalMinutes:0} minutes, the oldest since {one.Oldest.UtcDateTime:yyyy-MM-dd HH:mm}Z"))),
            .. channels.Where(one => one is { Stuck: 0, Dead: > 0 }).Select(one => Of(one.Name, Severity.Warning, FormattableString.Invariant(
                $"{one.Dead} messages to {one.Name} were given up within the last hour"))),
        ];
    }

    private static Condition Of(string channel, Severity severity, string sentence) =>
        new(new(IncidentKinds.Outbox, channel, IncidentKey.Cluster), severity, new(Sentence: sentence));
}
