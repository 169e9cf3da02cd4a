using Watchdog.Detection;
using Watchdog.Inventory;
using Watchdog.Ledger;
using Watchdog.Telemetry;
using Watchdog.Telemetry.Streaming;

namespace Watchdog.Reports.Quarantine;

/// <summary>Where curves come from besides the evidence.</summary>
public interface ICurveSource
{
    /// <summary>Fills in what the evidence left open.</summary>
    Task FillAsync(CaseRecord of, Curves curves, CancellationToken ct);
}

/// <summary>Nothing but the evidence: no call, no credentials.</summary>
public sealed class EvidenceOnly : ICurveSource
{
    /// <inheritdoc/>
    public Task FillAsync(CaseRecord of, Curves curves, CancellationToken ct) => Task.CompletedTask;
}

/// <summary>What a metric stream has delivered of the last four hours: free, and nothing where no stream runs.</summary>
public sealed class StreamedCurves(WindowTable table) : ICurveSource
{
    /// <inheritdoc/>
    public async Task FillAsync(CaseRecord of, Curves curves, CancellationToken ct)
    {
        var rings = await table.RingsAsync(of.InstanceId, ct);
        foreach (var (metric, onto) in new[] { (Metric.CPUUtilization, curves.Cpu), (Metric.NetworkIn, curves.NetworkIn), (Metric.NetworkOut, curves.NetworkOut) })
        {
            if (rings.TryGetValue(metric.ToString(), out var ring))
            {
                var values = new float[Curves.Periods];
                values.AsSpan().Fill(float.NaN);
                PointRing.Read(ring, PointRing.PeriodOf(onto.Start), 0, values);
                Curves.Fill(new Points(onto.Start, Curves.PeriodSeconds, values), onto, sum: metric != Metric.CPUUtilization);
            }
        }
    }
}

/// <summary>CloudWatch's points where nothing else has any; each metric is billed. It keeps five-minute points for 63 days.</summary>
/// <param name="whole">Disk and credits too; without them it asks for three metrics.</param>
public sealed class CloudWatchCurves(IMetricSource source, ScopeCatalog scopes, bool whole = false) : ICurveSource
{
    private static readonly Metric[] Screened = [Metric.CPUUtilization, Metric.NetworkIn, Metric.NetworkOut];

    /// <summary>Every metric that a case's page shows.</summary>
    public static IReadOnlyList<Metric> Whole { get; } =
        [.. Screened, Metric.DiskReadOps, Metric.DiskWriteOps, Metric.EBSReadOps, Metric.EBSWriteOps, Metric.CPUCreditBalance];

    private IReadOnlyList<Scope>? _scopes;

    /// <inheritdoc/>
    public async Task FillAsync(CaseRecord of, Curves curves, CancellationToken ct)
    {
        _scopes ??= await scopes.LoadAsync(ct);
        // A case of a scope that left the configuration cannot be asked about: its curves stay as the evidence has them.
        if (_scopes.FirstOrDefault(scope => scope.Id == of.Scope) is not { } scope)
        {
            return;
        }

        var start = curves.Cpu.Start;
        var batches = await source.ReadAsync(
            scope, [of.InstanceId], whole ? Whole : Screened, start, start.AddSeconds((double)Curves.Periods * Curves.PeriodSeconds), Curves.PeriodSeconds, ct);
        var disk = new float[Curves.Periods];
        disk.AsSpan().Fill(float.NaN);
        foreach (var batch in batches)
        {
            using (batch)
            {
                var points = new Points(batch.Start, batch.PeriodSeconds, batch.Row(0).ToArray());
                switch (batch.Metric)
                {
                    case Metric.CPUUtilization: Curves.Fill(points, curves.Cpu, sum: false); break;
                    case Metric.NetworkIn: Curves.Fill(points, curves.NetworkIn, sum: true); break;
                    case Metric.NetworkOut: Curves.Fill(points, curves.NetworkOut, sum: true); break;
                    case Metric.CPUCreditBalance: Curves.Fill(points, curves.Credits, sum: false); break;
                    default: Add(points.Values, disk); break;
                }
            }
        }

        Curves.Fill(new Points(start, Curves.PeriodSeconds, disk), curves.Disk, sum: true);
    }

    // Instance store and EBS, reads and writes: absent in all is absent, known in one counts.
    private static void Add(float[] part, float[] onto)
    {
        for (var at = 0; at < Math.Min(part.Length, onto.Length); at++)
        {
            onto[at] = float.IsNaN(onto[at]) ? part[at] : float.IsNaN(part[at]) ? onto[at] : onto[at] + part[at];
        }
    }
}
