using Microsoft.Extensions.Options;
using Watchdog.IdleShutdown.Warnings;
using Watchdog.IdleShutdown.Savings;
using Watchdog.IdleShutdown.Schedules;

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
            .AddSingleton<IdlePolicies>()
            // The screen sorts out who rests by no policy at all; after Detection's own registration, this one holds.
            .AddSingleton(provider => provider.GetRequiredService<IdlePolicies>().Widest)
            .AddSingleton<IdleMetricsReader>()
            .AddSingleton<GuestLook>()
            .AddSingleton<IdleGround>()
            .AddSingleton<IdleEvaluation>()
            .AddSingleton<Waves>()
            .AddSingleton<ScheduleRun>()
            .AddSingleton<Agenda>()
            .AddSingleton<IdleDesk>()
            .AddSingleton(new WarningReceiver(false))
            .AddSingleton<WarningDesk>()
            .AddSingleton<IdleAdmission>();
    }
}
