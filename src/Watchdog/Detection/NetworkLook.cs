using Microsoft.Extensions.Options;
using Watchdog.Detectors.Screening;
using Watchdog.Inventory;
using Watchdog.Telemetry;

namespace Watchdog.Detection;

/// <summary>Network of the trailing three hours beside the CPU, where a verdict needs it: failing checks, ceilings, VMs looked into.</summary>
public sealed class NetworkLook(IMetricSource metrics, IOptions<DetectionOptions> options, ILogger<NetworkLook> log)
{
    private static readonly Metric[] Network = [Metric.NetworkIn, Metric.NetworkOut];

    /// <summary>Reads the windows of every subject that is judged in this run and has none yet.</summary>
    public async Task RunAsync(ShardView view, CancellationToken ct)
    {
        var wanting = view.Subjects.Values.Where(subject => subject.NetworkOut.Values.Length == 0 && Wants(subject, view));
        foreach (var ofScope in wanting.GroupBy(subject => subject.Vm.Scope).ToList())
        {
            foreach (var block in ofScope.Chunk(options.Value.ScreenBlock))
            {
                await BlockAsync(view, view.Scopes[ofScope.Key], block, ct);
            }
        }
    }

    private async Task BlockAsync(ShardView view, Scope scope, Subject[] subjects, CancellationToken ct)
    {
        var ids = Array.ConvertAll(subjects, subject => subject.Vm.InstanceId);
        var span = Telemetry.Windows.Trailing(view.Now, Telemetry.Windows.Screen);
        try
        {
            var batches = await metrics.ReadAsync(scope, ids, Network, span.Start, span.End, span.PeriodSeconds, ct);
            for (var i = 0; i < subjects.Length; i++)
            {
                subjects[i].NetworkIn = Copy(batches[0], i);
                subjects[i].NetworkOut = Copy(batches[1], i);
            }

            foreach (var batch in batches)
            {
                batch.Dispose();
            }
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            Log.CallFailed(log, fault, "Reading the network", scope.Key, ids.Length);
            view.Fail();
        }
    }

    private static bool Wants(Subject subject, ShardView view) =>
        Judging.IsDue(subject, view) && (subject.After is { Stage: SuspectStage.Inspection } || HasCeiling(subject, view.Now));

    /// <summary>Whether CPU went to its ceiling in one sample lately: the shape of a fork bomb, and of many honest jobs.</summary>
    public static bool HasCeiling(Subject subject, DateTimeOffset now) => subject.Screen is { } screen
        && Attention.Of(subject.Facts, subject.Cpu.Window, screen, now).HasFlag(ContextNeed.Ceiling);

    private static Points Copy(MetricBatch batch, int row) =>
        batch.Answered[row] ? new Points(batch.Start, batch.PeriodSeconds, batch.Row(row).ToArray()) : Points.None;
}
