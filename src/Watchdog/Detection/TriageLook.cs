using Microsoft.Extensions.Options;
using Watchdog.Detectors.Screening;
using Watchdog.Detectors.Verdicts;
using Watchdog.Inventory;
using Watchdog.Telemetry;

namespace Watchdog.Detection;

/// <summary>The second look: 48 hours of context, once, for a plateau that is new for its VM. Is the CPU explained by I/O? A remembered one gets a look inside instead.</summary>
public sealed class TriageLook(IMetricSource metrics, IOptions<DetectionOptions> options, DetectorOptions detectors, ILogger<TriageLook> log)
{
    private static readonly Metric[] Plain =
    [
        Metric.CPUUtilization, Metric.NetworkIn, Metric.NetworkOut, Metric.DiskReadOps, Metric.DiskWriteOps, Metric.EBSReadOps, Metric.EBSWriteOps,
    ];

    private static readonly Metric[] Burstable = [.. Plain, Metric.CPUCreditBalance, Metric.CPUSurplusCreditBalance];

    /// <summary>Triages every subject whose plateau calls for it.</summary>
    public async Task RunAsync(ShardView view, CancellationToken ct)
    {
        foreach (var subject in view.Subjects.Values.Where(subject => Recall.IsDue(subject, view.Now, view.Indicators.Version)))
        {
            subject.After = Recall.Begin(subject.After!, subject.Screen!.Value, view.Now);
        }

        var owed = view.Subjects.Values.Where(subject => Plateaus.NeedsTriage(subject, view.Now, view.Indicators.Version));
        foreach (var alike in owed.GroupBy(subject => (subject.Vm.Scope, HasCredits(subject.Vm))).ToList())
        {
            foreach (var block in alike.Chunk(options.Value.ContextBlock))
            {
                await BlockAsync(view, view.Scopes[alike.Key.Scope], alike.Key.Item2 ? Burstable : Plain, block, ct);
            }
        }
    }

    private async Task BlockAsync(ShardView view, Scope scope, Metric[] wanted, Subject[] subjects, CancellationToken ct)
    {
        var ids = Array.ConvertAll(subjects, subject => subject.Vm.InstanceId);
        var span = Telemetry.Windows.Trailing(view.Now, Telemetry.Windows.Context);
        IReadOnlyList<MetricBatch> batches = [];
        try
        {
            batches = await metrics.ReadAsync(scope, ids, wanted, span.Start, span.End, span.PeriodSeconds, ct);
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            Log.CallFailed(log, fault, "Reading the context", scope.Key, ids.Length);
            view.Fail();
        }

        try
        {
            for (var i = 0; i < subjects.Length; i++)
            {
                Judge(view, subjects[i], new Context(batches, i));
            }
        }
        finally
        {
            foreach (var batch in batches)
            {
                batch.Dispose();
            }
        }
    }

    private void Judge(ShardView view, Subject subject, Context context)
    {
        // A failed call is asked again; a second failure is judged by what is known, so that the VM does not hide behind it.
        var retried = subject.Before is { Stage: SuspectStage.Triage };
        var complete = context.Answers(Metric.NetworkIn) && context.Answers(Metric.NetworkOut);
        try
        {
            var windows = context.Windows(subject.Cpu);
            var result = Triage.Judge(subject.Facts, windows, subject.Screen!.Value, view.Now, detectors.Triage);
            subject.NetworkIn = context.Tail(Metric.NetworkIn, subject.Cpu);
            subject.NetworkOut = context.Tail(Metric.NetworkOut, subject.Cpu);
            subject.DiskWrites = Context.Tail(windows.DiskWrites, subject.Cpu);
            subject.Context = KeptContext.Of(windows);
            subject.Looked = true;
            subject.After = Plateaus.AfterTriage(subject, result, complete || retried || view.Everything, view.Indicators.Version, view.Now, options.Value);
        }
        catch (Exception fault) when (fault is ArgumentException or ArithmeticException or InvalidOperationException)
        {
            Log.JudgementFailed(log, fault, subject.Vm.InstanceId);
            view.Fail();
        }
    }

    private static bool HasCredits(Vm vm) => vm.InstanceType.StartsWith('t');
}
