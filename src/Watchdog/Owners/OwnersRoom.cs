using Watchdog.Http;
using Watchdog.Owners.Admission;

namespace Watchdog.Owners;

/// <summary>The room's registrations: what the provider's control plane learns about its users.</summary>
public static class OwnersRoom
{
    /// <summary>Adds the answers; needs the listener, the policy and the clocks.</summary>
    public static IServiceCollection AddOwners(this IServiceCollection services) => services
        .AddSingleton<RefusedOwners>()
        .AddSingleton<IReadModel>(provider => provider.GetRequiredService<RefusedOwners>())
        .AddSingleton<IEndpoints, AdmissionEndpoint>();
}
