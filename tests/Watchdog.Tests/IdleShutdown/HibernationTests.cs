using Watchdog.Enforcement;
using Watchdog.IdleShutdown;
using Watchdog.IdleShutdown.Savings;
using Watchdog.Inventory;
using Watchdog.Policy;
using Watchdog.Tests.Enforcement;

namespace Watchdog.Tests.IdleShutdown;

/// <summary>Policies that hibernate: who was launched for it keeps its memory, everybody else is stopped all the same, and it is told which and why.</summary>
public sealed class HibernationTests
{
    private static readonly (string, string) Hibernate = ("IdleShutdown:OnStop", "Hibernate");
    private const string Seen = "; every step was read back as wanted";

    [Fact]
    public async Task A_vm_that_was_launched_for_it_is_hibernated_and_started_again_as_any_other()
    {
        await using var world = await Resters.CreateAsync(Hibernate);
        await AddAsync(world, "i-1", true);
        await world.SettleAsync();

        Assert.Equal(["hibernate i-1", "tag i-1"], Changes(world));
        Assert.Equal("stop verified", await Resters.ActsAsync(world, "i-1"));
        Assert.Equal(("hibernated" + Seen, "hibernate"), (await Resters.DetailAsync(world, "i-1"), await TriedAsync(world, "i-1")));
        var plan = await PlanAsync(world, "i-1");
        Assert.Contains("hibernate i-1, which nobody uses: the content of its memory is kept", plan, StringComparison.Ordinal);
        Assert.Contains("the content of its memory, should EC2 refuse", plan, StringComparison.Ordinal);
        Assert.Contains("data on its instance-store volumes", plan, StringComparison.Ordinal);
        await Resters.ReleaseAsync(world, "i-1");
        await world.SettleAsync();
        Assert.Equal(("running", "stop released, release verified"), (world.Ec2["i-1"].State, await Resters.ActsAsync(world, "i-1")));
    }

