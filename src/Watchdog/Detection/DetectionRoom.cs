using Microsoft.Extensions.DependencyInjection.Extensions;
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
        // Replay uses the same thresholds.
        services.AddSingleton(provider => DetectorRules.Read(provider.GetRequiredService<IConfiguration>()));
        services.TryAddSingleton(provider => new RestLimit(provider.GetRequiredService<DetectorOptions>().Idle.CpuPercent, Resting.Longest));
        services.AddSingleton<IndicatorSource>();
        services.AddSingleton<ShardFacts>();
        services.AddSingleton<HealthLook>();
        services.AddSingleton<ScreenLook>();
        services.AddSingleton<Newcomers>();
        services.AddSingleton<TriageLook>();
        services.AddSingleton<Cohorts>();
        services.AddSingleton<NetworkLook>();
        services.AddSingleton<InspectionLook>();
        services.AddSingleton<Judging>();
        services.AddSingleton<Episodes>();
        services.AddSingleton<Departed>();
        return services;
    }
}
