using Microsoft.Extensions.Options;

namespace Watchdog.Enforcement;

/// <summary>The room's registrations.</summary>
public static class EnforcementRoom
{
    /// <summary>Adds the actuator's run; needs an <see cref="IActuator"/>, the ledger, the policy and the clocks.</summary>
    public static IServiceCollection AddEnforcement(this IServiceCollection services)
    {
        services.AddOptions<EnforcementOptions>().BindConfiguration(EnforcementOptions.Section).ValidateOnStart();
        return services
            .AddSingleton<IValidateOptions<EnforcementOptions>, EnforcementOptionsValidator>()
            .AddSingleton<ActPlanner>()
            .AddSingleton<StepRunner>()
            .AddSingleton<ActExecutor>()
            .AddSingleton<RequestDesk>()
            .AddSingleton<ActuatorRun>();
    }
}

/// <summary>Checks the section's ranges, all at once.</summary>
[OptionsValidator]
public sealed partial class EnforcementOptionsValidator : IValidateOptions<EnforcementOptions>;
