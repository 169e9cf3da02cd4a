using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Watchdog.Diagnostics;
using Watchdog.Owners.Holds;
using Watchdog.Owners.Links;
using Watchdog.Owners.Notices;
using Watchdog.Owners.Warnings;
using Watchdog.Policy;
using Watchdog.Storage;
using Watchdog.Tests.Enforcement;
using Watchdog.Tests.IdleShutdown;
using Watchdog.Tests.Owners.Links;
using Watchdog.Tests.Owners.Notices;
using Watchdog.Webhooks;

namespace Watchdog.Tests.Owners.Warnings;

/// <summary>Warnings on their way to the provider's control plane, and what its absence means for the stop.</summary>
public sealed class WarningNoticeTests
{
    private const string Secret = SignedLinksTests.Secret;

    [Fact]
    public async Task The_control_plane_gets_owner_deadline_and_a_link_signed_and_once_and_learns_that_it_is_called_off()
    {
        await using var stage = await Stage.OpenAsync();
        await stage.FoundIdleAsync("i-1");
        await stage.TellAsync();
        await stage.TellAsync();
        var (_, type, data, signed) = Assert.Single(stage.Receiver.Got);
        Assert.Equal(("vm.idle_warning", true, "alice", "i-1", "idle", "wait"), (type, signed, Text(data, "owner"), Text(data, "instance_id"), Text(data, "reason"), Text(data, "late")));
        Assert.Equal(stage.Warned.AddMinutes(15), data.GetProperty("deadline").GetDateTimeOffset());
        Assert.DoesNotContain("nobody uses it", data.ToString(), StringComparison.Ordinal);
        var link = new Uri(Text(data, "hold_url"));
        Assert.Equal(("watchdog.example.com", "/v1/vms/i-1/hold"), (link.Host, link.AbsolutePath));
        Assert.Contains(link.AbsoluteUri, Text(data, "text"), StringComparison.Ordinal);
        Assert.Equal(("i-1", 1L, stage.Warned.AddMinutes(15)), new HoldLinks(SignedLinks.Of(new Uri("https://watchdog.example.com"), Secret)).Read(link.Query["?link=".Length..]) is { } claim
            ? (claim.InstanceId, claim.Warning, claim.Deadline) : default);

        await stage.World.Get<HoldBook>().AddAsync("i-1", "needed", "ann", stage.World.Now, stage.World.Now.AddHours(3), default);
        await stage.LaterAsync(1);
        await stage.TellAsync();
        Assert.Equal(["vm.idle_warning", "vm.idle_cancelled"], stage.Receiver.Got.Select(got => got.Type));
    }

    [Fact]
    public async Task With_the_receiver_down_for_an_hour_the_warning_is_sent_once_and_the_stop_waits_for_its_time()
    {
        await using var stage = await Stage.OpenAsync();
        stage.Receiver.Answer = _ => 503;
        await stage.FoundIdleAsync("i-1");
        for (var minutes = 0; minutes < 60; minutes += 5)
        {
            await stage.TellAsync();
            await stage.LaterAsync(5);
        }

        Assert.Equal("running", stage.World.Ec2["i-1"].State);
        Assert.Equal(1, await stage.World.Database.ScalarAsync<long>("select count(*) from idle_warning"));
        stage.Receiver.Answer = _ => 204;
        while (await stage.World.Database.ScalarAsync<bool>("select told_at is null from idle_warning"))
        {
            await stage.LaterAsync(5);
            await stage.TellAsync();
        }

        var told = await stage.World.Database.ScalarAsync<DateTime>("select told_at from idle_warning");
        Assert.Single(stage.Receiver.Got.Select(got => got.Id).Distinct());
        Assert.Equal(1, await stage.World.Database.ScalarAsync<long>("select count(*) from outbox where state = 'sent'"));
        await stage.LaterAsync(14);
        Assert.Equal("running", stage.World.Ec2["i-1"].State);
        await stage.LaterAsync(3);
        await stage.World.SettleAsync();
        Assert.Equal("stopped", stage.World.Ec2["i-1"].State);
        Assert.True(await stage.World.Database.ScalarAsync<DateTime>("select started_at from step where kind = 'idle-stop'") >= told.AddMinutes(15));
    }

