using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Watchdog.Alerts;
using Watchdog.Alerts.Notifications;
using Watchdog.Alerts.Receivers;

namespace Watchdog.Tests.Alerts.Receivers;

public sealed class PayloadTests
{
    private const string Key = "0123456789abcdef0123456789abcdef";
    private static readonly string[] Kinds = ["page", "update", "acknowledge", "resolve"];

    [Fact]
    public void Whatever_a_notification_holds_every_payload_is_valid_and_within_its_limits() => Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed =>
    {
        var of = Sample.Hostile(seed);
        foreach (var kind in Kinds)
        {
            Assert.Null(Schemas.PagerDuty(PagerDutyReceiver.Body(kind, of, Key)));
            Assert.Null(Schemas.Slack(SlackMessage.Of(kind, of)));
            Assert.Null(Schemas.Webhook(WebhookReceiver.Body(kind, of)));
        }

        Assert.Null(Schemas.Alertmanager(AlertmanagerAlert.Of(of, Sample.At)));
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(60));

    [Fact]
    public void What_does_not_fit_is_counted_and_what_fits_is_whole()
    {
        var many = Sample.Of() with { Worst = [.. Enumerable.Range(0, 10).Select(i => new WorstMember($"case:{i}", $"i-{i}", "bob", new string('<', 3_000), null))] };
        var trimmed = JsonDocument.Parse(WebhookReceiver.Body("page", many)).RootElement;
        Assert.Equal(10, trimmed.GetProperty("data").GetProperty("worst").GetArrayLength());
        Assert.Equal("Left out to fit: 20000 characters.", trimmed.GetProperty("left_out").GetString());
        Assert.Contains("Left out to fit: 5 members", SlackMessage.Of("page", many), StringComparison.Ordinal);
        Assert.DoesNotContain("Left out", PagerDutyReceiver.Body("page", many, Key), StringComparison.Ordinal);
        Assert.DoesNotContain("left_out", WebhookReceiver.Body("page", Sample.Of()), StringComparison.Ordinal);
    }

    [Fact]
    public void Slack_shows_what_a_guest_wrote_and_obeys_none_of_it()
    {
        var body = SlackMessage.Of("page", Sample.Of() with { Title = "<!here> & <https://evil.example|click>", Summary = "@channel *now*" });
        Assert.Contains("&lt;!here&gt; &amp; &lt;https://evil.example|click&gt;", body, StringComparison.Ordinal);
        Assert.Contains("@\u200bchannel *now*", body, StringComparison.Ordinal);
        Assert.Contains("<https://watchdog.example.com/incidents/7|Incident>", body, StringComparison.Ordinal);
    }

    [Fact]
    public void An_alerts_labels_are_the_same_for_page_update_and_resolve_and_differ_for_a_further_page()
    {
        var page = Labels(Sample.Of());
        Assert.Equal(page, Labels(Sample.Of(NotificationKind.Update, sequence: 2) with { Size = 900, Title = "900 VMs mine", Region = null, Owners = 40, Reason = "It grew." }));
        Assert.Equal(page, Labels(Sample.Of(NotificationKind.Resolve, sequence: 3) with { Size = 900 }));
        Assert.NotEqual(page, Labels(Sample.Of(generation: 2)));
        Assert.Equal("WatchdogSloBurn", AlertmanagerAlert.NameOf(IncidentKinds.SloBurn));

        static string Labels(Notification of) => JsonDocument.Parse(AlertmanagerAlert.Of(of, Sample.At)).RootElement[0].GetProperty("labels").GetRawText();
    }

    [Fact]
    public void PagerDuty_learns_what_to_do_with_which_incident()
    {
        Assert.Equal($$"""{"routing_key":"{{Key}}","event_action":"resolve","dedup_key":"watchdog-7-1"}""", PagerDutyReceiver.Body("resolve", Sample.Of(NotificationKind.Resolve), Key));
        Assert.Contains("\"event_action\":\"acknowledge\"", PagerDutyReceiver.Body("acknowledge", Sample.Of(), Key), StringComparison.Ordinal);
        var payload = JsonDocument.Parse(PagerDutyReceiver.Body("page", Sample.Of(), Key)).RootElement;
        Assert.Equal("trigger", payload.GetProperty("event_action").GetString());
        Assert.Equal("300 now, 12 owners, US$ 41.50 an hour", payload.GetProperty("payload").GetProperty("custom_details").GetProperty("size").GetString());
        Assert.Equal("280 are isolated. It can be undone.", payload.GetProperty("payload").GetProperty("custom_details").GetProperty("done").GetString());
        Assert.Equal("and 299 others", payload.GetProperty("payload").GetProperty("custom_details").GetProperty("others").GetString());
    }
}
