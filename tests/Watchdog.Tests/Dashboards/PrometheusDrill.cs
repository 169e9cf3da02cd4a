using System.Text.Json;

namespace Watchdog.Tests.Dashboards;

/// <summary>Debian's Prometheus, with these rules, scrapes a running demo over loopback.</summary>
public sealed class PrometheusDrill
{
    private static readonly HttpClient Http = new();

    [Fact]
    [Trait("Category", "Drill")]
    public async Task A_real_prometheus_scrapes_a_running_demo_evaluates_the_rules_and_answers()
    {
        await using var demo = await RunningDemo.StartAsync();
        await demo.ScrapeAsync(text => RunningDemo.Families(text).Contains("watchdog_coverage_ratio"));
        var folder = Directory.CreateTempSubdirectory("watchdog-prometheus-");
        var address = $"127.0.0.1:{RunningDemo.FreePort()}";
        var example = await File.ReadAllTextAsync(Path.Combine(DashboardFolder.Prometheus, "prometheus.yml"));
        var configuration = example.Replace("127.0.0.1:9464", demo.Address, StringComparison.Ordinal).Replace("_interval: 15s", "_interval: 1s", StringComparison.Ordinal);
        Assert.NotEqual(example, configuration);
        foreach (var path in RuleFiles.Paths)
        {
            // Recorded each second too, so that nobody waits for half a minute.
            await File.WriteAllTextAsync(Path.Combine(folder.FullName, Path.GetFileName(path)), (await File.ReadAllTextAsync(path)).Replace("interval: 30s", "interval: 1s", StringComparison.Ordinal));
        }

        await File.WriteAllTextAsync(Path.Combine(folder.FullName, "prometheus.yml"), configuration);
        await using (var prometheus = Child.Start("prometheus",
            [$"--config.file={folder.FullName}/prometheus.yml", $"--storage.tsdb.path={folder.FullName}/data", $"--web.listen-address={address}", "--log.level=warn"]))
        {
            await AnswersAsync(address, "sum(watchdog_vms{job=\"watchdog\"})", value => value == 300, prometheus);
            await AnswersAsync(address, "job:watchdog_up:count", value => value == 1, prometheus);
            await AnswersAsync(address, "job_region:watchdog_coverage:ratio", value => value > 0.5, prometheus);
            await AnswersAsync(address, "ALERTS{alertname=\"WatchdogHeartbeat\",alertstate=\"firing\"}", value => value == 1, prometheus);
            await AnswersAsync(address, "count(ALERTS{alertname=~\"WatchdogWorkerAbsent|WatchdogDatabaseAway|WatchdogBrakeOn|WatchdogNotReady\"}) or vector(0)", value => value == 0, prometheus);

            using var rules = JsonDocument.Parse(await Http.GetStringAsync(new Uri($"http://{address}/api/v1/rules")));
            var loaded = rules.RootElement.GetProperty("data").GetProperty("groups").EnumerateArray().SelectMany(group => group.GetProperty("rules").EnumerateArray()).ToList();
            Assert.Equal(RuleFiles.Rules.Count, loaded.Count);
            Assert.All(loaded, rule => Assert.Contains(rule.Text("health"), (string[])["ok", "unknown"]));

            foreach (var (where, expression) in DashboardFolder.PromQl())
            {
                using var answer = await Http.GetAsync(Query(address, GrafanaText.PromQl(expression)));
                Assert.True(answer.IsSuccessStatusCode, $"{where}: {await answer.Content.ReadAsStringAsync()}");
            }
        }

        folder.Delete(recursive: true);
    }

    private static async Task AnswersAsync(string address, string query, Func<double, bool> right, Child prometheus)
    {
        var since = TimeProvider.System.GetTimestamp();
        var last = "nothing";
        while (TimeProvider.System.GetElapsedTime(since) < TimeSpan.FromSeconds(60))
        {
            try
            {
                last = await Http.GetStringAsync(Query(address, query));
                using var answer = JsonDocument.Parse(last);
                if (answer.RootElement.GetProperty("data").GetProperty("result") is { ValueKind: JsonValueKind.Array } result && result.GetArrayLength() > 0
                    && right(double.Parse(result[0].GetProperty("value")[1].GetString()!, System.Globalization.CultureInfo.InvariantCulture)))
                {
                    return;
                }
            }
            catch (HttpRequestException)
            {
                // It does not listen yet.
            }

            await Task.Delay(TimeSpan.FromMilliseconds(250), TimeProvider.System);
        }

        Assert.Fail($"{query} is not as expected after a minute; it is {last}. Prometheus said: {prometheus.Said}");
    }

    private static Uri Query(string address, string query) => new($"http://{address}/api/v1/query?query={Uri.EscapeDataString(query)}");
}
