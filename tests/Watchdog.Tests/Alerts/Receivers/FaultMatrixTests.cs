using System.Globalization;
using Microsoft.AspNetCore.Http;
using Watchdog.Alerts.Notifications;
using Watchdog.Alerts.Receivers;
using Watchdog.Diagnostics;
using Watchdog.Webhooks;
using Xunit.Abstractions;

namespace Watchdog.Tests.Alerts.Receivers;

/// <summary>Every receiver against every failure; the outcomes are the table of docs/alert-receivers.md.</summary>
public sealed class FaultMatrixTests(ITestOutputHelper output)
{
    private static readonly (string Name, Func<HttpContext, Task>? Instead)[] Failures =
    [
        ("none", null),
        ("down: nothing listens", null),
        ("slow: no answer within the time-out", context => Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.RequestAborted)),
        ("redirects (302)", context => Answer(context, 302, "", ("Location", "http://127.0.0.1:1/"))),
        ("200 with an error in it", context => Answer(context, 200, "OK (not found)")),
        ("400", context => Answer(context, 400, "invalid event")),
        ("404", context => Answer(context, 404, "no_service")),
        ("410", context => Answer(context, 410, "channel_is_archived")),
        ("429, Retry-After 90 s", context => Answer(context, 429, "", ("Retry-After", "90"))),
        ("500", context => Answer(context, 500, "")),
        ("TLS that does not verify", null),
        ("reads, then drops the connection", context =>
        {
            context.Abort();
            return Task.CompletedTask;
        }),
    ];

    [Fact]
    public async Task The_outcome_of_each_failure_at_each_receiver_is_the_one_that_is_documented()
    {
        var columns = await Task.WhenAll(ReceiverTypes.All.Select(ColumnAsync));
        var table = string.Join('\n', Failures.Index().Select(row => $"| {row.Item.Name} | {string.Join(" | ", columns.Select(column => column[row.Index]))} |"));
        output.WriteLine(table);
        var page = await File.ReadAllTextAsync(Path.Combine(Dashboards.DashboardFolder.Root, "docs", "alert-receivers.md"));
        Assert.True(page.Contains(table, StringComparison.Ordinal), $"docs/alert-receivers.md has another table than this one:\n{table}");
    }

    [Fact]
    public async Task An_answer_that_repeats_our_secret_is_kept_without_it()
    {
        await using var standIn = await StandIn.OpenAsync("pagerduty");
        standIn.Instead = context => Answer(context, 400, $"no integration with the key {StandIn.RoutingKey}");
        using var rig = Rig.Of(Clocks.Real, ("one", "pagerduty", standIn.Url.ToString()));
        var answer = await rig.Catalog.Receivers[0].SendAsync("page", Sample.Of(), null, default);
        Assert.Equal("HTTP 400: no integration with the key [redacted]", answer.Detail);
    }

    [Fact]
    public async Task One_peer_of_an_alertmanager_is_enough_and_the_other_is_named()
    {
        await using var standIn = await StandIn.OpenAsync("alertmanager");
        var dead = $"127.0.0.1:{Dashboards.RunningDemo.FreePort()}";
        using var rig = Rig.Of(Clocks.Real, ("am", "alertmanager", $"{standIn.Url} http://{dead}"));
        var answer = await rig.Catalog.Receivers[0].SendAsync("page", Sample.Of(), null, default);
        Assert.Equal((200, $"HTTP 200 of 1; not of {dead}: Connection refused"), (answer.Status, answer.Detail));
        Assert.Single(standIn.Got);
    }

    private static async Task<string[]> ColumnAsync(string type)
    {
        List<string> cells = [];
        foreach (var (name, instead) in Failures)
        {
            var tls = name.StartsWith("TLS", StringComparison.Ordinal);
            await using var standIn = await StandIn.OpenAsync(type, tls);
            standIn.Instead = instead;
            var url = name.StartsWith("down", StringComparison.Ordinal) ? $"http://127.0.0.1:{Dashboards.RunningDemo.FreePort()}" : standIn.Url.ToString();
            using var rig = Rig.Of(Clocks.Real, name.StartsWith("slow", StringComparison.Ordinal) ? 1 : 60, ("one", type, url));
            var channel = rig.Channel("one");
            var beat = type == ReceiverTypes.Ping;
            var message = new OutboxMessage(
                1, channel.Name, "m", "incident:7", beat ? OutboxMessage.Beat : "page", beat ? "alive" : NotificationJson.Write(Sample.Of()), Sample.At, Sample.At, 0, "waiting", null, null, null);
            var answer = await channel.SendAsync(message, null, default);
            Assert.Empty(standIn.Wrong);
            cells.Add(Cell(answer, channel.After(answer, 1, 0)));
        }

        return [.. cells];
    }

    private static string Cell(WebhookAnswer answer, (Delivery Next, TimeSpan Wait) after) => after.Next switch
    {
        Delivery.Sent => "taken",
        Delivery.Again => string.Create(CultureInfo.InvariantCulture, $"again after {after.Wait.TotalSeconds:0} s{(answer.Status == 0 ? ", no answer" : "")}"),
        Delivery.Dead => "dead at once",
        _ => "closed",
    };

    private static Task Answer(HttpContext context, int status, string body, params (string Name, string Value)[] headers)
    {
        foreach (var (name, value) in headers)
        {
            context.Response.Headers[name] = value;
        }

        context.Response.StatusCode = status;
        return context.Response.WriteAsync(body);
    }
}