    [Theory]
    [InlineData(false, null, "it was launched without hibernation")]
    [InlineData(null, null, "EC2 does not say that it was launched with hibernation")]
    [InlineData(true, "UnsupportedHibernationConfiguration", "EC2 refused it (UnsupportedHibernationConfiguration: i-1 cannot be hibernated)")]
    [InlineData(true, "UnsupportedOperation", "EC2 refused it (UnsupportedOperation: i-1 cannot be hibernated)")]
    public async Task One_that_cannot_be_hibernated_is_stopped_once_and_the_act_says_why(bool? launchedFor, string? refusal, string why)
    {
        await using var world = await Resters.CreateAsync(Hibernate);
        world.Ec2.RefusesHibernation = refusal;
        await AddAsync(world, "i-1", launchedFor);
        await world.SettleAsync();

        Assert.Equal(["stop i-1", "tag i-1"], Changes(world));
        Assert.Equal(("stop verified", $"stopped, not hibernated: {why}{Seen}", $"stop: {why}"),
            (await Resters.ActsAsync(world, "i-1"), await Resters.DetailAsync(world, "i-1"), await TriedAsync(world, "i-1")));
        Assert.Equal(refusal is null ? 0 : 1, world.Ec2.Calls.Count(call => call == "hibernate"));
        Assert.Equal(refusal is null, (await PlanAsync(world, "i-1")).Contains($"it is not hibernated: {why}", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(ActuatorError.Throttled, "RequestLimitExceeded")]
    [InlineData(ActuatorError.WrongState, "IncorrectInstanceState")]
    public async Task An_error_that_says_nothing_of_hibernation_stops_nobody_and_is_tried_again(ActuatorError error, string code)
    {
        await using var world = await Resters.CreateAsync(Hibernate);
        await AddAsync(world, "i-1", true);
        var failed = false;
        world.Ec2.Before = (_, name) =>
        {
            if (name == "hibernate" && !failed)
            {
                failed = true;
                throw new ActuatorException(error, code, "not now");
            }
        };
        await world.SettleAsync();

        Assert.True(failed);
        Assert.Equal(["hibernate i-1", "tag i-1"], Changes(world));
    }

    [Fact]
    public async Task A_lost_answer_is_no_refusal()
    {
        await using var world = await Resters.CreateAsync(Hibernate);
        await AddAsync(world, "i-1", true);
        world.Ec2.After = (_, name) =>
        {
            if (name == "hibernate")
            {
                throw new ActuatorException(ActuatorError.Transient, "IOException", "the answer was lost");
            }
        };
        await world.SettleAsync();

        Assert.Equal(["hibernate i-1", "tag i-1"], Changes(world));
        Assert.Equal("hibernated" + Seen, await Resters.DetailAsync(world, "i-1"));
    }

    [Fact]
    public async Task The_kill_switch_between_the_refusal_and_the_stop_keeps_the_vm_running()
    {
        await using var world = await Resters.CreateAsync(Hibernate);
        world.Ec2.RefusesHibernation = "UnsupportedOperation";
        await AddAsync(world, "i-1", true);
        world.Ec2.Before = (_, name) =>
        {
            if (name == "hibernate")
            {
                Brake.SetAsync(world.Database.Source, true, "stop it", "ann", world.Now, default).GetAwaiter().GetResult();
            }
        };
        for (var run = 0; run < 5; run++)
        {
            await world.RunAsync();
            world.Clock.Advance(TimeSpan.FromSeconds(31));
        }

        Assert.Contains("hibernate", world.Ec2.Calls);
        Assert.Equal(("running", 0), (world.Ec2["i-1"].State, world.Ec2.Changes.Count));
    }

    [Fact]
    public async Task The_closest_policy_decides_and_the_report_tells_who_was_hibernated()
    {
        await using var world = await Resters.CreateAsync(
            ("IdleShutdown:Policies:0:Name", "keeps"), ("IdleShutdown:Policies:0:Owner", "bob"), ("IdleShutdown:Policies:0:OnStop", "Hibernate"));
        await AddAsync(world, "i-1", true);
        await AddAsync(world, "i-2", true, "bob");
        await world.SettleAsync();

        Assert.Equal((null, "Client.UserInitiatedHibernate"), (world.Ec2["i-1"].StateReason, world.Ec2["i-2"].StateReason));
        Assert.Equal("every step was read back as wanted", await Resters.DetailAsync(world, "i-1"));
        var spans = await world.Get<SavingsReader>().SpansAsync(world.Now.AddDays(-1), world.Now.AddDays(1), default);
        Assert.Equal([("i-1", false), ("i-2", true)], spans.Select(span => (span.InstanceId, span.Hibernated)));
        var sum = SavingsSum.Of(spans, world.Now.AddDays(-1), world.Now.AddDays(1), SavingsGroup.Owner, new PriceList("1", new Dictionary<string, RegionPrices>()));
        Assert.Equal((2, 1), (sum.Total.Stops, sum.Total.Hibernated));
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(true, true)]
    [InlineData(false, false)]
    [InlineData(false, true)]
    public async Task Killed_at_every_call_in_turn_it_is_switched_off_once_and_the_act_says_how(bool hibernates, bool afterEffect)
    {
        await using var world = await Resters.CreateAsync(Hibernate, ("IdleShutdown:Caps:PerOwnerAndHour", "1000"));
        world.Ec2.RefusesHibernation = hibernates ? null : "UnsupportedHibernationConfiguration";
        var calls = 1;
        for (var at = 1; at <= calls; at++)
        {
            var id = $"i-{at}";
            await Resters.ListStatusAsync(world);
            await AddAsync(world, id, true);
            calls = 0;
            Action<int, string> kill = (_, _) =>
            {
                if (++calls == at)
                {
                    throw new KilledException();
                }
            };
            (world.Ec2.Before, world.Ec2.After) = afterEffect ? (null, kill) : (kill, (Action<int, string>?)null);
            await Killed.ReviveAsync(world);
            (world.Ec2.Before, world.Ec2.After) = (null, null);

            Assert.Equal([$"{(hibernates ? "hibernate" : "stop")} {id}", $"tag {id}"], Changes(world).Where(change => change.EndsWith($" {id}", StringComparison.Ordinal)));
            Assert.StartsWith(hibernates ? "hibernated;" : "stopped, not hibernated: EC2 refused it", await Resters.DetailAsync(world, id), StringComparison.Ordinal);
        }

        Assert.InRange(calls, 5, 100);
    }

    [Theory]
    [InlineData(null, "Client.UserInitiatedHibernate", null)]
    [InlineData("hibernate", "Client.UserInitiatedHibernate", "hibernated")]
    [InlineData("hibernate", "Client.UserInitiatedShutdown", "stopped, not hibernated: EC2 gives Client.UserInitiatedShutdown as the reason")]
    [InlineData("hibernate", null, "stopped, not hibernated: EC2 gives no reason as the reason")]
    [InlineData("stop: it was late", "Client.UserInitiatedShutdown", "stopped, not hibernated: it was late")]
    public void What_ec2_shows_goes_before_what_was_tried(string? tried, string? reason, string? outcome) => Assert.Equal(outcome, Hibernation.Outcome(tried, Vm(reason)));

    private static ListedVm Vm(string? reason) => new(
        "i-1", "stopped", reason, null, "m5.large", 2, null, null, null, null, DateTimeOffset.UnixEpoch, null, null, null, "ebs", null, new Dictionary<string, string>(), []);

    private static async Task AddAsync(World world, string id, bool? launchedFor, string owner = "alice")
    {
        await Resters.AddAsync(world, id, owner);
        world.Ec2.Alter(id, vm => vm with { CanHibernate = launchedFor });
    }

    private static IEnumerable<string> Changes(World world) => world.Ec2.Changes.Select(change => string.Join(' ', change.Split(' ').Take(2)));

    private static Task<string> TriedAsync(World world, string id) => world.Database.ScalarAsync<string>(
        "select s.tried from step s join act a on a.id = s.act_id where a.instance_id = $1 and s.kind = 'idle-stop'", id);

    private static Task<string> PlanAsync(World world, string id) =>
        world.Database.ScalarAsync<string>("select plan::text from act where instance_id = $1 and kind = 'stop'", id);
}
