using Microsoft.Extensions.Options;
using Npgsql;
using Watchdog.Detection;
using Watchdog.Detectors.Facts;
using Watchdog.Detectors.Screening;
using Watchdog.Detectors.Verdicts;
using Watchdog.Diagnostics;
using Watchdog.Inventory;
using Watchdog.Storage;
using Watchdog.Telemetry;

namespace Watchdog.Sweeps.Explaining;

/// <summary>
/// Takes one running VM through the worker's own looks, whatever the screen says of it, and keeps nothing: no suspect, no episode, no baseline.
/// </summary>
public sealed class VmExplainer(
    NpgsqlDataSource database, VmRepository vms, ScopeCatalog scopes, ShardFacts facts, IMetricSource metrics, Cohorts cohorts, TriageLook triage, NetworkLook network,
    InspectionLook inspection, Judging judging, DetectorOptions detectors, IOptions<DetectionOptions> options, Clocks clocks)
{
    private static readonly TimeSpan BetweenReads = TimeSpan.FromSeconds(2);

    /// <summary>Explains.</summary>
    /// <exception cref="ArgumentException">There is no such VM, it does not run, or its scope is not configured; the message says which.</exception>
    public async Task<Explanation> ExplainAsync(string instanceId, CancellationToken ct)
    {
        var vm = (await vms.ByIdsAsync([instanceId], ct)) is [var known] ? known
            : throw new ArgumentException($"{instanceId} is in no inventory; `watchdog sweep` or the worker lists the VMs.");
        var scope = (await scopes.LoadAsync(ct)).FirstOrDefault(s => s.Id == vm.Scope)
            ?? throw new ArgumentException($"{instanceId} lies in a scope that is not configured any more (Inventory:Scopes).");
        if (vm.State != "running")
        {
            throw new ArgumentException(FormattableString.Invariant($"{instanceId} is {vm.State} since {vm.StateSince:yyyy-MM-dd HH:mm} UTC: only a running VM can be judged."));
        }

        var view = await ViewAsync(vm, scope, ct);
        var subject = view.SubjectOf(vm);
        var charts = await LookAsync(view, scope, subject, ct);
        await triage.RunAsync(view, ct);
        await network.RunAsync(view, ct);
        subject.After = await SuspectAsync(vm, subject, view.Now, ct);
        await inspection.RunAsync(view, ct);
        var start = clocks.Wall.GetTimestamp();
        while (clocks.Wall.GetElapsedTime(start) < TimeSpan.FromSeconds(options.Value.WaitSeconds) && await inspection.ReadAsync(view, ct))
        {
            await Task.Delay(BetweenReads, clocks.Wall, ct);
        }

        judging.Run(view);
        return new Explanation(
            vm.InstanceId, FormattableString.Invariant($"{vm.InstanceType}, {vm.Vcpus} vCPUs, owner {vm.Owner}, running since {vm.LaunchTime:yyyy-MM-dd HH:mm} UTC"),
            view.Now, Judging.VersionOf(view.Indicators), VmStages.Of(subject, view), Explanation.Loudest(subject.Findings), charts);
    }

    // One VM of its shard, under no lease: nothing is written.
    private async Task<ShardView> ViewAsync(Vm vm, Scope scope, CancellationToken ct)
    {
        var (now, none) = (clocks.Fleet.GetUtcNow(), new Fence([], []));
        var byId = new Dictionary<short, Scope> { [scope.Id] = scope };
        var shard = await facts.LoadAsync([vm.Shard], byId, [], none, now, everything: true, ct);
        return new ShardView
        {
            Now = now, Everything = true, Indicators = shard.Indicators, Fence = none, Scopes = byId, StatusFresh = shard.StatusFresh, Vms = shard.Vms,
            Suspects = new Dictionary<string, Suspect>(), Statuses = shard.Statuses, Episodes = shard.Episodes, Blind = [],
        };
    }

    // Screen and charts from one read of 48 hours.
    private async Task<IReadOnlyList<Chart>> LookAsync(ShardView view, Scope scope, Subject subject, CancellationToken ct)
    {
        var span = Telemetry.Windows.Trailing(view.Now, Telemetry.Windows.Context);
        var read = await metrics.ReadAsync(scope, [subject.Vm.InstanceId], MetricCharts.Metrics, span.Start, span.End, span.PeriodSeconds, ct);
        var baselines = await BaselineTable.LoadAsync(database, [subject.Vm.InstanceId], ct);
        await cohorts.LoadAsync(view, [subject.Vm], ct);
        try
        {
            Screened(view, subject, read[0], baselines.GetValueOrDefault(subject.Vm.InstanceId));
            return MetricCharts.Of(read);
        }
        finally
        {
            foreach (var batch in read)
            {
                batch.Dispose();
            }
        }
    }

    private void Screened(ShardView view, Subject subject, MetricBatch cpu, byte[]? stored)
    {
        if (!cpu.Answered[0])
        {
            return;
        }

        Span<float> means = stackalloc float[Baseline.Hours];
        Span<float> p95s = stackalloc float[Baseline.Hours];
        if (!BaselineCodec.TryDecode(stored, means, p95s, out var endHour))
        {
            // Never rolled: the hours before the window stand in, as they do for a newcomer.
            means.Fill(float.NaN);
            p95s.Fill(float.NaN);
            endHour = BaselineRoll.Roll(means, p95s, 0, cpu.Window(0), view.Now);
        }

        var points = (int)(Telemetry.Windows.Screen.TotalSeconds / cpu.PeriodSeconds);
        var skipped = cpu.Points - points;
        subject.Cpu = new Points(cpu.Start.AddSeconds((double)skipped * cpu.PeriodSeconds), cpu.PeriodSeconds, cpu.Row(0)[skipped..].ToArray());
        var usual = new Baseline(means, p95s, endHour);
        var seen = Screen.Judge(subject.Facts, subject.Cpu.Window, usual, view.Now, detectors.Screen);
        subject.Screen = Screen.AsksCohort(subject.Facts, seen, view.Now, detectors.Screen)
            ? Screen.Judge(subject.Facts, subject.Cpu.Window, usual, view.Now, detectors.Screen, view.Cohorts[Cohorts.KeyOf(subject.Vm)]) : seen;
        subject.Looked = true;
    }

    // Looked into whatever the looks before said; a snapshot that the worker took lately counts as the first of two.
    private async Task<Suspect> SuspectAsync(Vm vm, Subject subject, DateTimeOffset now, CancellationToken ct)
    {
        var stored = (await SuspectTable.LoadAsync(database, [vm.Shard], ct)).FirstOrDefault(suspect => suspect.InstanceId == vm.InstanceId);
        var detail = subject.After?.Detail ?? new SuspectDetail();
        return new Suspect(vm.InstanceId, vm.Scope, vm.Shard, subject.After?.Class ?? Suspect.Unknown, SuspectStage.Inspection,
            subject.After?.Onset ?? now, now, now, 0, null, detail with { Guest = stored?.Detail.Guest, LookedAt = stored?.Detail.LookedAt });
    }
}
