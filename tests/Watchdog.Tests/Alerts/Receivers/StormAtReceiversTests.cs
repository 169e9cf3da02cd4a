using System.Text.Json;
using System.Text.RegularExpressions;
using Watchdog.Diagnostics;
using Watchdog.Storage;
using Watchdog.Webhooks;

namespace Watchdog.Tests.Alerts.Receivers;

/// <summary>A storm as each receiver hears it, over real HTTP: few pages, and in the end the state that is.</summary>
public sealed partial class StormAtReceiversTests
{
    private const int Vms = 20_000;
    private static readonly string[] Types = ["alertmanager", "pagerduty", "slack", "webhook"];

    [Fact]
    public async Task Twenty_thousand_findings_in_a_minute_are_at_most_three_pages_at_every_receiver_and_each_hears_how_it_stands_last()
    {
        await using var desk = await AlertDesk.OpenAsync();
        await desk.Database.ExecuteAsync("insert into scope (key, region) select 'a/region-' || n, 'region-' || n from generate_series(1, 10) n");
        var standIns = await Task.WhenAll(Types.Select(type => StandIn.OpenAsync(type)));
        using var rig = Rig.Of(Clocks.Real, [.. Types.Zip(standIns, (type, one) => (type, type, one.Url.ToString()))]);
        var pipeline = desk.Pipeline(new NamedReceivers(Types));
        var drain = new OutboxDrain(desk.Database.Source, Node.Create(), Clocks.Real);

        for (var gust = 0; gust < 6; gust++)
        {
            await FindAsync(desk, "case.opened", gust * Vms / 6, (gust + 1) * Vms / 6);
            await TurnAsync(TimeSpan.FromSeconds(10));
        }

        await TurnAsync(TimeSpan.FromMinutes(1));
        // Half of the waves are over: what is told of the storm is told anew.
        await FindAsync(desk, "case.closed", 0, Vms, "and n % 12 < 6");
        foreach (var _ in Enumerable.Range(0, 12))
        {
            await TurnAsync(TimeSpan.FromMinutes(1));
        }

        var told = await desk.ToldAsync("webhook");
        foreach (var (type, heard) in Types.Zip(standIns, (type, one) => (type, Heard(type, one))))
        {
            var open = heard.GroupBy(one => one.Key).Where(of => !of.Last().Over).ToList();
            Assert.True(heard.Select(one => one.Key).Distinct().Count() is >= 1 and <= 3, type);
            Assert.Equal(told[^1].DedupKey, Assert.Single(open).Key);
            // Slack cannot change what it posted, and Alertmanager is told annotations only.
            Assert.Equal(type switch { "slack" => told[0].Title, _ => told[^1].Title }, open[0].Last().Title);
        }

        await FindAsync(desk, "case.closed", 0, Vms, "and n % 12 >= 6");
        foreach (var _ in Enumerable.Range(0, 4))
        {
            await TurnAsync(TimeSpan.FromMinutes(6));
        }

        Assert.Equal(0L, await desk.Database.ScalarAsync<long>("select count(*) from incident where resolved_at is null"));
        Assert.Equal(0L, await desk.Database.ScalarAsync<long>("select count(*) from outbox where state in ('waiting', 'dead')"));
        foreach (var (type, one) in Types.Zip(standIns))
        {
            Assert.Empty(one.Wrong);
            Assert.All(Heard(type, one).GroupBy(heard => heard.Key), of => Assert.True(of.Last().Over, $"{type} {of.Key}"));
            await one.DisposeAsync();
        }

        async Task TurnAsync(TimeSpan time)
        {
            await desk.RunAsync(pipeline);
            foreach (var type in Types)
            {
                await drain.RunAsync(rig.Channel(type), default);
            }

            desk.Clock.Step(time);
        }
    }

    private static List<(string Key, bool Over, string? Title)> Heard(string type, StandIn one) => [.. one.Got.Select(body => Read(type, JsonDocument.Parse(body).RootElement))];

    private static (string Key, bool Over, string? Title) Read(string type, JsonElement said)
    {
        switch (type)
        {
            case "pagerduty":
                var over = said.GetProperty("event_action").GetString() == "resolve";
                return (said.GetProperty("dedup_key").GetString()!, over, over ? null : said.GetProperty("payload").GetProperty("summary").GetString());
            case "webhook":
                return (said.GetProperty("data").GetProperty("dedup_key").GetString()!, said.GetProperty("type").GetString() == "incident.resolve", said.GetProperty("data").GetProperty("title").GetString());
            case "slack":
                var text = said.GetProperty("text").GetString()!;
                return (DedupKey().Match(said.GetRawText()).Value, text.StartsWith("Resolved: ", StringComparison.Ordinal), text[(text.IndexOf(": ", StringComparison.Ordinal) + 2)..]);
            default:
                var alert = said[0];
                var labels = alert.GetProperty("labels");
                return ($"watchdog-{labels.GetProperty("incident").GetString()}-{labels.GetProperty("page").GetString()}",
                    alert.GetProperty("endsAt").GetDateTimeOffset() <= TimeProvider.System.GetUtcNow(), alert.GetProperty("annotations").GetProperty("summary").GetString());
        }
    }

    private static Task<int> FindAsync(AlertDesk desk, string kind, int from, int to, string and = "") => desk.Database.ExecuteAsync(
        $"""
        insert into event (at, kind, subject, data)
        select $1, $2, 'case:' || n, jsonb_build_object('case_id', n, 'instance_id', 'i-' || n, 'scope', 1 + n % 12, 'owner', 'owner-' || n % 5000,
          'class', (array['miner', 'panic', 'runaway', 'forkbomb'])[1 + n / 12 % 4], 'act', null, 'kind', null, 'reason', 'process ' || n, 'purpose', 'abuse')
        from generate_series($3, $4 - 1) n where true {and}
        """, desk.Now, kind, from, to);

    [GeneratedRegex("watchdog-[0-9]+-[0-9]+")]
    private static partial Regex DedupKey();
}
