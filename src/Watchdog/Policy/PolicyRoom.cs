using Microsoft.Extensions.Options;

namespace Watchdog.Policy;

/// <summary>The room's registrations.</summary>
public static class PolicyRoom
{
    /// <summary>Adds the policy; its options are checked at start.</summary>
    public static IServiceCollection AddPolicy(this IServiceCollection services)
    {
        services.AddOptions<PolicyOptions>().BindConfiguration(PolicyOptions.Section).ValidateOnStart();
        return services
            .AddSingleton<IValidateOptions<PolicyOptions>, PolicyOptionsValidator>()
            .AddSingleton<CaseOpener>()
            .AddSingleton<Admission>();
    }
}
