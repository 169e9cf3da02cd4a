using Microsoft.Extensions.Options;
using Watchdog.Detectors.Verdicts;

namespace Watchdog.Detection;

/// <summary>Puts the room together.</summary>
public static class DetectionRoom
{
    /// <summary>Adds the looks, the verdicts and the episodes, and their settings.</summary>
    public static IServiceCollection AddDetection(this IServiceCollection services)
    {
        services.AddOptions<DetectionOptions>().BindConfiguration(DetectionOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<DetectionOptions>, DetectionOptionsValidator>();
        // The thresholds that the recorded fleets were judged with; replay uses the same.
        services.AddSingleton(new DetectorOptions());
        services.AddSingleton<ShardFacts>();
        services.AddSingleton<HealthLook>();
        services.AddSingleton<ScreenLook>();
        services.AddSingleton<Newcomers>();
        services.AddSingleton<TriageLook>();
        services.AddSingleton<NetworkLook>();
        services.AddSingleton<InspectionLook>();
        services.AddSingleton<Judging>();
        services.AddSingleton<Episodes>();
        services.AddSingleton<Departed>();
        return services;
    }
}
