using Watchdog.Diagnostics;

namespace Watchdog.Reports.Daily;

/// <summary>Looks each minute, on every worker, whether a day's report is due: the day's row keeps them apart.</summary>
public sealed class DailyService(DailyReport report, Clocks clocks, ILogger<DailyService> log) : BackgroundService
{
    private static readonly TimeSpan Period = TimeSpan.FromMinutes(1);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var failing = false;
        using var timer = new PeriodicTimer(Period, clocks.Wall);
        do
        {
            try
            {
                if (await report.RunAsync(stoppingToken) is { } day)
                {
                    Log.ReportPosted(log, DayEndpoint.Written(day));
                }

                failing = false;
            }
            catch (Exception fault) when (!stoppingToken.IsCancellationRequested)
            {
                // A report that cannot be made ends no worker, and is made up for.
                if (!failing)
                {
                    Log.ReportWaits(log, fault);
                }

                failing = true;
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }
}
