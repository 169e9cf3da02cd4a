using Watchdog.Detectors.Findings;
using Watchdog.Ledger;
using Watchdog.Tests.Enforcement;
using EpisodeStep = Watchdog.Detection.EpisodeStep;

namespace Watchdog.Tests.Policy.Ladders;

public sealed class LadderRunTests
{
    [Fact]
    public async Task A_rung_that_was_refused_is_followed_by_the_next_in_the_same_run()
    {
        await using var world = await World.CreateAsync(("Policy:Runaway:Ladder", "restrain, stop"));
        var of = await world.AddCaseAsync("i-1", FindingClass.Runaway);
        Assert.Equal([ActKinds.Restrain], (await world.ShowAsync(of.Id)).Acts.Select(act => act.Kind));
        await EndAsync(world, ActStates.Refused);

        await world.RunAsync();

        var acts = (await world.ShowAsync(of.Id)).Acts;
        Assert.Equal([ActKinds.Restrain, ActKinds.Stop], acts.Select(act => act.Kind));
        Assert.StartsWith("Rung restrain ended as refused.", acts[1].Reason, StringComparison.Ordinal);
        Assert.Equal("stopped", world.Ec2["i-1"].State);
    }

    [Fact]
    public async Task A_rung_that_took_effect_is_followed_only_when_a_newer_finding_confirms_and_its_time_is_over()
    {
        await using var world = await World.CreateAsync(("Policy:Mode", "Propose"), ("Policy:Miner:Ladder", "quarantine, stop"), ("Policy:Miner:BetweenRungs", "01:00:00"));
        await world.AddCaseAsync();
        await EndAsync(world, ActStates.Verified);
        var verified = world.Now;
        await JudgeAsync(world, "Confirmed", verified.AddMinutes(-1));
        await StaysAsync("a finding from before the quarantine");
        await JudgeAsync(world, "Suspicion", verified.AddMinutes(30));
        await StaysAsync("a mere suspicion");
        await JudgeAsync(world, "Confirmed", verified.AddMinutes(30), clearMinutes: 5);
        await StaysAsync("an episode that is ending");
        await JudgeAsync(world, "Confirmed", verified.AddMinutes(30));
        await StaysAsync("too early");

        world.Clock.Advance(TimeSpan.FromMinutes(61));
        await world.RunAsync();
        Assert.Equal("quarantine verified, stop proposed", await ActsAsync(world));

        async Task StaysAsync(string why)
        {
            await world.RunAsync();
            Assert.True(await ActsAsync(world) == "quarantine verified", why);
        }
    }

    [Fact]
    public async Task What_could_not_be_verified_is_left_to_a_person_unless_the_rule_says_otherwise()
    {
        foreach (var (after, expected) in ((string, string)[])[("verified, refused, failed", "quarantine unverifiable"), ("unverifiable", "quarantine unverifiable, stop proposed")])
        {
            await using var world = await World.CreateAsync(("Policy:Mode", "Propose"), ("Policy:Miner:Ladder", "quarantine, stop"), ("Policy:Miner:ClimbAfter", after));
            await world.AddCaseAsync();
            await EndAsync(world, ActStates.Unverifiable);
            world.Clock.Advance(TimeSpan.FromMinutes(20));
            await JudgeAsync(world, "Confirmed", world.Now);
            await world.RunAsync();
            Assert.Equal(expected, await ActsAsync(world));
        }
    }

    [Fact]
    public async Task An_episode_is_only_observed_until_it_has_lasted()
    {
        await using var world = await World.CreateAsync(("Policy:Mode", "Propose"), ("Policy:Panic:Persistence", "00:30:00"));
        await world.AddCaseAsync("i-1", FindingClass.Panic);
        await world.Database.ExecuteAsync("update episode set confirmed_at = $1", world.Now);
        await world.RunAsync();
        Assert.Equal("", await ActsAsync(world));

        world.Clock.Advance(TimeSpan.FromMinutes(30));
        await world.RunAsync();
        Assert.Equal("stop proposed", await ActsAsync(world));
    }

