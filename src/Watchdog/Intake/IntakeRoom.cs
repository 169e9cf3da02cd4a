using Watchdog.Http;

namespace Watchdog.Intake;

/// <summary>The room's registrations: what AWS delivers by itself.</summary>
public static class IntakeRoom
{
    /// <summary>Adds the metric stream's receiver; needs the listener, the inventory, the telemetry and the clocks.</summary>
    public static IServiceCollection AddIntake(this IServiceCollection services) =>
        services.AddSingleton<StreamIntake>().AddSingleton<IEndpoints, MetricStreamEndpoint>();
}
