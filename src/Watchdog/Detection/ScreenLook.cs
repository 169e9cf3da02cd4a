using Microsoft.Extensions.Options;
using Npgsql;
using Watchdog.Detectors.Facts;
using Watchdog.Detectors.Screening;
using Watchdog.Detectors.Verdicts;
using Watchdog.Diagnostics;
using Watchdog.Inventory;
using Watchdog.Ledger;
using Watchdog.Telemetry;

namespace Watchdog.Detection;

/// <summary>
/// The cheap look at every VM that is due: CPU of the trailing three hours, block by block, so that memory stays bounded and
/// CloudWatch's pages are full. A quiet VM costs no allocation and no write, but for its hourly baseline.
/// </summary>
public sealed class ScreenLook(
    NpgsqlDataSource database, IMetricSource metrics, Cohorts cohorts, IOptions<DetectionOptions> options, DetectorOptions detectors, RestLimit rest,
    ILogger<ScreenLook> log)
{
    private static readonly Metric[] Cpu = [Metric.CPUUtilization];
    private readonly ScreenOptions _screen = detectors.Screen;

    /// <summary>Screens the VMs; what is hot, suspicious, or a subject already gets its window copied into its subject.</summary>
    public async Task RunAsync(ShardView view, IReadOnlyList<Vm> due, CancellationToken ct)
    {
        foreach (var ofScope in due.GroupBy(vm => vm.Scope))
        {
            var scope = view.Scopes[ofScope.Key];
            foreach (var block in ofScope.Chunk(options.Value.ScreenBlock))
            {
                await BlockAsync(view, scope, block, ct);
            }
        }
    }

    private async Task BlockAsync(ShardView view, Scope scope, Vm[] vms, CancellationToken ct)
    {
        var ids = Array.ConvertAll(vms, vm => vm.InstanceId);
        var span = Telemetry.Windows.Trailing(view.Now, Telemetry.Windows.Screen);
        MetricBatch batch;
        try
        {
            using (Spans.Begin("screen.read"))
            {
                batch = (await metrics.ReadAsync(scope, ids, Cpu, span.Start, span.End, span.PeriodSeconds, ct))[0];
            }
        }
        catch (Exception ex) when (ex is not OperationCanceledException)
        {
            Log.CallFailed(log, ex, "Reading CPU", scope.Key, ids.Length);
            view.Fail();
            view.Blind.UnionWith(ids);
            return;
        }

        using (batch)
        {
            Dictionary<string, byte[]> baselines;
            using (Spans.Begin("screen.baselines"))
            {
                baselines = await BaselineTable.LoadAsync(database, ids, ct);
            }

            List<RolledBaseline> rolled = [];
            List<int> asking = [];
            using (Spans.Begin("screen.judge"))
            {
                for (var row = 0; row < vms.Length; row++)
                {
                    Judge(view, vms[row], batch, row, baselines, rolled, asking);
                }
            }

            if (asking.Count > 0)
            {
                using var reading = Spans.Begin("screen.cohorts");
                await cohorts.LoadAsync(view, asking.Select(row => vms[row]), ct);
                foreach (var row in asking.ToArray())
                {
                    Judge(view, vms[row], batch, row, baselines, rolled, asking);
                }
            }

            if (rolled.Count > 0)
            {
                await FencedWrite.RunAsync(database, view.Fence, (connection, transaction) => BaselineTable.SaveAsync(connection, transaction, rolled, ct), ct);
            }
        }
    }

    // Synchronous, because windows and baselines are spans over pooled memory. Who asks for a cohort that is not read yet comes again.
    private void Judge(ShardView view, Vm vm, MetricBatch batch, int row, Dictionary<string, byte[]> baselines, List<RolledBaseline> rolled, List<int> asking)
    {
        if (!batch.Answered[row])
        {
            view.Blind.Add(vm.InstanceId);
            return;
        }

        Span<float> means = stackalloc float[Baseline.Hours];
        Span<float> p95s = stackalloc float[Baseline.Hours];
        try
        {
            var known = BaselineCodec.TryDecode(baselines.GetValueOrDefault(vm.InstanceId), means, p95s, out var endHour);
            var window = batch.Window(row);
            var usual = known ? new Baseline(means, p95s, endHour) : default;
            var facts = Subject.FactsOf(vm, null);
            var result = Screen.Judge(facts, window, usual, view.Now, _screen);
            if (Screen.AsksCohort(facts, result, view.Now, _screen))
            {
                if (!view.Cohorts.TryGetValue(Cohorts.KeyOf(vm), out var cohort))
                {
                    asking.Add(row);
                    return;
                }

                result = Screen.Judge(facts, window, usual, view.Now, _screen, cohort);
            }

            view.Levels.Add(vm.Shard, window.Values);
            Sort(view, vm, window, result);
            view.Resting.Add(vm, window, result.Outcome, rest);
            if (!known && view.Now - vm.LaunchTime > TimeSpan.FromHours(_screen.ColdHours))
            {
                // Its usual level comes from CloudWatch's own memory (Newcomers), not from three hours.
                view.Newcomers.Add(vm);
            }
            else
            {
                Roll(view, vm, result.Suspicious, window, means, p95s, endHour, rolled);
            }
        }
        catch (Exception ex) when (ex is ArgumentException or ArithmeticException or InvalidOperationException)
        {
            Log.JudgementFailed(log, ex, vm.InstanceId);
            view.Fail();
            view.Blind.Add(vm.InstanceId);
        }
    }

    private static void Sort(ShardView view, Vm vm, MetricWindow window, in ScreenResult result)
    {
        if (result.Outcome == ScreenOutcome.CannotTell)
        {
            view.Blind.Add(vm.InstanceId);
        }
        else
        {
            view.Blind.Remove(vm.InstanceId);
        }

        if (result.Outcome is ScreenOutcome.Quiet or ScreenOutcome.CannotTell
            && !view.Subjects.ContainsKey(vm.InstanceId) && !view.Suspects.ContainsKey(vm.InstanceId))
        {
            return;
        }

        var subject = view.SubjectOf(vm);
        subject.Screen = result;
        subject.Cpu = new Points(window.Start, window.PeriodSeconds, window.Values.ToArray());
    }

    private static void Roll(
        ShardView view, Vm vm, bool suspicious, MetricWindow window, Span<float> means, Span<float> p95s, long endHour, List<RolledBaseline> rolled)
    {
        // Under a suspicion the hours are looked at and not entered, lest the abuse become the usual; what was found benign is usual.
        var stage = view.Suspects.GetValueOrDefault(vm.InstanceId)?.Stage;
        var frozen = view.Episodes.Contains(vm.InstanceId) || stage is SuspectStage.Triage or SuspectStage.Inspection
            || (suspicious && stage != SuspectStage.Benign);
        var until = BaselineRoll.Roll(means, p95s, endHour, window, view.Now, frozen);
        if (until > endHour)
        {
            rolled.Add(RolledBaseline.Of(vm.InstanceId, new Baseline(means, p95s, until)));
        }
    }
}
