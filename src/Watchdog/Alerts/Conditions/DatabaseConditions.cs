using Microsoft.Extensions.Options;
using Npgsql;
using Watchdog.Diagnostics;
using Watchdog.Ledger;

namespace Watchdog.Alerts.Conditions;

/// <summary>A database that is slow, or whose event log is held up by a transaction that stays open.</summary>
public sealed class DatabaseConditions(NpgsqlDataSource database, IOptions<AlertOptions> options, Clocks clocks) : IConditionSource
{
    private static readonly TimeSpan Held = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Holds = TimeSpan.FromMinutes(1);

    /// <inheritdoc/>
    public IReadOnlyList<string> Kinds => [IncidentKinds.Database];

    /// <inheritdoc/>
    public async Task<IReadOnlyList<Condition>> ReadAsync(CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        var began = clocks.Wall.GetTimestamp();
        await using var oldest = Statement.On(connection, null,
            "select at from event where xid >= pg_snapshot_xmin(pg_current_snapshot()) order by xid, id limit 1");
        var unread = (await Rows.AllAsync(oldest, r => r.GetFieldValue<DateTimeOffset>(0), ct)).Select(at => (DateTimeOffset?)at).SingleOrDefault();
        return Of(clocks.Wall.GetElapsedTime(began), options.Value.SlowDatabase, unread, clocks.Fleet.GetUtcNow());
    }

    /// <summary>What an answer of one row says. Pure.</summary>
    /// <param name="took">Its time.</param>
    /// <param name="unread">The oldest event that is committed and may not be read yet; null where there is none.</param>
    public static IReadOnlyList<Condition> Of(TimeSpan took, TimeSpan slow, DateTimeOffset? unread, DateTimeOffset now)
    {
        List<Condition> wrong = [];
        if (took > slow)
        {
            wrong.Add(new(new(IncidentKinds.Database, "slow", IncidentKey.Cluster), Severity.Warning,
                new(Sentence: FormattableString.Invariant($"an answer of one row took over {slow.TotalSeconds:0.##} s")), Holds, Everywhere: false));
        }

        if (unread is { } at && now - at > Held)
        {
            wrong.Add(new(new(IncidentKinds.Database, "event log held up", IncidentKey.Cluster), Severity.Error,
                new(Sentence: FormattableString.Invariant($"events since {at.UtcDateTime:yyyy-MM-dd HH:mm}Z cannot be read: a transaction on the server has been open since before"))));
        }

        return wrong;
    }
}
