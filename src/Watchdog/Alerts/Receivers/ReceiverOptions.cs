namespace Watchdog.Alerts.Receivers;

/// <summary>
/// One entry of section <c>Alerts:Receivers</c>, under its name: where notifications go. <c>docs/alert-receivers.md</c> says what each type does with them.
/// </summary>
public sealed class ReceiverOptions
{
    /// <summary>One of <see cref="ReceiverTypes"/>: <c>alertmanager</c>, <c>pagerduty</c>, <c>slack</c>, <c>webhook</c>, <c>ping</c>.</summary>
    public string Type { get; set; } = "";

    /// <summary>
    /// Where to, an absolute https URL. Alertmanager: every peer's base address, separated by spaces, never a load balancer's. PagerDuty: the base address of
    /// its events API; null (default) is PagerDuty's own. Slack, ping: the secret URL itself, better given by <see cref="SecretFile"/>.
    /// </summary>
    public string? Url { get; set; }

    /// <summary>
    /// What proves us. PagerDuty: the integration's routing key. Webhook: <c>whsec_…</c>, several separated by spaces while they rotate. Slack, ping: the URL.
    /// Alertmanager: the header <c>Authorization</c>, where a proxy asks for one. Better given by the environment or by <see cref="SecretFile"/>.
    /// </summary>
    public string? Secret { get; set; }

    /// <summary>A file with the secret, instead of <see cref="Secret"/>; read at start.</summary>
    public string? SecretFile { get; set; }

    /// <summary>Whether a URL may be http. Default false.</summary>
    public bool AllowHttp { get; set; }

    /// <summary>Whether a URL may lead to addresses that are not public. Default false; for an Alertmanager it always may.</summary>
    public bool AllowPrivateAddresses { get; set; }

    /// <summary>Seconds until an attempt is given up, 1 to 60; default 20.</summary>
    public int TimeoutSeconds { get; set; } = 20;

    /// <summary>Whether an Alertmanager also gets the alert <c>WatchdogHeartbeat</c> while Watchdog lives. Default true; a ping always beats, the others never.</summary>
    public bool Heartbeat { get; set; } = true;

    /// <summary>The time-out as a span.</summary>
    internal TimeSpan Timeout => TimeSpan.FromSeconds(TimeoutSeconds);

    /// <summary>The secret's text, from wherever it is; empty where there is none.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    internal string SecretText() => (string.IsNullOrWhiteSpace(SecretFile) ? Secret ?? "" : File.ReadAllText(SecretFile)).Trim();
}
