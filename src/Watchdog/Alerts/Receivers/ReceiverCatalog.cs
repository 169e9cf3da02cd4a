using Microsoft.Extensions.Options;
using Watchdog.Diagnostics;
using Watchdog.Webhooks;

namespace Watchdog.Alerts.Receivers;

/// <summary>The configured receivers, made once; secrets are read then.</summary>
public sealed class ReceiverCatalog(IOptions<ReceiverSettings> settings, OutboundHttp http, WebhookSender sender, Clocks clocks)
{
    /// <summary>Those that are told of incidents.</summary>
    public IReadOnlyList<IReceiver> Receivers { get; } = [.. settings.Value.Receivers.OrderBy(one => one.Key, StringComparer.Ordinal)
        .Select(one => Create(one.Key, one.Value, http, sender, clocks)).OfType<IReceiver>()];

    /// <summary>Those that are told that Watchdog lives, by name.</summary>
    public IReadOnlyDictionary<string, IPulse> Pulses { get; } = settings.Value.Receivers
        .Where(one => one.Value.Type == ReceiverTypes.Ping || one.Value.Type == ReceiverTypes.Alertmanager && one.Value.Heartbeat)
        .ToDictionary(one => one.Key, one => (IPulse)Create(one.Key, one.Value, http, sender, clocks));

    private static object Create(string name, ReceiverOptions options, OutboundHttp http, WebhookSender sender, Clocks clocks) => options.Type switch
    {
        ReceiverTypes.Alertmanager => new AlertmanagerReceiver(name, options, http, clocks),
        ReceiverTypes.PagerDuty => new PagerDutyReceiver(name, options, http, clocks),
        ReceiverTypes.Slack => new SlackReceiver(name, options, http, clocks),
        ReceiverTypes.Webhook => new WebhookReceiver(name, options, sender, clocks),
        _ => new PingReceiver(options, http, clocks),
    };
}
