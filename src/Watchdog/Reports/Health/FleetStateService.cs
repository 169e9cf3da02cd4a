using Microsoft.Extensions.Options;
using Npgsql;
using Watchdog.Diagnostics;
using Watchdog.Http;
using Watchdog.Telemetry.Spending;

namespace Watchdog.Reports.Health;

/// <summary>Reads the fleet's state, and this worker's leases, each period while the host runs.</summary>
public sealed class FleetStateService(
    FleetStates states, HeldLeases leases, SpendBook spending, Readiness readiness, StateGauges gauges, IOptions<DiagnosticsOptions> options, IOptions<HttpOptions> http, Clocks clocks, ILogger<FleetStateService> log) : BackgroundService
{
    private bool failing;

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Nobody would read them.
        if (http.Value.WhereToListen() is null && options.Value.Otlp.Endpoint is null)
        {
            return;
        }

        gauges.Register();
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(options.Value.StateSeconds), clocks.Wall);
        do
        {
            try
            {
                await states.ReadAsync(stoppingToken);
                await leases.ReadAsync(stoppingToken);
                await spending.SettleAsync(stoppingToken);
                failing = false;
            }
            catch (Exception fault) when (fault is NpgsqlException or TimeoutException or IOException)
            {
                // Told once an absence; the gauges end when what they tell is too old.
                if (!failing)
                {
                    Log.StateUnread(log, fault.Message);
                }

                failing = true;
            }

            // Answers by itself that the database is away.
            await readiness.AskAsync(stoppingToken);
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }
}
