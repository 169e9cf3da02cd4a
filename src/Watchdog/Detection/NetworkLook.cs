using Microsoft.Extensions.Options;
using Watchdog.Detectors.Abuse;
using Watchdog.Detectors.Screening;
using Watchdog.Detectors.Verdicts;
using Watchdog.Inventory;
using Watchdog.Telemetry;

namespace Watchdog.Detection;

/// <summary>
/// Network of the trailing three hours beside the CPU, where a verdict needs it: failing checks, ceilings, VMs looked into. Disk writes follow
/// only where they would decide about a fork bomb: CloudWatch bills by the metric.
/// </summary>
public sealed class NetworkLook(IMetricSource metrics, IOptions<DetectionOptions> options, DetectorOptions detectors, ILogger<NetworkLook> log)
{
    private static readonly Metric[] Network = [Metric.NetworkIn, Metric.NetworkOut];
    // Instance store and EBS count apart.
    private static readonly Metric[] Disk = [Metric.DiskWriteOps, Metric.EBSWriteOps];

    /// <summary>Reads the windows of every subject that is judged in this run and has none yet.</summary>
    public async Task RunAsync(ShardView view, CancellationToken ct)
    {
        await EachAsync(view, subject => subject.NetworkOut.Values.Length == 0 && Wants(subject, view), "Reading the network", Network, (subject, read) =>
        {
            subject.NetworkIn = read.Tail(Metric.NetworkIn, subject.Cpu);
            subject.NetworkOut = read.Tail(Metric.NetworkOut, subject.Cpu);
        }, ct);
        await EachAsync(view, subject => subject.DiskWrites.Values.Length == 0 && WantsDisk(subject, view), "Reading disk writes", Disk, (subject, read) =>
            subject.DiskWrites = Context.Tail(read.DiskWrites, subject.Cpu), ct);
    }

    private async Task EachAsync(
        ShardView view, Func<Subject, bool> wants, string what, Metric[] wanted, Action<Subject, Context> take, CancellationToken ct)
    {
        foreach (var ofScope in view.Subjects.Values.Where(wants).GroupBy(subject => subject.Vm.Scope).ToList())
        {
            foreach (var block in ofScope.Chunk(options.Value.ScreenBlock))
            {
                await BlockAsync(view, view.Scopes[ofScope.Key], block, what, wanted, take, ct);
            }
        }
    }

    private async Task BlockAsync(
        ShardView view, Scope scope, Subject[] subjects, string what, Metric[] wanted, Action<Subject, Context> take, CancellationToken ct)
    {
        var ids = Array.ConvertAll(subjects, subject => subject.Vm.InstanceId);
        var span = Telemetry.Windows.Trailing(view.Now, Telemetry.Windows.Screen);
        try
        {
            var batches = await metrics.ReadAsync(scope, ids, wanted, span.Start, span.End, span.PeriodSeconds, ct);
            for (var i = 0; i < subjects.Length; i++)
            {
                take(subjects[i], new Context(batches, i));
            }

            foreach (var batch in batches)
            {
                batch.Dispose();
            }
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            Log.CallFailed(log, fault, what, scope.Key, ids.Length);
            view.Fail();
        }
    }

    private static bool Wants(Subject subject, ShardView view) =>
        Judging.IsDue(subject, view) && (subject.After is { Stage: SuspectStage.Inspection } || HasCeiling(subject, view.Now));

    private bool WantsDisk(Subject subject, ShardView view) =>
        Judging.IsDue(subject, view) && HasCeiling(subject, view.Now) && ForkBombDetector.AsksDisk(subject.Hypervisor, view.Now, detectors.ForkBomb);

    /// <summary>Whether CPU went to its ceiling in one sample lately: the shape of a fork bomb, and of many honest jobs.</summary>
    public static bool HasCeiling(Subject subject, DateTimeOffset now) => subject.Screen is { } screen
        && Attention.Of(subject.Facts, subject.Cpu.Window, screen, now).HasFlag(ContextNeed.Ceiling);
}
