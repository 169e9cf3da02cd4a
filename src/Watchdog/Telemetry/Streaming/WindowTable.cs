using Npgsql;
using NpgsqlTypes;

namespace Watchdog.Telemetry.Streaming;

/// <summary>
/// Tables <c>metric_window</c> and <c>metric_stream</c>: a ring of points a VM and metric, read by every worker and written by one at a time in the
/// whole cluster, for seconds of each five minutes.
/// </summary>
public sealed class WindowTable(NpgsqlDataSource database)
{
    // Any constant of our own. One writer at a time: what a row is merged with is what it is written over, and nobody meets another's row lock.
    private const long LockKey = 0x57444D53_5452454D;
    /// <summary>Windows a transaction: the lock is held for a tenth of a second or two.</summary>
    private const int Block = 4000;

    /// <summary>
    /// Reads windows into the batch's rows and says which rows are complete: every period before <paramref name="mature"/> is known of them.
    /// </summary>
    public async Task<bool[]> ReadAsync(MetricBatch batch, int mature, CancellationToken ct)
    {
        var complete = new bool[batch.InstanceIds.Count];
        var first = PointRing.PeriodOf(batch.Start);
        var ring = new byte[PointRing.Size];
        await using var command = database.CreateCommand(
            "select w.at, m.points from unnest($1) with ordinality w(id, at) join metric_window m on m.instance_id = w.id and m.metric = $2");
        command.Parameters.Add(new() { Value = batch.InstanceIds as string[] ?? [.. batch.InstanceIds] });
        command.Parameters.Add(new() { Value = batch.Metric.ToString() });
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            var row = (int)reader.GetInt64(0) - 1;
            // Another length is another version's: unknown.
            if (reader.GetBytes(1, 0, null, 0, 0) == PointRing.Size)
            {
                reader.GetBytes(1, 0, ring, 0, PointRing.Size);
                complete[row] = PointRing.Read(ring, first, mature, batch.Row(row));
            }
        }

