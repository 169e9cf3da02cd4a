using Microsoft.Extensions.Options;
using Watchdog.Telemetry.Agents;

namespace Watchdog.Telemetry;

/// <summary>Puts the room together.</summary>
public static class TelemetryRoom
{
    /// <summary>Adds the room's settings and the look at agents; its ports' implementations come with <c>AddAws</c>.</summary>
    public static IServiceCollection AddTelemetry(this IServiceCollection services)
    {
        services.AddOptions<TelemetryOptions>().BindConfiguration(TelemetryOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<TelemetryOptions>, TelemetryOptionsValidator>();
        services.AddSingleton<AgentSweep>();
        return services;
    }
}
