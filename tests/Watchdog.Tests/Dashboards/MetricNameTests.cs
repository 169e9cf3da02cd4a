using System.Text.RegularExpressions;
using Microsoft.Extensions.Logging;
using Watchdog.Diagnostics.Instruments;
using Watchdog.Inventory;
using Watchdog.Telemetry.Streaming;
using Watchdog.Tests.Reports.Health;

namespace Watchdog.Tests.Dashboards;

/// <summary>Every metric that a board, a variable or a rule names is told by a worker: a misspelt one would only ever be absent.</summary>
public sealed partial class MetricNameTests
{
    // A demo sends no messages and is quiet.
    private static readonly string[] NotInADemo =
        ["watchdog_outbox_pending", "watchdog_outbox_oldest_age_seconds", "watchdog_notifications_total", "watchdog_log_events_total"];

    private const string OfAStream = "watchdog_stream_silence_seconds";

    [Fact]
    public async Task Every_metric_that_is_named_is_in_the_scrape_of_a_running_demo()
    {
        var named = Named().Except(NotInADemo).Except([OfAStream]).ToList();
        Assert.True(named.Count >= 20);
        await using var demo = await RunningDemo.StartAsync();
        var scrape = await demo.ScrapeAsync(text => named.All(Bases(text).Contains));
        Assert.Equal((0, ""), await Diagnostics.Exporting.Promtool.CheckAsync(scrape));
    }

    [Fact]
    public async Task The_metrics_of_messages_and_logs_are_told_by_a_worker_that_has_some()
    {
        await using var worker = await Listener.OpenAsync();
        await Given.FleetAsync(worker.Database, worker.Now);
        MessageMeters.Attempted("owners", "dead", 503);
        Warned(worker.Get<ILoggerFactory>().CreateLogger("Watchdog.Test"));
        worker.Clock.Advance(TimeSpan.FromSeconds(15));
        await Testing.Until.TrueAsync(async () => NotInADemo.All(Bases((await worker.AskAsync("/metrics")).Body).Contains));
        Assert.All(NotInADemo, name => Assert.Contains(name, Named()));
    }

    [Fact]
    public async Task The_metric_of_a_silent_stream_is_told_by_a_worker_whose_stream_has_delivered()
    {
        await using var worker = await Listener.OpenAsync(("Telemetry:Stream:Enabled", "true"), ("Telemetry:Stream:AccessKey", "0123456789abcdefghij"));
        await Given.FleetAsync(worker.Database, worker.Now);
        await worker.Database.ExecuteAsync("insert into metric_stream (scope, arrived_at, newest) values (1, $1, 0)", worker.Now - TimeSpan.FromHours(1));
        await worker.Get<StreamSilence>().LookAsync(new Scope(1, "111122223333/eu-west-1", "eu-west-1", null), default);
        Assert.Contains($"{OfAStream}{{scope=\"111122223333/eu-west-1\"}} 3600", (await worker.AskAsync("/metrics")).Body, StringComparison.Ordinal);
        Assert.Contains(OfAStream, Named());
    }

    [Fact]
    public void What_a_rule_or_a_board_takes_from_a_recording_rule_is_recorded()
    {
        var recorded = RuleFiles.Rules.Select(rule => rule.Record).Where(name => name.Length > 0).ToList();
        Assert.All(
            RuleFiles.Rules.Select(rule => rule.Expr).Concat(DashboardFolder.PromQl().Select(of => of.Expression)).SelectMany(text => RecordedName().Matches(text)).Select(match => match.Value),
            name => Assert.Contains(name, recorded));
        Assert.Equal(recorded.Count, recorded.Distinct().Count());
    }

    private static IEnumerable<string> Named()
    {
        var expressions = RuleFiles.Rules.Select(rule => rule.Expr).Concat(DashboardFolder.PromQl().Select(of => of.Expression))
            .SelectMany(text => Selected().Matches(text)).Select(match => match.Groups["name"].Value);
        var variables = DashboardFolder.Read().Values.SelectMany(board => VariableMetric().Matches(board.GetProperty("templating").GetRawText())).Select(match => match.Groups["name"].Value);
        return expressions.Concat(variables).Where(name => name != "up" && !name.Contains(':', StringComparison.Ordinal)).Distinct().Order(StringComparer.Ordinal);
    }

    // A histogram is named by its parts.
    private static HashSet<string> Bases(string scrape)
    {
        var families = RunningDemo.Families(scrape);
        return [.. families, .. families.SelectMany(name => (string[])[$"{name}_bucket", $"{name}_count", $"{name}_sum"])];
    }

    [LoggerMessage(1, LogLevel.Warning, "for the counter's sake")]
    private static partial void Warned(ILogger log);

    [GeneratedRegex(@"(?<![\w:])(?<name>[a-z_][a-z0-9_:]*)\{")]
    private static partial Regex Selected();

    [GeneratedRegex(@"label_values\((?<name>\w+)[{,]")]
    private static partial Regex VariableMetric();

    [GeneratedRegex(@"(?<![\w:])\w+:\w+:\w+")]
    private static partial Regex RecordedName();
}
