using System.Text.Json;
using Microsoft.Extensions.Options;
using Watchdog.Alerts.Notifications;
using Watchdog.Alerts.Receivers;
using Watchdog.Alerts.Sending;
using Watchdog.Alerts.Telling;
using Watchdog.Diagnostics;
using Watchdog.Policy;
using Watchdog.Reports.Daily;
using Watchdog.Storage;
using Watchdog.Testing;
using Watchdog.Tests.Alerts.Receivers;
using Watchdog.Webhooks;

namespace Watchdog.Tests.Reports.Daily;

/// <summary>The report of each day on its way to people, once.</summary>
public sealed class DailyReportTests
{
    [Fact]
    public async Task A_day_is_posted_once_to_chat_and_programs_with_figures_and_a_link_and_no_pager_is_told()
    {
        await using var post = await Office.OpenAsync();
        await post.CasesAsync();
        Assert.Null(await post.Report().RunAsync(default));

        post.Clock.Advance(TimeSpan.FromHours(8));
        var done = await Task.WhenAll(post.Report().RunAsync(default), post.Report().RunAsync(default));
        Assert.Equal(new DateOnly(2026, 1, 4), Assert.Single(done, day => day is not null));
        Assert.Null(await post.Report().RunAsync(default));
        await post.SendAsync();
        await post.SendAsync();

        Assert.Equal((1, 1, 0, 0), (post.Chat.Got.Count, post.Hook.Got.Count, post.Pager.Got.Count, post.Alertmanager.Got.Count));
        Assert.All((StandIn[])[post.Chat, post.Hook], one => Assert.Empty(one.Wrong));
        Assert.Contains("Quarantine report of 2026-01-04: 2 cases, 2 without an act", post.Chat.Got.First(), StringComparison.Ordinal);
        Assert.Contains("<https://watchdog.example.com/reports/2026-01-04|Report>", post.Chat.Got.First(), StringComparison.Ordinal);
        var root = JsonDocument.Parse(post.Hook.Got.First()).RootElement;
        var data = root.GetProperty("data");
        Assert.Equal(("report.daily", "report_2026-01-04", 2), (root.GetProperty("type").GetString(), data.GetProperty("id").GetString(), data.GetProperty("figures").GetProperty("cases").GetInt32()));
        Assert.Contains("miner: 2 cases (2 without an act), 1 ruled, of which 1 of 1 right: 1.00 (0.21 to 1.00)", data.GetProperty("lines").EnumerateArray().Select(line => line.GetString()));
        Assert.Equal(30, data.GetProperty("figures").GetProperty("all").GetProperty("minutes_to_ruling").GetProperty("median").GetDouble());
        Assert.Equal(1, await post.Database.ScalarAsync<long>("select count(*) from daily_report"));
        Assert.Equal(2, await post.Database.ScalarAsync<long>("select count(*) from outbox"));
    }

