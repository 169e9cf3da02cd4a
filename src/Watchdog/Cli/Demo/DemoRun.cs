using Npgsql;
using Watchdog.Aws;
using Watchdog.Diagnostics;
using Watchdog.FleetSim;
using Watchdog.FleetSim.Fleet;
using Watchdog.Sweeps;

namespace Watchdog.Cli.Demo;

/// <summary>A simulated Region and the worker's pipeline on one stepped clock.</summary>
internal sealed class DemoRun(DemoPlan plan, IServiceProvider services, SteppedTime clock, SimulatedRegion region)
{
    // Coverage below this is a worker that does not see its fleet; VMs that boot or whose metrics have gaps are unknown for a while.
    private const double LeastCoverage = 0.95;
    // As soon as a person who has asked for something looks up again.
    private static readonly TimeSpan Looks = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Month = TimeSpan.FromDays(30);

    private readonly NpgsqlDataSource _database = services.GetRequiredService<NpgsqlDataSource>();
    private readonly Pipeline _pipeline = services.GetRequiredService<Pipeline>();
    private readonly CallMeter _meter = services.GetRequiredService<CallMeter>();
    private readonly TimeProvider _wall = services.GetRequiredService<Clocks>().Wall;
    private readonly DateTimeOffset _start = clock.GetUtcNow();
    private readonly Truth[] _truth =
        [.. region.State.Vms.Select(LabelsTruth.Of).Select(vm => new Truth(vm.InstanceId, vm.Label, vm.Kind, vm.Plain, vm.Onset ?? DateTimeOffset.MaxValue))];

    /// <summary>Plays until the end or until cancelled; either way the report follows.</summary>
    public async Task<DemoReport> RunAsync(Func<DemoRun, CancellationToken, Task> shown, CancellationToken ct)
    {
        var began = _wall.GetTimestamp();
        var jobs = _pipeline.Jobs();
        var loop = new FleetLoop(clock, _wall, plan.Speed, jobs with
        {
            SweepAsync = async cancel =>
            {
                await jobs.SweepAsync(cancel);
                await shown(this, cancel);
            },
        });
        try
        {
            await loop.RunAsync(plan.Minutes is { } minutes ? _start.AddMinutes(minutes) : DateTimeOffset.MaxValue, ct);
            if (plan.Stay)
            {
                await Console.Error.WriteLineAsync("The minutes are played; time goes on at its own pace now, until Ctrl-C.".AsMemory(), ct);
                await new FleetLoop(clock, _wall, 1, jobs, Looks).RunAsync(DateTimeOffset.MaxValue, ct);
            }
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            // Ctrl-C ends the play, not the report.
        }

        return await ReportAsync(_wall.GetElapsedTime(began), CancellationToken.None);
    }

    /// <summary>The report as it would be now.</summary>
    public async Task<DemoReport> ReportAsync(TimeSpan took, CancellationToken ct)
    {
        var end = clock.GetUtcNow();
        var outcomes = await DemoLedger.OutcomesAsync(_database, ct);
        var (seen, judged, failedActs) = await DemoLedger.HealthAsync(_database, ct);
        var stopped = await DemoLedger.StoppedIdleAsync(_database, ct);
        var (warned, calledOff, unwarned) = await DemoLedger.WarningsAsync(_database, ct);
        // What was stopped before its scripted abuse began never began it.
        Truth[] truth = [.. _truth.Where(vm => !(stopped.TryGetValue(vm.InstanceId, out var at) && at < vm.Onset && DemoScore.Classes.Contains(vm.Label)))];
        var wrong = DemoScore.WronglyActedOn(_truth, outcomes);
        List<string> used = [.. region.State.Vms.Where(vm => stopped.TryGetValue(vm.InstanceId, out var at) && IsUsed(vm, at)).Select(vm => $"{vm.InstanceId} {vm.Behaviour.Kind}")];
        var coverage = seen == 0 ? 0 : (double)judged / seen;
        var calls = _meter.Snapshot();
        var perMonth = end > _start && _truth.Length > 0 ? (double)calls.Usd / _truth.Length * (Month / (end - _start)) : 0;
        return new DemoReport(
            Healthy: _pipeline.Failures == 0 && failedActs == 0 && wrong.Count == 0 && used.Count == 0 && unwarned.Count == 0 && coverage >= LeastCoverage,
            _truth.Length, (int)(end - _start).TotalMinutes, DemoScore.Rows(truth, outcomes, end), wrong.Count, calls.Calls, Math.Round(perMonth, 4),
            Math.Round(coverage, 4), _pipeline.Failures, Math.Round(took.TotalSeconds, 1), DemoScore.Missed(truth, outcomes, end), wrong,
            stopped.Count, used, warned, calledOff, unwarned);
    }

    // The simulator's own look inside, without the agent's say.
    private static bool IsUsed(SimulatedVm vm, DateTimeOffset at)
    {
        var guest = vm.Behaviour.GuestOf(new VmMoment(vm, at, vm.LaunchTime, Isolated: false));
        return guest.Sessions.Count > 0 || guest.Connections.Any(connection => !connection.Outbound);
    }

    /// <summary>Fleet time.</summary>
    public DateTimeOffset Now => clock.GetUtcNow();

    /// <summary>The last cases, newest first.</summary>
    public Task<IReadOnlyList<(DateTimeOffset At, string InstanceId, string Class, string Done, string Reason)>> LatestAsync(int count, CancellationToken ct) =>
        DemoLedger.LatestAsync(_database, count, ct);
}
