using Microsoft.Extensions.Options;
using Npgsql;
using Watchdog.Diagnostics;
using Watchdog.Slo.Objectives;

namespace Watchdog.Slo.Alarms;

/// <summary>Reads what the gauges tell, each half minute of wall time while the host runs.</summary>
public sealed class SloGaugeService(SloGauges gauges, NpgsqlDataSource database, IOptions<SloOptions> options, Clocks clocks, ILogger<SloGaugeService> log)
    : BackgroundService
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(30);
    private bool failing;

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        gauges.Register();
        using var timer = new PeriodicTimer(Period, clocks.Wall);
        do
        {
            try
            {
                gauges.Tell(await SloFigures.ReadAsync(database, stoppingToken), ObjectiveList.Of(options.Value.Objectives));
                failing = false;
            }
            catch (Exception fault) when (fault is NpgsqlException or TimeoutException or IOException)
            {
                // Told once an absence. The gauges keep their last figures: the watermark's instant says how old those are.
                if (!failing)
                {
                    Log.FiguresUnread(log, fault.Message);
                }

                failing = true;
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }
}