    [Fact]
    public async Task Where_the_policy_says_so_the_stop_comes_at_its_deadline_whether_or_not_the_receiver_answers()
    {
        await using var stage = await Stage.OpenAsync(("IdleShutdown:UndeliveredWarning", "Stop"));
        stage.Receiver.Answer = _ => 503;
        await stage.FoundIdleAsync("i-1");
        await stage.TellAsync();
        await stage.LaterAsync(16);
        await stage.World.SettleAsync();

        Assert.Equal("stopped", stage.World.Ec2["i-1"].State);
        Assert.Equal("stop", Text(stage.Receiver.Got.First().Data, "late"));
    }

    [Fact]
    public async Task Without_a_link_address_the_notice_bears_none()
    {
        await using var stage = await Stage.OpenAsync(linked: false);
        await stage.FoundIdleAsync("i-1");
        await stage.TellAsync();
        Assert.Equal(System.Text.Json.JsonValueKind.Null, stage.Receiver.Got.Single().Data.GetProperty("hold_url").ValueKind);
    }

    private static string Text(System.Text.Json.JsonElement data, string name) => data.GetProperty(name).GetString()!;

    /// <summary>A world whose notices go to a receiver, on one clock.</summary>
    private sealed class Stage(World world, Receiver receiver, NoticeService service, OutboundHttp http) : IAsyncDisposable
    {
        public World World => world;
        public Receiver Receiver => receiver;
        public DateTimeOffset Warned { get; private set; }

        public static Task<Stage> OpenAsync(params (string Key, string Value)[] settings) => OpenAsync(true, settings);

        public static async Task<Stage> OpenAsync(bool linked, params (string Key, string Value)[] settings)
        {
            var world = await Resters.CreateAsync([("Notices:Url", "https://control.example.com"), .. settings]);
            var (receiver, http, clocks) = (await Receiver.OpenAsync(), new OutboundHttp(), new Clocks(world.Clock, world.Clock));
            var options = Options.Create(new NoticeOptions());
            var holds = Options.Create(new HoldOptions { LinkBaseUrl = linked ? "https://watchdog.example.com" : null, LinkSecret = Secret });
            var warnings = new WarningNotices(world.Database.Source, holds, clocks);
            var service = new NoticeService(
                new NoticePump(world.Database.Source, options, holds, world.Get<IOptions<PolicyOptions>>(), warnings, clocks),
                new OutboxDrain(world.Database.Source, Node.Create(), clocks), new WebhookSender(http), warnings, options, clocks, NullLogger<NoticeService>.Instance);
            var stage = new Stage(world, receiver, service, http);
            await stage.TellAsync();
            return stage;
        }

        public async Task FoundIdleAsync(string id)
        {
            await world.AddVmAsync(id);
            await Resters.StopAsync(world, id);
            Warned = world.Now;
            await world.SettleAsync();
        }

        public async Task TellAsync()
        {
            await Testing.Until.TrueAsync(() => world.Database.ScalarAsync<bool>("select not exists (select 1 from event where xid >= pg_snapshot_xmin(pg_current_snapshot()))"));
            var target = new WebhookTarget(receiver.Url, StandardWebhook.Of(Receiver.Secret), Private: true, TimeSpan.FromSeconds(30));
            await service.RunOnceAsync(target, default);
        }

        public async Task LaterAsync(int minutes)
        {
            world.Clock.Advance(TimeSpan.FromMinutes(minutes));
            await Resters.ListStatusAsync(world);
            await world.ReportShardsAsync();
            await world.RunAsync();
        }

        public async ValueTask DisposeAsync()
        {
            service.Dispose();
            http.Dispose();
            await receiver.DisposeAsync();
            await world.DisposeAsync();
        }
    }
}
