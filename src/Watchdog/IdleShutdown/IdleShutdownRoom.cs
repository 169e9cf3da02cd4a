using Microsoft.Extensions.Options;
using Watchdog.Detection;
using Watchdog.IdleShutdown.Savings;

namespace Watchdog.IdleShutdown;

/// <summary>The room's registrations.</summary>
public static class IdleShutdownRoom
{
    /// <summary>Adds idle stops: who is watched, judged, admitted. Needs metrics and a guest probe, the detectors' rules, the policy and the clocks.</summary>
    public static IServiceCollection AddIdleShutdown(this IServiceCollection services)
    {
        services.AddOptions<IdleShutdownOptions>().BindConfiguration(IdleShutdownOptions.Section).ValidateOnStart();
        return services
            .AddSingleton<IValidateOptions<IdleShutdownOptions>, IdleShutdownRanges>()
            .AddSingleton<IValidateOptions<IdleShutdownOptions>, IdleShutdownOptionsValidator>()
            .AddSingleton<IValidateOptions<IdleShutdownOptions>, PriceFileCheck>()
            .AddSingleton<SavingsReader>()
            // The screen sorts by the policy's limit; after Detection's own registration, this one holds.
            .AddSingleton(provider => new RestLimit((float)provider.GetRequiredService<IOptions<IdleShutdownOptions>>().Value.CpuPercent))
            .AddSingleton<IdleMetricsReader>()
            .AddSingleton<GuestLook>()
            .AddSingleton<IdleGround>()
            .AddSingleton<IdleEvaluation>()
            .AddSingleton<IdleDesk>()
            .AddSingleton<IdleAdmission>();
    }
}
