using Microsoft.Extensions.Options;
using Watchdog.Alerts.Receivers;
using Watchdog.Alerts.Sending;
using Watchdog.Diagnostics;
using Watchdog.Webhooks;

namespace Watchdog.Tests.Alerts.Receivers;

/// <summary>Receivers over real HTTP, as the configuration would make them.</summary>
internal sealed class Rig : IDisposable
{
    private readonly OutboundHttp http = new();

    private Rig(Clocks clocks, ReceiverSettings settings) => Catalog = new ReceiverCatalog(Options.Create(settings), http, new WebhookSender(http), clocks);

    public ReceiverCatalog Catalog { get; }

    public static Rig Of(Clocks clocks, params (string Name, string Type, string Url)[] receivers) => Of(clocks, 60, receivers);

    public static Rig Of(Clocks clocks, int timeoutSeconds, params (string Name, string Type, string Url)[] receivers)
    {
        var settings = new ReceiverSettings();
        foreach (var (name, type, url) in receivers)
        {
            settings.Receivers[name] = OptionsOf(type, url, timeoutSeconds);
        }

        Assert.Null(new ReceiverSettingsValidator().Validate(null, settings).FailureMessage);
        return new(clocks, settings);
    }

    public static ReceiverOptions OptionsOf(string type, string url, int timeoutSeconds) => new()
    {
        Type = type, Url = url, AllowHttp = true, AllowPrivateAddresses = true, TimeoutSeconds = timeoutSeconds,
        Secret = type switch { "pagerduty" => StandIn.RoutingKey, "webhook" => StandIn.SigningSecret, _ => null },
    };

    public OutboxChannel Channel(string name) =>
        AlertChannels.Of(name, Catalog.Receivers.FirstOrDefault(one => one.Name == name), Catalog.Pulses.GetValueOrDefault(name));

    public void Dispose() => http.Dispose();
}
