using Microsoft.Extensions.Options;

namespace Watchdog.Telemetry;

/// <summary>Puts the room together.</summary>
public static class TelemetryRoom
{
    /// <summary>Adds the room's settings; its ports' implementations come with <c>AddAws</c>.</summary>
    public static IServiceCollection AddTelemetry(this IServiceCollection services)
    {
        services.AddOptions<TelemetryOptions>().BindConfiguration(TelemetryOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<TelemetryOptions>, TelemetryOptionsValidator>();
        return services;
    }
}