    [Fact]
    public async Task A_day_without_cases_says_so_and_days_that_were_missed_follow_one_by_one()
    {
        await using var post = await Office.OpenAsync();
        post.Clock.Advance(TimeSpan.FromHours(8));
        await post.Report().RunAsync(default);
        post.Clock.Advance(TimeSpan.FromDays(3));
        List<int?> days = [];
        for (var run = 0; run < 4; run++)
        {
            days.Add((await post.Report().RunAsync(default))?.Day);
        }

        Assert.Equal([5, 6, 7, null], days);
        await post.SendAsync();
        Assert.Equal(4, post.Chat.Got.Count);
        Assert.All(post.Chat.Got, body => Assert.Contains("No case was opened.", body, StringComparison.Ordinal));
        Assert.All((int[])[4, 5, 6, 7], day => Assert.Contains(post.Chat.Got, body => body.Contains($"Quarantine report of 2026-01-0{day}: no case", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_worker_that_dies_before_its_commit_has_posted_nothing_and_the_next_one_posts()
    {
        await using var post = await Office.OpenAsync();
        post.Clock.Advance(TimeSpan.FromHours(8));
        await using (var dying = await post.Database.Source.OpenConnectionAsync())
        {
            await using var transaction = await dying.BeginTransactionAsync();
            await using (var mark = dying.CreateCommand())
            {
                mark.CommandText = "insert into daily_report (day, posted_at) values ('2026-01-04', '2026-01-05')";
                await mark.ExecuteNonQueryAsync();
            }

            var next = post.Report().RunAsync(default);
            // It waits for the row; the server rolls the dead worker's transaction back.
            await Until.TrueAsync(() => post.Database.ScalarAsync<bool>(
                "select exists (select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock' and query like 'insert into daily_report%')"));
            await post.Database.ExecuteAsync("select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and state = 'idle in transaction'");
            Assert.Equal(new DateOnly(2026, 1, 4), await next);
        }

        await post.SendAsync();
        Assert.Single(post.Chat.Got);
    }

    [Fact]
    public async Task A_day_that_was_over_before_any_vm_was_seen_is_not_posted()
    {
        await using var post = await Office.OpenAsync();
        post.Clock.Advance(TimeSpan.FromHours(8));
        await post.Database.ExecuteAsync("update vm set first_seen = '2026-01-05'");
        Assert.Null(await post.Report().RunAsync(default));
        await post.Database.ExecuteAsync("update vm set first_seen = '2026-01-04 23:59'");
        Assert.Equal(new DateOnly(2026, 1, 4), await post.Report().RunAsync(default));
    }

    [Theory]
    [InlineData("", null, 0)]
    [InlineData("08:00", "hook", 1)]
    public async Task It_can_be_switched_off_and_sent_to_some_alone(string at, string? receiver, int messages)
    {
        await using var post = await Office.OpenAsync();
        post.Clock.Advance(TimeSpan.FromHours(9));
        await post.Report(new() { At = at, Receivers = receiver is null ? [] : [receiver] }).RunAsync(default);
        Assert.Equal(messages, await post.Database.ScalarAsync<long>("select count(*) from outbox"));
    }

    [Fact]
    public void Whatever_a_bulletin_holds_it_fits_and_is_obeyed_by_nobody()
    {
        var figures = JsonSerializer.SerializeToElement(Enumerable.Repeat(new string('x', 99), 200));
        var of = new Bulletin("report_2026-01-04", "report.daily", Sample.At, "<!channel> " + new string('&', 400), [.. Enumerable.Repeat("<!here> @here " + new string('<', 3_000), 90)],
            "https://watchdog.example.com/reports/2026-01-04", figures);
        Assert.Null(Schemas.Slack(SlackBulletin.Of(of)));
        Assert.Null(Schemas.Webhook(WebhookReceiver.Body(of)));
        Assert.Contains("lines more", SlackBulletin.Of(of), StringComparison.Ordinal);
    }

    private sealed class Office : IAsyncDisposable
    {
        private Rig rig = null!;

        public TestDatabase Database { get; private init; } = null!;
        public ManualTime Clock { get; } = new();
        public StandIn Chat { get; private init; } = null!;
        public StandIn Hook { get; private init; } = null!;
        public StandIn Pager { get; private init; } = null!;
        public StandIn Alertmanager { get; private init; } = null!;
        private Clocks Clocks => new(Clock, Clock);

        /// <summary>A fleet that was seen since yesterday morning, and a receiver of each type that is told of incidents.</summary>
        public static async Task<Office> OpenAsync()
        {
            var office = new Office
            {
                Database = await TestDatabase.CreateAsync(), Chat = await StandIn.OpenAsync("slack"), Hook = await StandIn.OpenAsync("webhook"), Pager = await StandIn.OpenAsync("pagerduty"),
                Alertmanager = await StandIn.OpenAsync("alertmanager"),
            };
            office.rig = Rig.Of(office.Clocks, ("chat", "slack", office.Chat.Url.ToString()), ("hook", "webhook", office.Hook.Url.ToString()), ("pager", "pagerduty", office.Pager.Url.ToString()),
                ("am", "alertmanager", office.Alertmanager.Url.ToString()));
            await office.Database.ExecuteAsync("insert into scope (key, region) values ('1/eu-west-1', 'eu-west-1')");
            await office.Database.ExecuteAsync(
                """
                insert into vm (instance_id, scope, shard, owner, state, state_since, instance_type, vcpus, launch_time, tags, first_seen, changed_at, fingerprint)
                values ('i-1', 1, 0, 'alice', 'running', $1, 't3.nano', 2, $1, '{}', $1, $1, 0)
                """, office.Clock.GetUtcNow().AddHours(-16));
            return office;
        }

        /// <summary>Two cases of yesterday, one ruled half an hour later, and one of today.</summary>
        public async Task CasesAsync()
        {
            await Database.ExecuteAsync(
                """
                insert into case_file (instance_id, scope, owner, class, opened_at, closed_at, state, score, reason, rule_version)
                select 'i-' || n, 1, 'alice', 'miner', $1::timestamptz + make_interval(hours => n * 8), null, 'open', 0.9, 'r', 'v' from generate_series(1, 3) n
                """, Clock.GetUtcNow().AddHours(-23));
            await Database.ExecuteAsync("insert into ruling (case_id, at, ruling, actor, reason) values (1, $1, 'true_positive', 'ann', 'r')", Clock.GetUtcNow().AddHours(-14.5));
        }

        public DailyReport Report(DailyOptions? options = null) => new(
            Database.Source, new DayReads(Database.Source, Options.Create(new PolicyOptions()), Clocks), new BulletinDesk(rig.Catalog, Clocks), Options.Create(options ?? new()),
            Options.Create(new AlertLinkOptions { Report = "https://watchdog.example.com/reports/{day}" }), Options.Create(new PolicyOptions()), Clocks);

        public async Task SendAsync()
        {
            foreach (var name in (string[])["chat", "hook", "pager", "am"])
            {
                await new OutboxDrain(Database.Source, Node.Create(), Clocks).RunAsync(rig.Channel(name), default);
            }
        }

        public async ValueTask DisposeAsync()
        {
            rig.Dispose();
            foreach (var one in (StandIn[])[Chat, Hook, Pager, Alertmanager])
            {
                await one.DisposeAsync();
            }

            await Database.DisposeAsync();
        }
    }
}
