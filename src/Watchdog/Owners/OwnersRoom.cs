using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Watchdog.Http;
using Watchdog.Owners.Admission;
using Watchdog.Owners.Notices;
using Watchdog.Webhooks;

namespace Watchdog.Owners;

/// <summary>The room's registrations: what the provider's control plane learns about its users.</summary>
public static class OwnersRoom
{
    /// <summary>Adds the answers; needs the listener, the policy and the clocks.</summary>
    public static IServiceCollection AddOwners(this IServiceCollection services) => services
        .AddSingleton<RefusedOwners>()
        .AddSingleton<IReadModel>(provider => provider.GetRequiredService<RefusedOwners>())
        .AddSingleton<IEndpoints, AdmissionEndpoint>();

    /// <summary>Adds the notices, which are sent while the host runs and only where a URL is configured.</summary>
    public static IServiceCollection AddNotices(this IServiceCollection services)
    {
        services.AddOptions<NoticeOptions>().BindConfiguration(NoticeOptions.Section).ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<NoticeOptions>, NoticeOptionsValidator>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<NoticeOptions>, NoticeTargetValidator>());
        return services
            .AddWebhooks()
            .AddSingleton<NoticePump>()
            .AddSingleton<NoticeService>()
            .AddHostedService(provider => provider.GetRequiredService<NoticeService>());
    }
}
