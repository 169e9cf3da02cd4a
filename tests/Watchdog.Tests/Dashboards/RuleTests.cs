using System.Text.RegularExpressions;

namespace Watchdog.Tests.Dashboards;

/// <summary>The recording and alert rules, by Prometheus's own checker and by enumeration, so that no new one is forgotten.</summary>
public sealed partial class RuleTests
{
    public static TheoryData<string> AlertNames => [.. RuleFiles.Alerts.Select(rule => rule.Alert).Distinct()];

    [Fact]
    public async Task Promtool_takes_the_rules_and_the_example_configuration()
    {
        (await Promtool.RunAsync(["check", "rules", "--lint=all", "--lint-fatal", .. RuleFiles.Paths])).With(0);
        (await Promtool.RunAsync("check", "config", Path.Combine(DashboardFolder.Prometheus, "prometheus.yml"))).With(0);
    }

    [Fact]
    public async Task The_unit_tests_of_the_rules_hold() => (await Promtool.RunAsync(["test", "rules", .. RuleFiles.TestPaths])).With(0);

    [Fact]
    public void Every_alert_rule_is_seen_firing_and_seen_resolved_afterwards() => Assert.All(
        RuleFiles.Alerts.Where(rule => rule.Labels["severity"] != "none"),
        rule => Assert.True(RuleFiles.Tests.Any(test => FiresAndResolves(test, rule)), $"No unit test sees {rule} fire and, later on, resolve."));

    [Fact]
    public void The_heartbeat_alone_never_resolves()
    {
        var heartbeat = Assert.Single(RuleFiles.Alerts, rule => rule.Labels["severity"] == "none");
        Assert.Equal(("WatchdogHeartbeat", "vector(1)"), (heartbeat.Alert, heartbeat.Expr));
        var looks = RuleFiles.Tests.SelectMany(test => test.AlertRuleTest).Where(look => look.Alertname == heartbeat.Alert).ToList();
        Assert.True(looks.Count >= 2);
        Assert.All(looks, look => Assert.True(look.Sees(heartbeat)));
    }

    [Fact]
    public void Every_alert_says_how_bad_it_is_what_it_is_with_its_numbers_and_where_to_look() => Assert.All(RuleFiles.Alerts, rule =>
    {
        Assert.StartsWith("Watchdog", rule.Alert, StringComparison.Ordinal);
        Assert.Contains(rule.Labels["severity"], (string[])["critical", "warning", "none"]);
        Assert.Equal(["dashboard_url", "description", "runbook_url", "summary"], rule.Annotations.Keys.Order(StringComparer.Ordinal));
        Assert.DoesNotContain("{{", rule.Annotations["summary"], StringComparison.Ordinal);
        Assert.Equal($"https://runbooks.example.com/{rule.Alert}.md", rule.Annotations["runbook_url"]);
        var board = Board().Match(rule.Annotations["dashboard_url"]);
        Assert.True(board.Success && DashboardFolder.Read().Values.Any(one => one.Text("uid") == board.Groups["uid"].Value), rule.ToString());
    });

    [Theory]
    [MemberData(nameof(AlertNames))]
    public void An_alert_has_a_runbook_of_the_common_shape(string alert)
    {
        var path = Path.Combine(DashboardFolder.Runbooks, $"{alert}.md");
        Assert.True(File.Exists(path), $"docs/runbooks/{alert}.md is missing.");
        var text = File.ReadAllText(path);
        Assert.StartsWith($"# {alert}\n", text, StringComparison.Ordinal);
        string[] parts = ["**What it means.**", "**Why it matters.**", "**Look first**", "**Mend.**", "**Silence.**", "**Escalate.**"];
        Assert.Equal(parts, parts.OrderBy(part => text.IndexOf(part, StringComparison.Ordinal)));
        Assert.All(parts, part => Assert.Contains(part, text, StringComparison.Ordinal));
        Assert.All(["\n1. ", "\n2. ", "\n3. "], step => Assert.Contains(step, text, StringComparison.Ordinal));
    }

    [Fact]
    public void No_runbook_is_of_an_alert_that_is_gone() => Assert.Empty(
        Directory.EnumerateFiles(DashboardFolder.Runbooks, "Watchdog*.md").Select(path => Path.GetFileNameWithoutExtension(path))
            .Except(RuleFiles.Alerts.Select(rule => rule.Alert)));

    [Fact]
    public async Task Prometheus_takes_every_expression_of_the_boards()
    {
        var expressions = DashboardFolder.PromQl().ToList();
        Assert.True(expressions.Count >= 25);
        // JSON is YAML.
        var file = Path.Combine(Directory.CreateTempSubdirectory("watchdog-boards-").FullName, "boards.yaml");
        await File.WriteAllTextAsync(file, System.Text.Json.JsonSerializer.Serialize(new
        {
            groups = new[] { new { name = "boards", rules = expressions.Select((of, at) => new { record = $"board:panel_{at}", expr = GrafanaText.PromQl(of.Expression), labels = new { of = of.Where } }) } },
        }));
        (await Promtool.RunAsync("check", "rules", file)).With(0);
        Directory.Delete(Path.GetDirectoryName(file)!, recursive: true);
    }

    private static bool FiresAndResolves(RuleFiles.RuleTest test, RuleFiles.Rule rule)
    {
        var looks = test.AlertRuleTest.Where(look => look.Alertname == rule.Alert).OrderBy(look => Minutes(look.EvalTime)).ToList();
        var fired = looks.FindIndex(look => look.Sees(rule));
        return fired >= 0 && looks.FindIndex(fired, look => !look.Sees(rule)) > fired;
    }

    private static int Minutes(string time) =>
        Time().Matches(time).Sum(part => int.Parse(part.Groups["count"].Value, System.Globalization.CultureInfo.InvariantCulture) * (part.Groups["unit"].Value switch { "d" => 1440, "h" => 60, _ => 1 }));

    [GeneratedRegex(@"^https://grafana\.example\.com/d/(?<uid>[\w-]+)$")]
    private static partial Regex Board();

    [GeneratedRegex("(?<count>[0-9]+)(?<unit>[mhd])")]
    private static partial Regex Time();
}
