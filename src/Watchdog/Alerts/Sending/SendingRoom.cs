using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Watchdog.Alerts.Receivers;
using Watchdog.Webhooks;

namespace Watchdog.Alerts.Sending;

/// <summary>The registrations of the room's sending side.</summary>
public static class SendingRoom
{
    /// <summary>Adds the configured receivers, checked at start.</summary>
    public static IServiceCollection AddReceivers(this IServiceCollection services)
    {
        services.AddOptions<ReceiverSettings>()
            .Configure<IConfiguration>((settings, configuration) => configuration.GetSection(ReceiverSettings.Section).Bind(
                // Else a receiver with a value that cannot be read is left out.
                settings.Receivers, binder => binder.ErrorOnUnknownConfiguration = true)).ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<ReceiverSettings>, ReceiverSettingsValidator>());
        services.TryAddSingleton<ReceiverCatalog>();
        services.TryAddSingleton<BulletinDesk>();
        return services.AddWebhooks();
    }

    /// <summary>Adds the sending, which runs while the host does.</summary>
    public static IServiceCollection AddAlertSending(this IServiceCollection services) => services
        .AddReceivers()
        .AddSingleton<RepeatRun>()
        .AddSingleton<AckRun>()
        .AddSingleton<LifeRun>()
        .AddHostedService<SendService>();
}