        return complete;
    }

    /// <summary>A VM's rings of points, as <see cref="PointRing"/> reads them, by CloudWatch's name of the metric.</summary>
    public async Task<IReadOnlyDictionary<string, byte[]>> RingsAsync(string instanceId, CancellationToken ct)
    {
        Dictionary<string, byte[]> rings = [];
        await using var command = database.CreateCommand("select metric, points from metric_window where instance_id = $1");
        command.Parameters.Add(new() { Value = instanceId });
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            // Another length is another version's: unknown.
            if (reader.GetFieldValue<byte[]>(1) is { Length: PointRing.Size } ring)
            {
                rings[reader.GetString(0)] = ring;
            }
        }

        return rings;
    }

    /// <summary>When the scope's stream last delivered; null: never, as far as the table knows.</summary>
    public async Task<DateTimeOffset?> ArrivedAsync(short scope, CancellationToken ct)
    {
        await using var command = database.CreateCommand("select arrived_at from metric_stream where scope = $1");
        command.Parameters.Add(new() { Value = scope });
        return await command.ExecuteScalarAsync(ct) is DateTime at ? new DateTimeOffset(at) : null;
    }

    /// <summary>Merges windows of distinct (VM, metric) in; those of VMs that are unknown or of another scope are left out.</summary>
    /// <param name="arrived">When a stream delivered them; null for what was polled.</param>
    public async Task<MergeTally> MergeAsync(IReadOnlyList<StreamedWindow> windows, DateTimeOffset? arrived, CancellationToken ct)
    {
        var tally = default(MergeTally);
        foreach (var block in windows.Chunk(Block))
        {
            tally += await BlockAsync(block, arrived, ct);
        }

        return tally;
    }

    /// <summary>Forgets windows whose newest point lies before a period.</summary>
    public async Task TrimAsync(int before, CancellationToken ct)
    {
        await using var command = database.CreateCommand("delete from metric_window where newest < $1");
        command.Parameters.Add(new() { Value = before });
        await command.ExecuteNonQueryAsync(ct);
    }

    private async Task<MergeTally> BlockAsync(StreamedWindow[] windows, DateTimeOffset? arrived, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        await using (var hold = new NpgsqlCommand("select pg_advisory_xact_lock($1)", connection, transaction) { Parameters = { new() { Value = LockKey } } })
        {
            await hold.ExecuteNonQueryAsync(ct);
        }

        var (changed, tally) = await FoldAsync(connection, transaction, windows, ct);
        if (changed.Count > 0)
        {
            await WriteAsync(connection, transaction, changed, ct);
        }

        if (arrived is { } at)
        {
            await NoteAsync(connection, transaction, changed, at, ct);
        }

        await transaction.CommitAsync(ct);
        return tally;
    }

    // What is known of each VM beside what came; the changed ones become the sum of both.
    private static async Task<(List<StreamedWindow> Changed, MergeTally Tally)> FoldAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, StreamedWindow[] windows, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(
            """
            select w.at, v.scope, m.points from unnest($1, $2) with ordinality w(id, metric, at)
            join vm v on v.instance_id = w.id and v.gone_at is null
            left join metric_window m on m.instance_id = w.id and m.metric = w.metric
            """, connection, transaction)
        {
            Parameters =
            {
                new() { Value = Array.ConvertAll(windows, window => window.InstanceId) },
                new() { Value = Array.ConvertAll(windows, window => window.Metric.ToString()) },
            },
        };
        List<StreamedWindow> changed = new(windows.Length);
        var (tally, met) = (default(MergeTally), new bool[windows.Length]);
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            var at = (int)reader.GetInt64(0) - 1;
            var (window, points) = (windows[at], PointRing.Count(windows[at].Ring));
            met[at] = true;
            if (reader.GetInt16(1) != window.Scope)
            {
                tally += new MergeTally(0, 0, 0, points);
                continue;
            }

            var ring = reader.IsDBNull(2) ? [] : reader.GetFieldValue<byte[]>(2);
            ring = ring.Length == PointRing.Size ? ring : new byte[PointRing.Size];
            var stored = PointRing.Merge(ring, window.Ring);
            tally += new MergeTally(Math.Min(stored, points), Math.Max(0, points - stored), 0, 0);
            if (stored > 0)
            {
                changed.Add(window with { Ring = ring });
            }
        }

        var unknown = windows.Where((_, at) => !met[at]).Sum(window => PointRing.Count(window.Ring));
        return (changed, tally + new MergeTally(0, 0, unknown, 0));
    }

    private static async Task WriteAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, List<StreamedWindow> windows, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(
            """
            insert into metric_window (instance_id, metric, newest, points) select * from unnest($1, $2, $3, $4)
            on conflict (instance_id, metric) do update set newest = excluded.newest, points = excluded.points
            """, connection, transaction)
        {
            Parameters =
            {
                new() { Value = windows.ConvertAll(window => window.InstanceId).ToArray() },
                new() { Value = windows.ConvertAll(window => window.Metric.ToString()).ToArray() },
                new() { Value = windows.ConvertAll(window => PointRing.Newest(window.Ring)).ToArray() },
                new() { Value = windows.ConvertAll(window => window.Ring).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bytea },
            },
        };
        await command.ExecuteNonQueryAsync(ct);
    }

    // Duplicates say nothing of the stream's health: only what was new counts as an arrival.
    private static async Task NoteAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, List<StreamedWindow> changed, DateTimeOffset at, CancellationToken ct)
    {
        foreach (var scope in changed.GroupBy(window => window.Scope))
        {
            await using var command = new NpgsqlCommand(
                """
                insert into metric_stream (scope, arrived_at, newest) values ($1, $2, $3)
                on conflict (scope) do update set
                  arrived_at = greatest(metric_stream.arrived_at, excluded.arrived_at), newest = greatest(metric_stream.newest, excluded.newest)
                """, connection, transaction)
            {
                Parameters = { new() { Value = scope.Key }, new() { Value = at }, new() { Value = scope.Max(window => PointRing.Newest(window.Ring)) } },
            };
            await command.ExecuteNonQueryAsync(ct);
        }
    }
}
