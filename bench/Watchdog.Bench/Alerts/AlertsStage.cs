using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Watchdog.Alerts;
using Watchdog.Alerts.Receivers;
using Watchdog.Alerts.Sending;
using Watchdog.Bench.Fleet;
using Watchdog.Diagnostics;
using Watchdog.Webhooks;

namespace Watchdog.Bench.Alerts;

/// <summary>Plays a wave of findings through the worker's pipeline and its outbox, two seconds of fleet time a turn, as the worker takes them.</summary>
internal sealed class AlertsStage(IServiceProvider services, SteppedTime clock, Ears ears)
{
    private static readonly TimeSpan Turn = TimeSpan.FromSeconds(2);
    private static readonly string[] Classes = ["miner", "panic", "runaway", "forkbomb"];
    private readonly NpgsqlDataSource _database = services.GetRequiredService<NpgsqlDataSource>();
    private readonly AlertPipeline _pipeline = services.GetRequiredService<AlertPipeline>();
    private readonly OutboxDrain _drain = services.GetRequiredService<OutboxDrain>();
    private readonly OutboxChannel[] _channels =
        [.. services.GetRequiredService<ReceiverCatalog>().Receivers.Select(one => AlertChannels.Of(one.Name, one, null))];

    private double _longest;
    private int _cases;

    public const int Scopes = 12;

    public static int ClassCount => Classes.Length;

    public async Task BeginAsync(CancellationToken ct)
    {
        await ExecuteAsync("insert into scope (key, region) select 'a/region-' || n, 'region-' || n from generate_series(1, $1) n", ct, Scopes);
        await TurnsAsync(1, ct);
    }

    public async Task<AlertWave> PlayAsync(int findings, CancellationToken ct)
    {
        var (start, before, first) = (Stopwatch.GetTimestamp(), await RowsAsync(ct), _cases);
        _longest = 0;
        ProcessCost.ForgetPeak();
        for (var turn = 0; turn < 30; turn++)
        {
            var to = first + (findings * (turn + 1) / 30);
            await FindAsync("case.opened", _cases, to, ct);
            _cases = to;
            await TurnsAsync(1, ct);
        }

        await TurnsAsync(60, ct);
        var live = GC.GetTotalMemory(forceFullCollection: true);
        await FindAsync("case.closed", first, _cases, ct);
        // The quiet period, and the storm's own behind it.
        await TurnsAsync(2 * 6 * 30, ct);
        return new(
            findings, await RowsAsync(ct) - before, ProcessCost.PeakRss(), live, GC.GetTotalMemory(forceFullCollection: true), Stopwatch.GetElapsedTime(start).TotalSeconds, _longest, ears.Take());
    }

    public async Task<long> LeftOpenAsync(CancellationToken ct)
    {
        await using var command = _database.CreateCommand("select (select count(*) from incident where resolved_at is null) + (select count(*) from outbox where state = 'waiting')");
        return (long)(await command.ExecuteScalarAsync(ct))!;
    }

    private async Task TurnsAsync(int turns, CancellationToken ct)
    {
        for (var turn = 0; turn < turns; turn++)
        {
            int read;
            do
            {
                var began = Stopwatch.GetTimestamp();
                read = await _pipeline.StepAsync(ct);
                _longest = Math.Max(_longest, Stopwatch.GetElapsedTime(began).TotalSeconds);
            }
            while (read == AlertPipeline.EventsARead);
            await Task.WhenAll(_channels.Select(channel => _drain.RunAsync(channel, ct)));
            clock.StepTo(clock.GetUtcNow() + Turn);
        }
    }

    private Task FindAsync(string kind, int from, int to, CancellationToken ct) => ExecuteAsync(
        """
        insert into event (at, kind, subject, data)
        select $1, $2, 'case:' || n, jsonb_build_object('case_id', n, 'instance_id', 'i-' || n, 'scope', 1 + n % $5, 'owner', 'owner-' || n % 5000, 'class', ($6::text[])[1 + n / $5 % 4],
          'act', null, 'kind', null, 'reason', 'mining pool contacted by process ' || n, 'purpose', 'abuse')
        from generate_series($3, $4) n
        """, ct, clock.GetUtcNow(), kind, from, to - 1, Scopes, Classes);

    private async Task<AlertRows> RowsAsync(CancellationToken ct)
    {
        await using var command = _database.CreateCommand(
            """
            select (select count(*) from incident), (select count(*) from incident_member), (select count(*) from incident_decision), (select count(*) from outbox),
              (select coalesce(max(octet_length(body)), 0)::bigint from outbox),
              (select sum(pg_total_relation_size(t))::bigint from unnest(array['incident', 'incident_member', 'incident_decision', 'outbox', 'outbox_standing', 'outbox_channel']::regclass[]) t)
            """);
        await using var reader = await command.ExecuteReaderAsync(ct);
        await reader.ReadAsync(ct);
        return new(reader.GetInt64(0), reader.GetInt64(1), reader.GetInt64(2), reader.GetInt64(3), reader.GetInt64(4), reader.GetInt64(5));
    }

    private async Task ExecuteAsync(string sql, CancellationToken ct, params object[] values)
    {
        await using var command = _database.CreateCommand(sql);
        foreach (var value in values)
        {
            command.Parameters.Add(new() { Value = value });
        }

        await command.ExecuteNonQueryAsync(ct);
    }
}
