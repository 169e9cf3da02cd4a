using Watchdog.Aws;
using Watchdog.Detection;
using Watchdog.Diagnostics;
using Watchdog.Enforcement;
using Watchdog.IdleShutdown;
using Watchdog.Inventory;
using Watchdog.Ledger;
using Watchdog.Policy;
using Watchdog.Scheduling;
using Watchdog.Slo;
using Watchdog.Storage;
using Watchdog.Sweeps;
using Watchdog.Telemetry;

namespace Watchdog.Cli;

/// <summary>The composition root: one line a room, in the order of the flow.</summary>
internal static class WorkerRooms
{
    /// <summary>Everything but the scheduler: what <c>sweep</c>, <c>demo</c> and <c>cases</c> stand on.</summary>
    public static IServiceCollection AddWorker(this IServiceCollection services, IConfiguration configuration, SimulatedEndpoint? simulated = null) => services
        .AddDiagnostics(configuration)
        .AddStorage(configuration)
        .AddLedger()
        .AddAws(simulated)
        .AddInventory()
        .AddTelemetry()
        .AddDetection()
        .AddPolicy()
        .AddIdleShutdown()
        .AddEnforcement()
        .AddSlo()
        .AddSweeps();

    /// <summary>The scheduler, firing the pipeline's parts.</summary>
    public static IServiceCollection AddTimetable(this IServiceCollection services, IConfiguration configuration) => services
        .AddScheduling(configuration)
        .AddSingleton(provider =>
        {
            var pipeline = provider.GetRequiredService<Pipeline>();
            return new JobBodies(pipeline.InventoryAsync, pipeline.ShardsAsync, pipeline.ActuatorAsync, pipeline.SealAsync, pipeline.SloAsync, pipeline.IdleAsync,
                pipeline.SchedulesAsync);
        });
}
