using System.CommandLine;
using Watchdog.Alerts;
using Watchdog.Alerts.Notifications;
using Watchdog.Alerts.Receivers;
using Watchdog.Alerts.Sending;
using Watchdog.Cli.Cases;
using Watchdog.Diagnostics;
using Watchdog.Webhooks;

namespace Watchdog.Cli.Alerts;

/// <summary><c>watchdog alerts test RECEIVER</c>: one notification, now, and what came of it.</summary>
internal static class TestReceiverCommand
{
    public static Command Create()
    {
        var receiver = new Argument<string>("RECEIVER") { Description = "The receiver's name." };
        var resolve = new Option<bool>("--resolve") { Description = "Say that the test is over, instead of opening it." };
        var severity = new Option<Severity>("--severity") { Description = "info, warning, error or critical, which wakes people.", HelpName = "SEVERITY" };
        var command = new Command("test", "Send one test notification (or one sign of life, where the receiver is told of nothing else) now, and say what the receiver answered.")
        {
            receiver, resolve, severity,
        };
        command.SetAction((parse, ct) => LedgerHost.RunAsync(parse, async services =>
        {
            var catalog = services.GetRequiredService<ReceiverCatalog>();
            var name = parse.GetRequiredValue(receiver);
            var at = services.GetRequiredService<Clocks>().Wall.GetUtcNow();
            var answer = catalog.Receivers.FirstOrDefault(one => one.Name == name) is { } told
                ? await SendAsync(told, NotificationOf(at, parse.GetValue(resolve), parse.GetValue(severity)), ct)
                : catalog.Pulses.TryGetValue(name, out var pulse)
                    ? Judge(await pulse.BeatAsync(at, "A test of Watchdog's signs of life.", ct), pulse.After)
                    : throw new UsageException($"{ReceiverSettings.Section} has no '{name}'; it has: {Names(catalog)}.");
            await parse.InvocationConfiguration.Output.WriteLineAsync(Screen.Plain(answer.Detail));
            return answer.Taken ? ExitCodes.Ok : ExitCodes.NotHealthy;
        }, ct, more => more.AddReceivers()));
        return command;
    }

    private static async Task<(bool Taken, string Detail)> SendAsync(IReceiver receiver, Notification notification, CancellationToken ct) => Judge(
        await receiver.SendAsync(notification.Kind == NotificationKind.Resolve ? "resolve" : "page", notification, Spans.Traceparent, ct), receiver.After);

    private static (bool Taken, string Detail) Judge(WebhookAnswer answer, Func<WebhookAnswer, int, double, (Delivery Next, TimeSpan Wait)> after) =>
        after(answer, 1, 0).Next is var next && next == Delivery.Sent ? (true, answer.Detail)
            : (false, $"{answer.Detail} (it would {next switch { Delivery.Again => "be tried again", Delivery.Closed => "close the receiver", _ => "be given up" }})");

    private static string Names(ReceiverCatalog catalog) =>
        string.Join(", ", catalog.Receivers.Select(one => one.Name).Concat(catalog.Pulses.Keys).Distinct().Order(StringComparer.Ordinal).DefaultIfEmpty("none"));

    private static Notification NotificationOf(DateTimeOffset at, bool over, Severity severity) => new(
        0, 1, over ? 2 : 1, over ? NotificationKind.Resolve : NotificationKind.Page, new("test", "test", IncidentKey.Cluster), severity, null, false,
        "A test of Watchdog's alerts", "Somebody ran `watchdog alerts test`. Nothing is wrong.", at, at, at, over ? at : null, 1, 0, null, "A person asked for it.",
        [], [], [], [], [], null, "Nothing; end it with `watchdog alerts test RECEIVER --resolve`.", false, new(null, null, null, null, null, null));
}