    [Fact]
    public async Task A_proposed_rung_waits_for_a_person_for_its_time_and_then_begins_by_itself()
    {
        await using var world = await World.CreateAsync(("Policy:Miner:Ladder", "propose, quarantine"));
        var of = await world.AddCaseAsync();
        await world.RunAsync();
        Assert.True((await world.ShowAsync(of.Id)).Acts.Single().NeedsPerson);

        world.Clock.Advance(TimeSpan.FromMinutes(15));
        await world.SettleAsync();

        Assert.Equal(["sg-contain"], world.Ec2["i-1"].Interfaces[0].Groups);
        Assert.Single((await world.ShowAsync(of.Id)).Acts);
    }

    [Fact]
    public async Task A_stopped_vm_that_its_owner_starts_again_is_stopped_again_once_it_is_found_again()
    {
        await using var world = await World.CreateAsync();
        var of = await world.AddCaseAsync("i-1", FindingClass.Runaway);
        await world.SettleAsync();
        Assert.Equal("stopped", world.Ec2["i-1"].State);

        world.Clock.Advance(TimeSpan.FromMinutes(5));
        world.Ec2.Alter("i-1", vm => vm with { State = "running" });
        await world.Database.ExecuteAsync("update vm set state_since = $1 where instance_id = 'i-1'", world.Now);
        await world.SettleAsync();
        Assert.Single((await world.ShowAsync(of.Id)).Acts);

        world.Clock.Advance(TimeSpan.FromMinutes(20));
        await JudgeAsync(world, "Confirmed", world.Now);
        await world.SettleAsync();

        Assert.Equal("stopped", world.Ec2["i-1"].State);
        var acts = (await world.ShowAsync(of.Id)).Acts;
        Assert.Equal([ActKinds.Stop, ActKinds.Stop], acts.Select(act => act.Kind));
        Assert.Contains("started again after Watchdog had stopped it", acts[1].Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_an_exemption_refused_is_proposed_once_it_has_ended()
    {
        await using var world = await World.CreateAsync(("Policy:Mode", "Propose"));
        await world.Database.ExecuteAsync(
            "insert into exemption (kind, subject, reason, author, from_at, until_at) values ('owner', 'alice', 'course', 'ann', $1, $2)",
            world.Now.AddDays(-1), world.Now.AddMinutes(90));
        await world.AddCaseAsync();
        world.Clock.Advance(TimeSpan.FromMinutes(61));
        await world.RunAsync();
        Assert.Equal("quarantine refused", await ActsAsync(world));

        world.Clock.Advance(TimeSpan.FromMinutes(61));
        await world.RunAsync();
        Assert.Equal("quarantine refused, quarantine proposed", await ActsAsync(world));
    }

    [Fact]
    public async Task An_episode_that_ended_and_a_case_that_closed_climb_no_more()
    {
        await using var world = await World.CreateAsync(("Policy:Mode", "Propose"), ("Policy:Runaway:Ladder", "restrain, stop"));
        var vm = await world.AddVmAsync("i-1");
        var change = await world.EpisodeAsync(vm, FindingClass.Runaway);
        await world.ApplyAsync(change);
        await EndAsync(world, ActStates.Failed);
        await world.ApplyAsync(change with { Step = EpisodeStep.Closed });

        await world.RunAsync();

        Assert.Equal("restrain failed", await ActsAsync(world));
        Assert.True(await world.Database.ScalarAsync<bool>("select spent from case_ladder"));
    }

    private static Task<int> EndAsync(World world, string state) =>
        world.Database.ExecuteAsync("update act set state = $1, done_at = $2", state, world.Now);

    // As Detection keeps it.
    private static Task<int> JudgeAsync(World world, string verdict, DateTimeOffset at, double clearMinutes = 0) => world.Database.ExecuteAsync(
        "update episode set state = jsonb_build_object('last', $1, 'state', jsonb_build_object('judgedAt', $2::timestamptz, 'clearMinutes', $3))", verdict, at, clearMinutes);

    private static Task<string> ActsAsync(World world) =>
        world.Database.ScalarAsync<string>("select coalesce(string_agg(kind || ' ' || state, ', ' order by id), '') from act");
}
