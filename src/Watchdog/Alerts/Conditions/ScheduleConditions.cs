using Npgsql;
using Watchdog.Diagnostics;
using Watchdog.Ledger;

namespace Watchdog.Alerts.Conditions;

/// <summary>Schedules whose last time stopped nobody in a scope, since its VMs could not have been started again: they run on, night after night.</summary>
public sealed class ScheduleConditions(NpgsqlDataSource database, Clocks clocks) : IConditionSource
{
    // A schedule comes once a week at the least, or is gone.
    private static readonly TimeSpan Remembered = TimeSpan.FromDays(8);

    /// <inheritdoc/>
    public IReadOnlyList<string> Kinds => [IncidentKinds.Schedule];

    /// <inheritdoc/>
    public async Task<IReadOnlyList<Condition>> ReadAsync(CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var command = Statement.On(connection, null,
            """
            select schedule, key, region, refused from (
              select distinct on (w.schedule, w.scope) w.schedule, s.key, s.region, w.refused from idle_wave w join scope s on s.id = w.scope
              where w.occurrence_at > $1 order by w.schedule, w.scope, w.occurrence_at desc) last
            where refused is not null order by 1, 2
            """, clocks.Fleet.GetUtcNow() - Remembered);
        return await Rows.AllAsync(command, r => new Condition(
            new(IncidentKinds.Schedule, r.GetString(0), r.GetString(1)), Severity.Warning, new(Region: r.GetString(2), Sentence: r.GetString(3))), ct);
    }
}
