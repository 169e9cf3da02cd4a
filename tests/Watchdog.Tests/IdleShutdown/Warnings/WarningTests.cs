using Watchdog.IdleShutdown;
using Watchdog.IdleShutdown.Warnings;
using Watchdog.Policy;
using Watchdog.Storage;
using Watchdog.Tests.Enforcement;

namespace Watchdog.Tests.IdleShutdown.Warnings;

/// <summary>From the first finding to the deadline: whoever is stopped was warned, once, and who comes back is not stopped.</summary>
public sealed class WarningTests
{
    private const string Session = """{"user":"dev","tty":"pts/0","from":"198.51.100.7","idle":120}""";

    [Fact]
    public async Task A_stop_that_may_begin_is_warned_of_first_and_comes_at_its_deadline()
    {
        await using var world = await Resters.CreateAsync();
        await FoundIdleAsync(world, "i-1");
        await world.SettleAsync();
        var warned = world.Now;

        Assert.Equal(("stop proposed", "running"), (await Resters.ActsAsync(world, "i-1"), world.Ec2["i-1"].State));
        Assert.StartsWith("its owner is warned: not before ", await Resters.DetailAsync(world, "i-1"), StringComparison.Ordinal);
        Assert.Equal(["i-1 idle 15"], world.Notifier.Told);
        Assert.Equal("nobody uses it", await world.Database.ScalarAsync<string>("select data ->> 'reason' from event where kind = 'idle.warned' and subject = 'vm:i-1'"));

        await LaterAsync(world, 12);
        Assert.Equal("running", world.Ec2["i-1"].State);
        await LaterAsync(world, 5);
        await world.SettleAsync();
        await world.RunAsync();
        Assert.Equal(("stop verified", "stopped"), (await Resters.ActsAsync(world, "i-1"), world.Ec2["i-1"].State));
        Assert.Equal("stopped", await world.Database.ScalarAsync<string>("select ended from idle_warning"));
        Assert.True(await world.Database.ScalarAsync<bool>(
            "select s.started_at >= w.deadline and s.started_at >= w.told_at + interval '15 minutes' from idle_warning w join step s on s.act_id = w.act_id and s.kind = 'idle-stop'"), $"warned about {warned}");
        Assert.Equal(["i-1 idle 15"], world.Notifier.Told);
    }

    [Fact]
    public async Task Two_workers_at_once_and_many_runs_warn_once()
    {
        await using var world = await Resters.CreateAsync();
        foreach (var n in Enumerable.Range(1, 20))
        {
            await FoundIdleAsync(world, $"i-{n}");
        }

        var workers = Enumerable.Range(0, 2).Select(async n =>
        {
            var fence = await Leases.TakeAsync(world.Database.Source, [Leases.IdleOf(n)], $"node-{n}", world.Now, default);
            await world.Get<IdleAdmission>().AdmitAsync(fence, world.Now, default);
        });
        await Task.WhenAll(workers);
        await world.RunAsync();
        Assert.Equal((20L, 20L), (await CountAsync(world, "idle_warning"), await CountAsync(world, "event where kind = 'idle.warned'")));
    }

    [Fact]
    public async Task Use_between_the_warning_and_the_deadline_calls_it_off_and_a_later_idleness_warns_anew()
    {
        await using var world = await Resters.CreateAsync();
        await FoundIdleAsync(world, "i-1");
        await world.SettleAsync();
        world.Guests.Says = _ => Resters.Nobody(world.Now, sessions: Session);
        await LaterAsync(world, 17);
        await world.SettleAsync();
        await world.SettleAsync();

        Assert.Equal(("stop withdrawn", "running"), (await Resters.ActsAsync(world, "i-1"), world.Ec2["i-1"].State));
        Assert.Contains("login session", await world.Database.ScalarAsync<string>("select data ->> 'reason' from event where kind = 'idle.cancelled'"), StringComparison.Ordinal);
        Assert.Equal(["i-1 idle 15", "i-1 cancelled 0"], world.Notifier.Told);

        world.Guests.Says = _ => Resters.Nobody(world.Now);
        await Resters.StopAsync(world, "i-1");
        await world.SettleAsync();
        Assert.Equal(["i-1 idle 15", "i-1 cancelled 0", "i-1 idle 15"], world.Notifier.Told);
        Assert.Equal("stop withdrawn, stop proposed", await Resters.ActsAsync(world, "i-1"));
    }

