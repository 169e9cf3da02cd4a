using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Watchdog.Webhooks;

/// <summary>The room's registrations: how messages get out.</summary>
public static class WebhooksRoom
{
    /// <summary>Adds the senders and the drain; needs storage and the clocks. Two rooms may both ask for it.</summary>
    public static IServiceCollection AddWebhooks(this IServiceCollection services)
    {
        services.TryAddSingleton<OutboundHttp>();
        services.TryAddSingleton<WebhookSender>();
        services.TryAddSingleton<OutboxDrain>();
        return services;
    }
}
