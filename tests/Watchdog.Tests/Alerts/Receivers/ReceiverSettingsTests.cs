using Watchdog.Alerts.Receivers;

namespace Watchdog.Tests.Alerts.Receivers;

public sealed class ReceiverSettingsTests
{
    private const string RoutingKey = "0123456789abcdef0123456789abcdef";

    [Theory]
    [InlineData("pagerduty", null, RoutingKey, null)]
    [InlineData("pagerduty", null, "short", ":one:Secret (or SecretFile) is no routing key")]
    [InlineData("pagerduty", "ftp://x.example.com", RoutingKey, ":one:Url takes an absolute https URL")]
    [InlineData("alertmanager", "https://a.example.com https://b.example.com:9093/am", null, null)]
    [InlineData("alertmanager", null, null, ":one:Url takes every peer's address")]
    [InlineData("alertmanager", "http://a.example.com", null, ":one:Url takes every peer's address")]
    [InlineData("slack", null, "https://hooks.slack.com/services/T/B/x", null)]
    [InlineData("slack", null, null, ":one:Secret, SecretFile or Url must hold the URL")]
    [InlineData("slack", "https://user:word@hooks.slack.com/x", null, ":one: the URL must be")]
    [InlineData("ping", "https://hc-ping.com/abc", null, null)]
    [InlineData("webhook", "https://x.example.com/hook", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", null)]
    [InlineData("webhook", "https://x.example.com/hook", "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", ":one:Secret (or SecretFile) cannot sign")]
    [InlineData("pigeon", null, null, ":one:Type is 'pigeon'; it takes alertmanager, pagerduty, slack, webhook, ping.")]
    public void Settings_that_cannot_work_are_told_with_their_place_and_without_their_secret(string type, string? url, string? secret, string? wrong)
    {
        var result = Validate("one", new() { Type = type, Url = url, Secret = secret });
        Assert.Equal(wrong is null, result.Succeeded);
        Assert.Contains(wrong ?? "", result.FailureMessage ?? "", StringComparison.Ordinal);
        Assert.True(secret is null or "short" || result.FailureMessage?.Contains(secret, StringComparison.Ordinal) != true);
    }

    [Fact]
    public void All_that_is_wrong_is_told_at_once()
    {
        var result = Validate("On Call", new() { Type = "slack", TimeoutSeconds = 0, SecretFile = "/nowhere/at/all" });
        Assert.Equal(3, result.Failures!.Count());
        Assert.Contains("Alerts:Receivers:On Call:SecretFile cannot be read", result.FailureMessage, StringComparison.Ordinal);
    }

    private static Microsoft.Extensions.Options.ValidateOptionsResult Validate(string name, ReceiverOptions of)
    {
        var settings = new ReceiverSettings();
        settings.Receivers[name] = of;
        return new ReceiverSettingsValidator().Validate(null, settings);
    }
}
