using Npgsql;
using Watchdog.Diagnostics;
using Watchdog.Diagnostics.Instruments;
using Watchdog.Enforcement;
using Watchdog.IdleShutdown;
using Watchdog.IdleShutdown.Schedules;
using Watchdog.Inventory;
using Watchdog.Ledger.Auditing;
using Watchdog.Slo.Alarms;
using Watchdog.Slo.Books;
using Watchdog.Storage;
using Watchdog.Telemetry.Agents;

namespace Watchdog.Sweeps;

/// <summary>
/// The way of the data, spelled once: inventory and status checks a scope; health, screen, triage, inspection, verdicts, episodes and
/// proposals a shard; resting VMs a shard; acts a scope. Quartz runs each part by itself, the command line all of it in order, the demo in scaled time.
/// </summary>
public sealed class Pipeline(
    NpgsqlDataSource database, Clocks clocks, Node node, ScopeCatalog scopes, InventorySweep inventory, StatusSweep status, AgentSweep agents,
    ShardSweep shards, ActuatorRun actuator, IdleEvaluation idle, ScheduleRun schedules, AuditSealer sealer, BookKeeper books, AlarmRun alarms, ILogger<Pipeline> log)
{
    /// <summary>How long one pass waits, in wall time, for acts whose effect AWS does not show yet.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(5);
    private static readonly int[] AllShards = [.. Enumerable.Range(0, Shard.Count)];
    // In scaled time, where nothing else schedules.
    private DateTimeOffset idleAt = DateTimeOffset.MinValue;

    /// <summary>Lists one scope's VMs, then their status checks, then each five minutes their agents. A scope that is not configured any more is nobody's business.</summary>
    public async Task InventoryAsync(short scope, CancellationToken ct)
    {
        foreach (var wanted in await WantedAsync(scope, ct))
        {
            await ListWithAgentsAsync(wanted, ct);
        }
    }

    /// <summary>Sweeps shards at their cadence.</summary>
    public Task<SweepReport> ShardsAsync(IReadOnlyList<int> some, CancellationToken ct) => SweepAsync(some, SweepDepth.Cadence, ct);

    /// <summary>Carries out one scope's acts that are due.</summary>
    public async Task ActuatorAsync(short scope, CancellationToken ct)
    {
        foreach (var wanted in await WantedAsync(scope, ct))
        {
            await ActAsync(wanted, ct);
        }
    }

    /// <summary>Looks at the resting VMs of shards that are due, each five fleet minutes.</summary>
    public async Task IdleAsync(IReadOnlyList<int> some, CancellationToken ct)
    {
        using var run = SweepRun.Begin("idle", clocks);
        var everywhere = (await scopes.LoadAsync(ct)).ToDictionary(scope => scope.Id);
        var fence = await Leases.TakeAsync(database, some.Select(Leases.IdleOf), node.Name, clocks.Wall.GetUtcNow(), ct);
        await idle.RunAsync([.. some.Select(shard => (short)shard)], everywhere, fence, ct);
        await Leases.DoneAsync(database, fence, clocks.Wall.GetUtcNow(), ct);
        run.Succeeded();
    }

    /// <summary>Brings the times of schedules into acts, for shards, each fleet minute.</summary>
    public async Task SchedulesAsync(IReadOnlyList<int> some, CancellationToken ct)
    {
        using var run = SweepRun.Begin("schedules", clocks);
        var everywhere = (await scopes.LoadAsync(ct)).ToDictionary(scope => scope.Id);
        var fence = await Leases.TakeAsync(database, some.Select(Leases.ScheduleOf), node.Name, clocks.Wall.GetUtcNow(), ct);
        await schedules.RunAsync([.. some.Select(shard => (short)shard)], everywhere, fence, ct);
        await Leases.DoneAsync(database, fence, clocks.Wall.GetUtcNow(), ct);
        run.Succeeded();
    }

    /// <summary>Seals what the audit trail has gained; one job for the whole cluster.</summary>
    public async Task SealAsync(CancellationToken ct)
    {
        using var run = SweepRun.Begin("seal", clocks);
        var fence = await Leases.TakeAsync(database, [Leases.Audit], node.Name, clocks.Wall.GetUtcNow(), ct);
        run.Count("sealed", await sealer.RunAsync(fence, clocks.Fleet.GetUtcNow(), ct));
        await Leases.DoneAsync(database, fence, clocks.Wall.GetUtcNow(), ct);
        run.Succeeded();
    }

    /// <summary>Keeps the uptime books and looks at what burns; one job for the whole cluster.</summary>
    public async Task SloAsync(CancellationToken ct)
    {
        using var run = SweepRun.Begin("slo", clocks);
        var fence = await Leases.TakeAsync(database, [Leases.Slo], node.Name, clocks.Wall.GetUtcNow(), ct);
        var done = await books.RunAsync(fence, clocks.Fleet.GetUtcNow(), ct);
        run.Count("judged", done.Vms);
        run.Count("written", done.Rows);
        run.Count("put_off", done.PutOff);
        using (Spans.Begin("slo.alarms"))
        {
            run.Count("alarms_changed", await alarms.RunAsync(fence, clocks.Fleet.GetUtcNow(), ct));
        }

        await Leases.DoneAsync(database, fence, clocks.Wall.GetUtcNow(), ct);
        run.Succeeded();
    }

    /// <summary>One complete pass over every scope and shard, acts included as the mode allows.</summary>
    public async Task<SweepReport> OnceAsync(CancellationToken ct)
    {
        var seconds = new StageSeconds(clocks.Wall);
        var start = clocks.Fleet.GetUtcNow();
        var everywhere = await scopes.LoadAsync(ct);
        List<string> problems = [];
        Dictionary<short, Fence> listed = [];
        await seconds.TimeAsync("inventory", () => EachAsync(everywhere, async (scope, cancel) =>
        {
            (listed[scope.Id], var unseen) = await ListAsync(scope, cancel);
            problems.AddRange(unseen);
        }, ct));
        var report = await SweepAsync(AllShards, SweepDepth.Everything, ct);
        var done = 0;
        var wallStart = clocks.Wall.GetTimestamp();
        await seconds.TimeAsync("acts", async () =>
        {
            while (true)
            {
                await EachAsync(everywhere, async (scope, cancel) => done += await ActAsync(scope, cancel), ct);
                if (await Acting.NextAsync(database, clocks.Fleet.GetUtcNow(), ct) is null || clocks.Wall.GetElapsedTime(wallStart) > LongestWait)
                {
                    return;
                }

                // AWS shows an accepted change a little later; the act is verified by what a read shows.
                await Task.Delay(LookAgain, clocks.Wall, ct);
            }
        });
        // SSM answers fifty VMs at a time and few times a second: no verdict waits for that.
        await seconds.TimeAsync("agents", () => EachAsync(
            everywhere.Where(scope => listed.ContainsKey(scope.Id)), (scope, cancel) => AgentsAfterAsync(scope, listed[scope.Id], cancel), ct));
        await seconds.TimeAsync("seal", () => SealAfterAsync(problems, ct));
        await seconds.TimeAsync("slo", () => BooksAfterAsync(ct));
        return report with
        {
            ActsPlanned = await PlannedAsync(start, ct), ActsDone = done, Problems = problems,
            Seconds = seconds.All.Concat(report.Seconds).ToDictionary(stage => stage.Key, stage => stage.Value),
        };
    }

    /// <summary>The jobs of scaled time: each carries its own failure, as a scheduler's edge does, and counts it.</summary>
    public FleetJobs Jobs() => new(
        ct => GuardAsync("inventory", async cancel => await EachAsync(await scopes.LoadAsync(cancel), ListWithAgentsAsync, cancel), ct),
        async ct =>
        {
            await GuardAsync("sweep", async cancel => await ShardsAsync(AllShards, cancel), ct);
            if (clocks.Fleet.GetUtcNow() is var now && now >= idleAt)
            {
                idleAt = now + IdleEvaluation.Cadence;
                await GuardAsync("idle", cancel => IdleAsync(AllShards, cancel), ct);
            }

            await GuardAsync("schedules", cancel => SchedulesAsync(AllShards, cancel), ct);
            await GuardAsync("audit", SealAsync, ct);
            await GuardAsync("slo", SloAsync, ct);
        },
        async ct =>
        {
            await GuardAsync("acts", async cancel => await EachAsync(await scopes.LoadAsync(cancel), ActAsync, cancel), ct);
            return await Acting.NextAsync(database, clocks.Fleet.GetUtcNow(), ct);
        });

    /// <summary>Jobs of scaled time that ended with an error.</summary>
    public int Failures { get; private set; }

    // A worker beside this pass may hold the seal: it covers this pass's lines too. A chain that cannot go on is told.
    private async Task SealAfterAsync(List<string> problems, CancellationToken ct)
    {
        try
        {
            await SealAsync(ct);
        }
        catch (FencedException)
        {
            return;
        }
        catch (AuditChainException broken)
        {
            problems.Add(broken.Message);
        }
    }

    // A worker beside this pass may keep the books: it reads this pass's news too.
    private async Task BooksAfterAsync(CancellationToken ct)
    {
        try
        {
            await SloAsync(ct);
        }
        catch (FencedException)
        {
        }
    }

    // A worker beside this pass may have listed the scope since: then it looks at the agents too.
    private async Task AgentsAfterAsync(Scope scope, Fence fence, CancellationToken ct)
    {
        try
        {
            await agents.RunAsync(scope, fence, clocks.Fleet.GetUtcNow(), ct);
        }
        catch (FencedException)
        {
        }
    }

    // Agents last, and never a reason to call the scope unseen: the uptime books keep them apart.
    private async Task ListWithAgentsAsync(Scope scope, CancellationToken ct)
    {
        var (fence, _) = await ListAsync(scope, ct);
        using (Spans.Begin("agents"))
        {
            await agents.RunAsync(scope, fence, clocks.Fleet.GetUtcNow(), ct);
        }
    }

    private async Task<(Fence Fence, IReadOnlyList<string> Unseen)> ListAsync(Scope scope, CancellationToken ct)
    {
        var fence = await Leases.TakeAsync(database, [Leases.InventoryOf(scope.Id)], node.Name, clocks.Wall.GetUtcNow(), ct);
        var now = clocks.Fleet.GetUtcNow();
        InventoryOutcome listed;
        using (var run = SweepRun.Begin("inventory", clocks))
        using (Spans.Begin("inventory.list"))
        {
            listed = await inventory.RunAsync(scope, fence, now, ct);
            run.Count("listed", listed.Vms);
            run.Count("changed", listed.Changed);
            run.Ended(listed.Seen, listed.Detail);
        }

        StatusOutcome checks;
        using (var run = SweepRun.Begin("status", clocks))
        using (Spans.Begin("inventory.status"))
        {
            checks = await status.RunAsync(scope, fence, now, ct);
            run.Count("impaired", checks.Impaired);
            run.Ended(checks.Seen, checks.Detail);
        }

        if (listed.Seen && checks.Seen)
        {
            await Leases.DoneAsync(database, fence, clocks.Wall.GetUtcNow(), ct);
        }

        return (fence,
        [
            .. listed.Seen ? [] : (string[])[$"{scope.Key}: the VMs could not be listed: {listed.Detail}"],
            .. checks.Seen ? [] : (string[])[$"{scope.Key}: the status checks could not be read: {checks.Detail}"],
        ]);
    }

    private async Task<int> ActAsync(Scope scope, CancellationToken ct)
    {
        using var run = SweepRun.Begin("acts", clocks);
        var fence = await Leases.TakeAsync(database, [Leases.ActuatorOf(scope.Id)], node.Name, clocks.Wall.GetUtcNow(), ct);
        var report = await actuator.RunAsync(scope, fence, ct);
        run.Count("requested", report.Requests);
        run.Count("admitted", report.Admitted);
        run.Count("done", report.Done);
        run.Count("ended", report.Ended);
        run.Count("waiting", report.Waiting);
        await Leases.DoneAsync(database, fence, clocks.Wall.GetUtcNow(), ct);
        run.Ended(!report.Fenced, "another actuator took the scope");
        return report.Done;
    }

    private async Task<SweepReport> SweepAsync(IReadOnlyList<int> some, SweepDepth depth, CancellationToken ct)
    {
        using var run = SweepRun.Begin("shards", clocks);
        var report = await shards.RunAsync(some, depth, ct);
        run.Count("judged", report.Judged);
        run.Count("unknown", report.Unknown);
        run.Count("found", report.Findings.Count);
        run.Count("failed", report.Failures);
        run.Succeeded();
        return report;
    }

    private async Task<IEnumerable<Scope>> WantedAsync(short scope, CancellationToken ct) => (await scopes.LoadAsync(ct)).Where(s => s.Id == scope);

    // One scope that fails does not stop the others.
    private async Task EachAsync(IEnumerable<Scope> everywhere, Func<Scope, CancellationToken, Task> work, CancellationToken ct)
    {
        foreach (var scope in everywhere)
        {
            try
            {
                await work(scope, ct);
            }
            catch (Exception fault) when (fault is not OperationCanceledException and not NpgsqlException)
            {
                Log.ScopeFailed(log, fault, scope.Key);
                Failures++;
            }
        }
    }

    private async Task GuardAsync(string job, Func<CancellationToken, Task> work, CancellationToken ct)
    {
        try
        {
            await work(ct);
        }
        catch (Exception fault) when (!ct.IsCancellationRequested)
        {
            Log.JobFailed(log, fault, job);
            Failures++;
        }
    }

    private async Task<int> PlannedAsync(DateTimeOffset since, CancellationToken ct)
    {
        await using var command = database.CreateCommand("select count(*)::int from act where proposed_at >= $1");
        command.Parameters.Add(new() { Value = since });
        return (int)(await command.ExecuteScalarAsync(ct))!;
    }
}
