using System.Text.Json;
using Microsoft.Extensions.Options;
using Npgsql;
using Watchdog.Diagnostics;
using Watchdog.Ledger;

namespace Watchdog.Reports.Health;

/// <summary>
/// The state of the fleet as the database has it. One worker of the cluster counts a period and leaves its figures in <c>state_reading</c>;
/// the others read that row.
/// </summary>
public sealed class FleetStates(NpgsqlDataSource database, Clocks clocks, IOptions<DiagnosticsOptions> options)
{
    private FleetState? last;

    /// <summary>The last reading; null before the first, and when the last one is too old to be told as the present.</summary>
    public FleetState? Now => Volatile.Read(ref last) is { } known && clocks.Wall.GetUtcNow() - known.At <= 4 * Period ? known : null;

    private TimeSpan Period => TimeSpan.FromSeconds(options.Value.StateSeconds);

    /// <summary>Reads what another worker counted in this period, or counts.</summary>
    public async Task ReadAsync(CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        var now = clocks.Wall.GetUtcNow();
        // Two workers' timers beat unevenly: a reading that is nearly a period old is due. Whoever counts now holds the row; nobody waits for it.
        await using var due = Statement.On(connection, transaction,
            "select 1 from state_reading where at <= $1 or at > $2 for update skip locked", now - (Period * 0.9), now + Period);
        if (await due.ExecuteScalarAsync(ct) is not null)
        {
            var counted = await FleetStateReads.CountAsync(connection, transaction, now, clocks.Fleet.GetUtcNow(), ct);
            await using var keep = Statement.On(connection, transaction,
                "update state_reading set at = $1, content = $2", now, new Statement.Json(JsonSerializer.Serialize(counted)));
            await keep.ExecuteNonQueryAsync(ct);
            await transaction.CommitAsync(ct);
            Volatile.Write(ref last, counted);
            return;
        }

        await using var read = Statement.On(connection, transaction, "select content from state_reading where at > '-infinity'");
        if (await read.ExecuteScalarAsync(ct) is string content)
        {
            Volatile.Write(ref last, JsonSerializer.Deserialize<FleetState>(content));
        }
    }
}
