using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Watchdog.Detectors.Findings;
using Watchdog.Diagnostics;
using Watchdog.Ledger;
using Watchdog.Owners.Appeals;
using Watchdog.Owners.Holds;
using Watchdog.Owners.Links;
using Watchdog.Owners.Notices;
using Watchdog.Owners.Warnings;
using Watchdog.Policy;
using Watchdog.Storage;
using Watchdog.Tests.Enforcement;
using Watchdog.Tests.Owners.Links;
using Watchdog.Webhooks;
using EventLog = Watchdog.Ledger.EventLog;

namespace Watchdog.Tests.Owners.Notices;

public sealed class NoticeTests
{
    [Fact]
    public async Task An_owner_learns_of_containment_and_release_once_each_in_order_and_signed()
    {
        await using var world = await World.CreateAsync();
        await using var desk = await Desk.OpenAsync(world);
        var of = await desk.ContainAndReleaseAsync(new("wrong", Rulings.FalsePositive));
        await desk.TellAsync();
        await desk.TellAsync();
        await desk.TellAsync();

        Assert.Equal([NoticeTypes.Contained, NoticeTypes.Released], desk.Receiver.Got.Select(got => got.Type));
        Assert.All(desk.Receiver.Got, got => Assert.True(got.Signed));
        var data = desk.Receiver.Got.First().Data;
        Assert.Equal(("alice", "i-1", "miner", "quarantine", of.Id), (Text(data, "owner"), Text(data, "instance_id"), Text(data, "class"), Text(data, "act"), data.GetProperty("case_id").GetInt64()));
        Assert.Contains("its use of the processor and the programs that run on it", Text(data, "text"), StringComparison.Ordinal);
        var link = new Uri(Text(data, "appeal_url"));
        Assert.Equal(($"/v1/cases/{of.Id}/appeal", new AppealClaim(of.Id, "i-1", desk.Clock.GetUtcNow().AddDays(14))), (link.AbsolutePath, new AppealLinks(Desk.Links).Read(link.Query["?link=".Length..])));
        Assert.Contains(link.AbsoluteUri, Text(data, "text"), StringComparison.Ordinal);
        Assert.Equal(System.Text.Json.JsonValueKind.Null, desk.Receiver.Got.Last().Data.GetProperty("appeal_url").ValueKind);
        Assert.Contains("it was our mistake", Text(desk.Receiver.Got.Last().Data, "text"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_warning_and_a_block_are_told_and_what_was_only_proposed_is_not()
    {
        await using var world = await World.CreateAsync(("Policy:Miner:Ladder", "warn"), ("Policy:Runaway:Ladder", "block"), ("Policy:Panic:Approval", "all"));
        await using var desk = await Desk.OpenAsync(world);
        await desk.TellAsync();
        await world.AddCaseAsync();
        await world.AddCaseAsync("i-2", FindingClass.Runaway, "bob");
        var waiting = await world.AddCaseAsync("i-3", FindingClass.Panic, "carol");
        await world.SettleAsync();
        await world.AskAsync(RequestKinds.Release, waiting, new RequestPayload("nothing was done"));
        await desk.TellAsync();

        Assert.Equal([NoticeTypes.Blocked, NoticeTypes.Warned], desk.Receiver.Got.Select(got => got.Type).Order(StringComparer.Ordinal));
        Assert.Contains("Nothing has been done", Text(desk.Receiver.Got.Single(got => got.Type == NoticeTypes.Warned).Data, "text"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_receiver_that_fails_gets_the_same_message_again_and_the_next_of_the_case_waits_for_it()
    {
        await using var world = await World.CreateAsync();
        await using var desk = await Desk.OpenAsync(world);
        await desk.ContainAndReleaseAsync(new("done"));
        desk.Receiver.Answer = context =>
        {
            context.Response.Headers.RetryAfter = "600";
            return 429;
        };
        await desk.TellAsync();
        desk.Clock.Advance(TimeSpan.FromMinutes(9));
        await desk.TellAsync();
        Assert.Single(desk.Receiver.Got);

        desk.Receiver.Answer = _ => 204;
        desk.Clock.Advance(TimeSpan.FromMinutes(2));
        await desk.TellAsync();
        await desk.TellAsync();
        Assert.Equal([NoticeTypes.Contained, NoticeTypes.Contained, NoticeTypes.Released], desk.Receiver.Got.Select(got => got.Type));
        Assert.Equal(2, desk.Receiver.Got.Select(got => got.Id).Distinct().Count());
    }

    [Fact]
    public async Task A_receiver_that_is_gone_closes_the_channel_until_a_person_replays()
    {
        await using var world = await World.CreateAsync();
        await using var desk = await Desk.OpenAsync(world);
        await desk.TellAsync();
        await world.AddCaseAsync();
        await world.SettleAsync();
        desk.Receiver.Answer = _ => 410;
        await desk.TellAsync();
        desk.Clock.Advance(TimeSpan.FromDays(1));
        desk.Receiver.Answer = _ => 204;
        await desk.TellAsync();
        Assert.Single(desk.Receiver.Got);

        Assert.Equal(1, await OutboxTable.ReplayAsync(world.Database.Source, NoticePump.Channel, 1, "ann", desk.Clock.GetUtcNow(), default));
        await desk.TellAsync();
        Assert.Equal(2, desk.Receiver.Got.Count);
        Assert.Equal("sent", (await OutboxTable.ListAsync(world.Database.Source, NoticePump.Channel, null, 10, default)).Single().State);
    }

    [Fact]
    public async Task After_ten_attempts_a_notice_is_dead_and_the_next_of_its_case_goes()
    {
        await using var world = await World.CreateAsync();
        await using var desk = await Desk.OpenAsync(world);
        await desk.ContainAndReleaseAsync(new("done"));
        desk.Receiver.Answer = _ => 500;
        for (var attempt = 0; attempt < 10; attempt++)
        {
            await desk.TellAsync();
            desk.Clock.Advance(TimeSpan.FromHours(30));
        }

        desk.Receiver.Answer = _ => 204;
        await desk.TellAsync();
        Assert.Equal(["sent", "dead"], (await OutboxTable.ListAsync(world.Database.Source, NoticePump.Channel, null, 10, default)).Select(message => message.State));
    }

    [Fact]
    public async Task A_redirect_is_not_followed_and_a_private_address_is_not_sent_to()
    {
        await using var world = await World.CreateAsync();
        await using var desk = await Desk.OpenAsync(world);
        using var http = new OutboundHttp();
        var sender = new WebhookSender(http);
        var url = desk.Receiver.Url;
        desk.Receiver.Answer = context =>
        {
            context.Response.Headers.Location = url.ToString();
            return 307;
        };
        Assert.Equal(307, (await sender.SendAsync(desk.Target, "m", """{"type":"t","data":{}}""", world.Now, default)).Status);
        Assert.Single(desk.Receiver.Got);

        foreach (var host in (string[])["127.0.0.1", "localhost", "[::ffff:127.0.0.1]"])
        {
            var guarded = desk.Target with { Private = false, Url = new UriBuilder(url) { Host = host }.Uri };
            var refused = await sender.SendAsync(guarded, "m", "{}", world.Now, default);
            Assert.Equal((0, "the receiver's name has no public address: refused"), (refused.Status, refused.Detail));
        }

        Assert.Single(desk.Receiver.Got);
    }

    [Fact]
    public async Task An_event_that_commits_late_is_told_all_the_same_and_none_before_the_first_start_is()
    {
        await using var world = await World.CreateAsync();
        await using var desk = await Desk.OpenAsync(world);
        await world.AddCaseAsync("i-0");
        await world.SettleAsync();
        await desk.TellAsync();
        Assert.Empty(desk.Receiver.Got);

        var of = await world.AddCaseAsync();
        await using var late = await world.Database.Source.OpenConnectionAsync();
        await using var open = await late.BeginTransactionAsync();
        await EventLog.AppendAsync(late, open, world.Now, "act.applied", "case:2", LedgerJson.Write(new Note(of.Id, "i-1", 1, "alice", "miner", 77, "stop", "r")), default);
        await world.Database.ExecuteAsync("insert into event (at, kind, subject, data) values ($1, 'other', 'x', '{}')", world.Now);
        await desk.TellAsync(whole: false);
        Assert.Empty(desk.Receiver.Got);
        await open.CommitAsync();
        await desk.TellAsync();
        Assert.Equal([NoticeTypes.Contained], desk.Receiver.Got.Select(got => got.Type));
    }

    private static string Text(System.Text.Json.JsonElement data, string name) => data.GetProperty(name).GetString()!;

    [Fact]
    public async Task A_trace_leads_from_the_finding_to_the_act_to_the_notice()
    {
        await using var world = await World.CreateAsync();
        await using var desk = await Desk.OpenAsync(world);
        var began = new ConcurrentQueue<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == Spans.Work, Sample = (ref _) => ActivitySamplingResult.AllDataAndRecorded, ActivityStarted = began.Enqueue,
        };
        ActivitySource.AddActivityListener(listener);
        await desk.TellAsync();
        ActivityTraceId found;
        using (var sweep = Spans.Root("sweep of this test")!)
        {
            found = sweep.TraceId;
            await world.AddCaseAsync();
        }

        await world.SettleAsync();
        string? told = null;
        desk.Receiver.Answer = context =>
        {
            told = context.Request.Headers["traceparent"];
            return 204;
        };
        await desk.TellAsync();

        Assert.Equal(found, TraceOf(await world.Database.ScalarAsync<string>("select traceparent from case_file")));
        var act = began.First(span => span.OperationName == "act quarantine" && span.Links.Any(link => link.Context.TraceId == found));
        Assert.NotEqual(found, act.TraceId);
        var applied = TraceOf(await world.Database.ScalarAsync<string>("select traceparent from event where kind = 'act.applied'"));
        Assert.Contains(began, span => span.OperationName == "act quarantine" && span.TraceId == applied && span.Links.Single().Context.TraceId == found);
        var sent = Assert.Single(began, span => span.OperationName == "send owners" && span.Links.Any(link => link.Context.TraceId == applied));
        Assert.Equal(sent.Id, told);

        static ActivityTraceId TraceOf(string traceparent) => ActivityContext.Parse(traceparent, null).TraceId;
    }

    private sealed class Desk(World world) : IAsyncDisposable
    {
        private readonly OutboundHttp http = new();
        private NoticeService service = null!;

        public Receiver Receiver { get; private init; } = null!;
        public Testing.ManualTime Clock { get; } = new();
        public WebhookTarget Target => new(Receiver.Url, StandardWebhook.Of(Receiver.Secret), Private: true, TimeSpan.FromSeconds(30));

        public static SignedLinks Links => SignedLinks.Of(new("https://watchdog.example.com"), SignedLinksTests.Secret);

        public static async Task<Desk> OpenAsync(World world)
        {
            var desk = new Desk(world) { Receiver = await Receiver.OpenAsync() };
            var (clocks, options) = (new Clocks(world.Clock, desk.Clock), Options.Create(new NoticeOptions()));
            var holds = Options.Create(new HoldOptions { LinkBaseUrl = "https://watchdog.example.com", LinkSecret = SignedLinksTests.Secret });
            var warnings = new WarningNotices(world.Database.Source, holds, clocks);
            desk.service = new NoticeService(
                new NoticePump(world.Database.Source, options, holds, world.Get<IOptions<PolicyOptions>>(), warnings, clocks),
                new OutboxDrain(world.Database.Source, Node.Create(), clocks), new WebhookSender(desk.http), warnings, options, clocks, NullLogger<NoticeService>.Instance);
            return desk;
        }

        /// <summary>Opens the channel, then has one case contained and released: two notices wait.</summary>
        public async Task<CaseRecord> ContainAndReleaseAsync(RequestPayload why)
        {
            await TellAsync();
            var of = await world.AddCaseAsync();
            await world.SettleAsync();
            await world.AskAsync(RequestKinds.Release, of, why);
            return of;
        }

        /// <summary>Reads on and sends once, when no transaction of the server, another test's included, hides what the log has.</summary>
        public async Task TellAsync(bool whole = true)
        {
            if (whole)
            {
                await Testing.Until.TrueAsync(() => world.Database.ScalarAsync<bool>("select not exists (select 1 from event where xid >= pg_snapshot_xmin(pg_current_snapshot()))"));
            }

            await service.RunOnceAsync(Target, default);
        }

        public async ValueTask DisposeAsync()
        {
            service.Dispose();
            http.Dispose();
            await Receiver.DisposeAsync();
        }
    }
}
