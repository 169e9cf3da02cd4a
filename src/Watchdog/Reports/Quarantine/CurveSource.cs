using Watchdog.Detection;
using Watchdog.Inventory;
using Watchdog.Telemetry;

namespace Watchdog.Reports.Quarantine;

/// <summary>Where the curves of the report come from besides the evidence.</summary>
public interface ICurveSource
{
    /// <summary>Fills in what the evidence left open.</summary>
    Task FillAsync(ReportedCase of, Curves curves, CancellationToken ct);
}

/// <summary>Nothing but the evidence: no call, no credentials.</summary>
public sealed class EvidenceOnly : ICurveSource
{
    /// <inheritdoc/>
    public Task FillAsync(ReportedCase of, Curves curves, CancellationToken ct) => Task.CompletedTask;
}

/// <summary>CloudWatch's points where the evidence has none: three metrics a case, billed. It keeps five-minute points for 63 days.</summary>
public sealed class CloudWatchCurves(IMetricSource source, ScopeCatalog scopes) : ICurveSource
{
    private static readonly Metric[] Metrics = [Metric.CPUUtilization, Metric.NetworkIn, Metric.NetworkOut];
    private IReadOnlyList<Scope>? _scopes;

    /// <inheritdoc/>
    public async Task FillAsync(ReportedCase of, Curves curves, CancellationToken ct)
    {
        _scopes ??= await scopes.LoadAsync(ct);
        // A case of a scope that left the configuration cannot be asked about: its curves stay as the evidence has them.
        if (_scopes.FirstOrDefault(scope => scope.Id == of.Case.Scope) is not { } scope)
        {
            return;
        }

        var start = curves.Cpu.Start;
        var batches = await source.ReadAsync(
            scope, [of.Case.InstanceId], Metrics, start, start.AddSeconds((double)Curves.Periods * Curves.PeriodSeconds), Curves.PeriodSeconds, ct);
        Curve[] onto = [curves.Cpu, curves.NetworkIn, curves.NetworkOut];
        for (var i = 0; i < batches.Count; i++)
        {
            using var batch = batches[i];
            var frozen = onto[i].Values.ToArray();
            Curves.Lay(new Points(batch.Start, batch.PeriodSeconds, batch.Row(0).ToArray()), onto[i], sum: i > 0);
            for (var at = 0; at < frozen.Length; at++)
            {
                onto[i].Values[at] = float.IsNaN(frozen[at]) ? onto[i].Values[at] : frozen[at];
            }
        }
    }
}
