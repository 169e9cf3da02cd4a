using Watchdog.Aws;
using Watchdog.Detection;
using Watchdog.Diagnostics;
using Watchdog.Enforcement;
using Watchdog.Inventory;
using Watchdog.Ledger;
using Watchdog.Policy;
using Watchdog.Scheduling;
using Watchdog.Storage;
using Watchdog.Sweeps;
using Watchdog.Telemetry;

namespace Watchdog.Cli;

/// <summary>The composition root: one line a room, in the order of the flow.</summary>
internal static class WorkerServices
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
        .AddEnforcement()
        .AddSweeps()
        .AddSingleton(provider => new WorkerNode(provider.GetRequiredService<Node>().Name))
        .AddSingleton<EpisodeFollower>(provider => provider.GetRequiredService<CaseOpener>().ApplyAsync);

    /// <summary>The scheduler, firing the pipeline's parts.</summary>
    public static IServiceCollection AddTimetable(this IServiceCollection services, IConfiguration configuration) => services
        .AddScheduling(configuration)
        .AddSingleton(provider =>
        {
            var pipeline = provider.GetRequiredService<Pipeline>();
            return new JobBodies(
                (scope, ct) => OnScopeAsync(pipeline, scope, pipeline.InventoryAsync, ct),
                (shards, ct) => pipeline.ShardsAsync(shards, SweepDepth.Cadence, ct),
                (scope, ct) => OnScopeAsync(pipeline, scope, pipeline.ActAsync, ct));
        });

    // A job of a scope that left the configuration stays stored; it finds nothing to do.
    private static async Task OnScopeAsync<T>(Pipeline pipeline, short id, Func<Scope, CancellationToken, Task<T>> body, CancellationToken ct)
    {
        if ((await pipeline.ScopesAsync(ct)).FirstOrDefault(scope => scope.Id == id) is { } scope)
        {
            await body(scope, ct);
        }
    }
}
