using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Watchdog.Bench.Fleet;
using Watchdog.FleetSim;
using Watchdog.FleetSim.Fleet;
using Watchdog.FleetSim.State;
using Watchdog.Sweeps;

namespace Watchdog.Bench.Storm;

/// <summary>Plays minutes of the worker's jobs, as its timetable fires them, and takes the figures.</summary>
internal sealed class StormStage(FleetPlanOptions plan, IReadOnlyList<SimulatedVm> vms, SimulatedRegion region, StormClock clock, IServiceProvider services)
{
    private readonly FleetJobs _jobs = services.GetRequiredService<Pipeline>().Jobs();
    private readonly NpgsqlDataSource _database = services.GetRequiredService<NpgsqlDataSource>();
    private readonly DateTimeOffset _storm = plan.Epoch + plan.ArrivalsFrom;
    private readonly HashSet<string> _booting = [.. vms.Skip(plan.Vms - plan.Arrivals).Select(vm => vm.InstanceId)];

    public List<StormMinute> Minutes { get; } = [];

    /// <summary>Plays until an instant: each minute a listing and a sweep at each VM's cadence, and the acts whenever the next falls due.</summary>
    public async Task<StormPhase> PlayAsync(string name, DateTimeOffset until, CancellationToken ct)
    {
        var (from, start, before) = (clock.Now, Stopwatch.GetTimestamp(), region.CallCounts.ToDictionary());
        ProcessCost.ForgetPeak();
        while (clock.Now < until)
        {
            var next = clock.Now.AddMinutes(1);
            await _jobs.InventoryAsync(ct);
            await _jobs.SweepAsync(ct);
            while (ActAgain.After(clock.Now, await _jobs.ActAsync(ct)) is { } again && again < next)
            {
                clock.StepTo(again);
            }

            Minutes.Add(await MinuteAsync(ct));
            await Console.Error.WriteLineAsync($"{Minutes[^1]}");
            clock.StepTo(next);
        }

        return new(
            name, (int)(clock.Now - from).TotalMinutes, ProcessCost.PeakRss(), GC.GetTotalMemory(forceFullCollection: true), Stopwatch.GetElapsedTime(start).TotalSeconds,
            region.CallCounts.ToDictionary(of => of.Key, of => of.Value - before.GetValueOrDefault(of.Key)));
    }

    /// <summary>What was ever held against a VM that booted, stops for idleness included.</summary>
    public async Task<long> VerdictsAsync(CancellationToken ct)
    {
        await using var command = _database.CreateCommand(
            """
            select (select count(*) from episode where instance_id = any($1)) + (select count(*) from case_file where instance_id = any($1))
              + (select count(*) from act where instance_id = any($1))
            """);
        command.Parameters.Add(new() { Value = _booting.ToArray() });
        return (long)(await command.ExecuteScalarAsync(ct))!;
    }

    private async Task<StormMinute> MinuteAsync(CancellationToken ct)
    {
        var now = clock.Now;
        await using var command = _database.CreateCommand(
            "select coalesce(sum(seen), 0)::bigint, coalesce(sum(judged), 0)::bigint from (select distinct on (shard) seen, judged from shard_run order by shard, at desc) latest");
        await using var reader = await command.ExecuteReaderAsync(ct);
        await reader.ReadAsync(ct);
        return new(
            (int)Math.Floor((now - _storm).TotalMinutes), Enumerable.Range(0, vms.Count).Count(index => region.State.StateOf(index) == PowerState.Running), reader.GetInt64(0), reader.GetInt64(1));
    }
}
