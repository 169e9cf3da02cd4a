using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Watchdog.Http;
using Watchdog.IdleShutdown.Warnings;
using Watchdog.Owners.Admission;
using Watchdog.Owners.Appeals;
using Watchdog.Owners.Holds;
using Watchdog.Owners.Notices;
using Watchdog.Owners.Warnings;
using Watchdog.Webhooks;

namespace Watchdog.Owners;

/// <summary>The room's registrations: what the provider's control plane learns about its users.</summary>
public static class OwnersRoom
{
    /// <summary>Adds the answers; needs the listener, the policy and the clocks.</summary>
    public static IServiceCollection AddOwners(this IServiceCollection services) => services
        .AddSingleton<RefusedOwners>()
        .AddSingleton<IReadModel>(provider => provider.GetRequiredService<RefusedOwners>())
        .AddSingleton<IEndpoints, AdmissionEndpoint>()
        .AddHolds()
        .AddSingleton<HoldPage>()
        .AddSingleton<IEndpoints, HoldEndpoint>()
        .AddAppeals();

    /// <summary>Adds the desk that places holds, with its bounds and links; needs the clocks.</summary>
    public static IServiceCollection AddHolds(this IServiceCollection services)
    {
        services.AddOptions<HoldOptions>().BindConfiguration(HoldOptions.Section).ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<HoldOptions>, HoldOptionsValidator>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<HoldOptions>, HoldLinkValidator>());
        services.TryAddSingleton<HoldDesk>();
        return services;
    }

    /// <summary>Adds the desk that takes owners' objections, and its page; needs the holds, whose base URL and secrets its links share.</summary>
    private static IServiceCollection AddAppeals(this IServiceCollection services)
    {
        services.AddOptions<AppealOptions>().BindConfiguration(AppealOptions.Section).ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<AppealOptions>, AppealOptionsValidator>());
        return services.AddSingleton<AppealDesk>().AddSingleton<AppealPage>().AddSingleton<IEndpoints, AppealEndpoint>();
    }

    /// <summary>Adds whether the control plane is told of warnings, by whoever sends notices. After the room of idle stops' own registration, this one holds.</summary>
    public static IServiceCollection AddWarningReceiver(this IServiceCollection services)
    {
        services.AddOptions<NoticeOptions>().BindConfiguration(NoticeOptions.Section).ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<NoticeOptions>, NoticeOptionsValidator>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<NoticeOptions>, NoticeTargetValidator>());
        return services.AddSingleton(provider => new WarningReceiver(!string.IsNullOrWhiteSpace(provider.GetRequiredService<IOptions<NoticeOptions>>().Value.Url)));
    }

    /// <summary>Adds the notices, which are sent while the host runs and only where a URL is configured.</summary>
    public static IServiceCollection AddNotices(this IServiceCollection services) => services
        .AddWebhooks()
        .AddHolds()
        .AddSingleton<WarningNotices>()
        .AddWarningReceiver()
        .AddSingleton<NoticePump>()
        .AddSingleton<NoticeService>()
        .AddHostedService(provider => provider.GetRequiredService<NoticeService>());
}