    [Fact]
    public async Task A_hold_placed_after_the_warning_calls_it_off_before_the_deadline()
    {
        await using var world = await Resters.CreateAsync();
        await FoundIdleAsync(world, "i-1");
        await world.SettleAsync();
        await world.Get<HoldBook>().AddAsync("i-1", "a demo for a customer", "ann", world.Now, world.Now.AddHours(3), default);
        await world.SettleAsync();
        await world.SettleAsync();

        Assert.Equal("stop withdrawn", await Resters.ActsAsync(world, "i-1"));
        Assert.Contains("a demo for a customer", await world.Database.ScalarAsync<string>("select data ->> 'reason' from event where kind = 'idle.cancelled'"), StringComparison.Ordinal);
        Assert.Equal("i-1 cancelled 0", world.Notifier.Told[^1]);
    }

    [Theory]
    [InlineData("watchdog:keep-until", "2099-01-01T00:00:00Z")]
    [InlineData("watchdog:keep", "yes")]
    public async Task A_tag_changed_between_the_warning_and_the_stop_is_read_again_under_the_lock(string key, string value)
    {
        await using var world = await Resters.CreateAsync();
        await FoundIdleAsync(world, "i-1");
        await world.SettleAsync();
        await LaterAsync(world, 17);
        Assert.Equal("stop admitted", (await Resters.ActsAsync(world, "i-1")).Replace("planned", "admitted", StringComparison.Ordinal));
        world.Ec2.Alter("i-1", vm => vm with { Tags = vm.Tags.Append(new(key, value)).ToDictionary() });
        await world.SettleAsync();

        await world.RunAsync();
        Assert.Equal(("stop withdrawn", "running"), (await Resters.ActsAsync(world, "i-1"), world.Ec2["i-1"].State));
        Assert.Contains(key, await world.Database.ScalarAsync<string>("select why from idle_warning where ended = 'cancelled'"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Wait", "running")]
    [InlineData("Stop", "stopped")]
    public async Task A_guest_that_nobody_can_tell_is_kept_or_stopped_as_its_policy_says(string late, string state)
    {
        await using var world = await Resters.CreateAsync(("IdleShutdown:UndeliveredWarning", late));
        world.Notifier.Says = (_, _) => "no answer of ours";
        await FoundIdleAsync(world, "i-1");
        await world.SettleAsync();
        await LaterAsync(world, 20);
        await world.SettleAsync();

        Assert.Equal(state, world.Ec2["i-1"].State);
        Assert.Equal("notify withdrawn", await world.Database.ScalarAsync<string>("select kind || ' ' || state from act where kind = 'notify'"));
    }

    [Fact]
    public async Task Nobody_is_warned_of_a_stop_that_is_only_observed_or_that_nobody_approved()
    {
        await using var observing = await Resters.CreateAsync(("IdleShutdown:Mode", "Observe"));
        await FoundIdleAsync(observing, "i-1");
        await observing.SettleAsync();
        Assert.Equal(0, await CountAsync(observing, "idle_warning"));

        await using var proposing = await Resters.CreateAsync(("IdleShutdown:Mode", "Propose"));
        await FoundIdleAsync(proposing, "i-1");
        await proposing.SettleAsync();
        Assert.Equal(0, await CountAsync(proposing, "idle_warning"));
        await proposing.Get<IdleDesk>().ApproveAsync("i-1", "ann", "right", default);
        await proposing.SettleAsync();
        Assert.Equal((1L, "running"), (await CountAsync(proposing, "idle_warning"), proposing.Ec2["i-1"].State));
        await LaterAsync(proposing, 17);
        await proposing.SettleAsync();
        Assert.Equal("stopped", proposing.Ec2["i-1"].State);
    }

    [Fact]
    public async Task Warnings_end_when_stops_are_only_observed_from_now_on()
    {
        await using var world = await Resters.CreateAsync();
        await FoundIdleAsync(world, "i-1");
        await world.SettleAsync();
        await using (var connection = await world.Database.Source.OpenConnectionAsync())
        {
            await using var transaction = await connection.BeginTransactionAsync();
            await WarningRound.RunAsync(connection, transaction, PolicyMode.Observe, world.Now, default);
            await transaction.CommitAsync();
        }

        Assert.Equal("idle stops are only observed now", await world.Database.ScalarAsync<string>("select why from idle_warning"));
    }

    [Fact]
    public async Task A_stop_that_the_brake_held_long_past_its_time_is_warned_of_anew()
    {
        await using var world = await Resters.CreateAsync();
        await FoundIdleAsync(world, "i-1");
        await world.SettleAsync();
        await Brake.SetAsync(world.Database.Source, true, "wait", "ann", world.Now, default);
        foreach (var _ in Enumerable.Range(0, 9))
        {
            await LaterAsync(world, 10);
        }

        await Brake.SetAsync(world.Database.Source, false, "go on", "ann", world.Now, default);
        await world.SettleAsync();
        Assert.Equal((2L, "running"), (await CountAsync(world, "idle_warning"), world.Ec2["i-1"].State));
        Assert.Contains("the brake is on", await world.Database.ScalarAsync<string>("select why from idle_warning where ended = 'cancelled'"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_owner_with_5000_idle_vms_is_warned_and_stopped_within_the_caps_and_keeps_nobody_else_waiting()
    {
        await using var world = await Resters.CreateAsync();
        await world.Database.ExecuteAsync(
            """
            insert into vm (instance_id, scope, shard, owner, state, state_since, instance_type, vcpus, launch_time, tags, first_seen, changed_at, fingerprint)
            select 'i-many-' || n, $1, 0, 'many', 'running', $2, 't3.nano', 2, $2, '{}', $2, $2, 0 from generate_series(1, 5000) n
            """, world.Scope.Id, world.Now.AddDays(-3));
        await world.Database.ExecuteAsync(
            """
            insert into act (case_id, purpose, instance_id, scope, kind, state, severity, needs_person, reason, actor, rule_version, proposed_at)
            select null, 'idle', 'i-many-' || n, $1, 'stop', 'proposed', 0, false, 'nobody uses it', 'watchdog', 'v', $2 from generate_series(1, 5000) n
            """, world.Scope.Id, world.Now);
        await FoundIdleAsync(world, "i-other", "bob");
        await world.ReportShardsAsync();
        var fence = await Leases.TakeAsync(world.Database.Source, [Leases.IdleOf(0)], "node", world.Now, default);
        await world.Get<IdleAdmission>().AdmitAsync(fence, world.Now, default);

        Assert.Equal((50L, 1L), (await CountAsync(world, "idle_warning where owner = 'many'"), await CountAsync(world, "idle_warning where owner = 'bob'")));
        Assert.Equal(949L, await CountAsync(world, "act where kind = 'stop' and detail = 'the cap of 50 idle stops of one owner''s VMs in an hour is reached'"));

        await world.Database.ExecuteAsync("update idle_warning set told_at = warned_at, ready_at = deadline");
        world.Clock.Advance(TimeSpan.FromMinutes(16));
        await world.ReportShardsAsync();
        Assert.Equal(51, await world.Get<IdleAdmission>().AdmitAsync(fence, world.Now, default));
        Assert.Equal(50L, await CountAsync(world, "act where kind = 'stop' and state = 'admitted' and instance_id like 'i-many-%'"));
    }

    [Fact]
    public async Task Killed_while_the_guest_is_told_the_act_goes_on_and_the_stop_waits_for_it()
    {
        await using var world = await Resters.CreateAsync();
        await FoundIdleAsync(world, "i-1");
        var killed = false;
        world.Notifier.Before = () =>
        {
            if (!killed)
            {
                killed = true;
                throw new KilledException();
            }
        };
        await Killed.ReviveAsync(world);

        Assert.True(killed);
        Assert.Equal(["i-1 idle 15"], world.Notifier.Told);
        Assert.Equal("notify verified", await world.Database.ScalarAsync<string>("select kind || ' ' || state from act where kind = 'notify'"));
        Assert.Equal(1, await CountAsync(world, "event where kind = 'idle.warned'"));
    }

    private static async Task FoundIdleAsync(World world, string id, string owner = "alice")
    {
        await world.AddVmAsync(id, owner);
        await Resters.StopAsync(world, id);
    }

    // Minutes later, everything reported and listed anew, one run of the actuator.
    private static async Task LaterAsync(World world, int minutes)
    {
        world.Clock.Advance(TimeSpan.FromMinutes(minutes));
        await Resters.ListStatusAsync(world);
        await world.ReportShardsAsync();
        await world.RunAsync();
    }

    private static Task<long> CountAsync(World world, string what) => world.Database.ScalarAsync<long>($"select count(*) from {what}");
}
