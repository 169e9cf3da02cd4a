using Watchdog.Alerts.Conditions;
using Watchdog.Http;

namespace Watchdog.Reports.Health;

/// <summary>The registrations of what the worker tells about itself.</summary>
public static class HealthRoom
{
    /// <summary>Adds the answers to "ready?"; needs storage, inventory and the listener.</summary>
    public static IServiceCollection AddHealth(this IServiceCollection services) => services
        .AddSingleton<Readiness>()
        .AddSingleton<FleetStates>()
        .AddSingleton<HeldLeases>()
        .AddSingleton<StateGauges>()
        .AddSingleton<HealthReads>()
        .AddSingleton<IConditionSource, CoverageConditions>()
        .AddSingleton<IEndpoints, HealthEndpoint>()
        .AddHostedService<FleetStateService>()
        .AddSingleton<IEndpoints, ReadinessEndpoint>();
}
