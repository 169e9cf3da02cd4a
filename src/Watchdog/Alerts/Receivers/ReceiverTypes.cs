namespace Watchdog.Alerts.Receivers;

/// <summary>The types of receiver, as the configuration names them.</summary>
public static class ReceiverTypes
{
    /// <summary>Prometheus Alertmanager, API v2.</summary>
    public const string Alertmanager = "alertmanager";
    /// <summary>PagerDuty, Events API v2.</summary>
    public const string PagerDuty = "pagerduty";
    /// <summary>A Slack incoming webhook.</summary>
    public const string Slack = "slack";
    /// <summary>Any program that takes Standard Webhooks.</summary>
    public const string Webhook = "webhook";
    /// <summary>A dead man's switch: is told of no incident, only that Watchdog lives.</summary>
    public const string Ping = "ping";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } = [Alertmanager, PagerDuty, Slack, Webhook, Ping];
}
