using Watchdog.Enforcement;
using Watchdog.IdleShutdown.Schedules;
using Watchdog.Inventory;
using Watchdog.Storage;
using Watchdog.Tests.Enforcement;

namespace Watchdog.Tests.IdleShutdown.Schedules;

/// <summary>From a schedule's time to the VM's stop and start, through the ledger and the actuator.</summary>
public sealed class ScheduleRunTests
{
    private const string Session = """{"user":"dev","tty":"pts/0","from":"198.51.100.7","idle":120}""";
    private static readonly TimeSpan Evening = new(19, 0, 0);
    private static readonly TimeSpan Morning = new(8, 0, 0);

    [Fact]
    public async Task A_vm_is_stopped_at_its_time_once_and_started_in_the_morning()
    {
        await using var world = await CreateAsync();
        await world.AddVmAsync("i-1");
        await world.AddVmAsync("i-other", "bob");
        await AtAsync(world, Evening);
        await RunAsync(world);
        await PlayAsync(world);

        Assert.Equal("stop verified", await Resters.ActsAsync(world, "i-1"));
        Assert.Equal("", await Resters.ActsAsync(world, "i-other"));
        Assert.Equal("office", await world.Database.ScalarAsync<string>("select policy from act where instance_id = 'i-1'"));
        Assert.Contains("Schedule night of policy office stops it at", world.Ec2["i-1"].Tags["watchdog:stopped"], StringComparison.Ordinal);

        await AtAsync(world, Morning - TimeSpan.FromMinutes(10));
        await RunAsync(world);
        Assert.Equal("stop verified", await Resters.ActsAsync(world, "i-1"));
        await AtAsync(world, Morning);
        await RunAsync(world);
        await PlayAsync(world);
        Assert.Equal("stop released, release verified", await Resters.ActsAsync(world, "i-1"));
        Assert.Equal("running", world.Ec2["i-1"].State);
    }

    [Fact]
    public async Task Who_is_inside_is_not_stopped_and_asked_again_within_the_bound_and_never_later()
    {
        await using var world = await CreateAsync();
        await world.AddVmAsync("i-1");
        await world.AddVmAsync("i-2");
        var inUse = true;
        world.Guests.Says = id => Resters.Nobody(world.Now, sessions: inUse || id == "i-2" ? Session : "");
        await AtAsync(world, Evening);
        await PlayAsync(world);
        Assert.Equal("stop withdrawn", await Resters.ActsAsync(world, "i-1"));
        Assert.Contains("login session", await Resters.DetailAsync(world, "i-1"), StringComparison.Ordinal);

        inUse = false;
        await RunAsync(world);
        Assert.Equal("stop withdrawn", await Resters.ActsAsync(world, "i-1"));
        await AtAsync(world, Evening + TimeSpan.FromMinutes(10));
        await PlayAsync(world);
        Assert.Equal("stop withdrawn, stop verified", await Resters.ActsAsync(world, "i-1"));

        await AtAsync(world, Evening + TimeSpan.FromMinutes(31));
        world.Guests.Says = _ => Resters.Nobody(world.Now);
        await PlayAsync(world);
        Assert.Equal("stop withdrawn, stop withdrawn", await Resters.ActsAsync(world, "i-2"));
    }

    [Theory]
    [InlineData("hold")]
    [InlineData("job")]
    [InlineData("opt-out")]
    [InlineData("case")]
    [InlineData("young")]
    public async Task What_keeps_a_vm_from_an_idle_stop_keeps_it_from_its_schedules(string what)
    {
        await using var world = await CreateAsync();
        await world.AddVmAsync("i-1");
        await AtAsync(world, Evening);
        await (what switch
        {
            "hold" => world.Database.ExecuteAsync("insert into hold (instance_id, reason, author, from_at, until_at) values ('i-1', 'a demo', 'ann', $1, $2)", world.Now.AddHours(-1), world.Now.AddHours(9)),
            "job" => world.Database.ExecuteAsync("""update vm set tags = '{"watchdog:job": "nightly"}' where instance_id = 'i-1'"""),
            "opt-out" => world.Database.ExecuteAsync("""update vm set tags = '{"watchdog:keep": "yes"}' where instance_id = 'i-1'"""),
            "case" => CaseAsync(world, "i-1"),
            _ => world.Database.ExecuteAsync("update vm set launch_time = $1 where instance_id = 'i-1'", world.Now.AddMinutes(-10)),
        });
        await RunAsync(world);
        Assert.Equal("", await Resters.ActsAsync(world, "i-1"));
    }

    [Fact]
    public async Task A_run_that_was_missed_for_a_day_stops_nobody_and_starts_whose_window_lasts()
    {
        await using var world = await CreateAsync();
        await world.AddVmAsync("i-1");
        await AtAsync(world, Evening);
        await PlayAsync(world);
        await world.AddVmAsync("i-2");

        world.Clock.Advance(TimeSpan.FromDays(1));
        await AtAsync(world, new TimeSpan(15, 0, 0));
        await PlayAsync(world);
        Assert.Equal("stop released, release verified", await Resters.ActsAsync(world, "i-1"));
        Assert.Equal("", await Resters.ActsAsync(world, "i-2"));
    }

    [Fact]
    public async Task Only_whom_watchdog_switched_off_is_started_and_none_with_a_case()
    {
        await using var world = await CreateAsync();
        foreach (var id in (string[])["i-1", "i-owner", "i-case", "i-again"])
        {
            await world.AddVmAsync(id);
        }

        await AtAsync(world, Evening);
        world.Ec2.Alter("i-owner", vm => vm with { State = "stopped" });
        await ListAsync(world);
        await PlayAsync(world);
        // Its owner started it at night and stopped it again.
        await AtAsync(world, new TimeSpan(23, 0, 0));
        world.Ec2.Alter("i-again", vm => vm with { LaunchTime = world.Now });
        await CaseAsync(world, "i-case");
        await AtAsync(world, Morning);
        await PlayAsync(world);

        Assert.Equal("running", world.Ec2["i-1"].State);
        Assert.Equal("stopped", world.Ec2["i-owner"].State);
        Assert.Equal("stopped", world.Ec2["i-case"].State);
        Assert.Equal("stopped", world.Ec2["i-again"].State);
    }

    [Fact]
    public async Task Where_ec2_has_no_capacity_a_start_is_tried_again_and_that_is_told_once()
    {
        await using var world = await CreateAsync();
        await world.AddVmAsync("i-1");
        await AtAsync(world, Evening);
        await PlayAsync(world);
        var refusals = 0;
        world.Ec2.Before = (_, call) =>
        {
            if (call.StartsWith("start", StringComparison.Ordinal) && refusals++ < 3)
            {
                throw new ActuatorException(ActuatorError.WrongState, "InsufficientInstanceCapacity", "There is no spare m5.large.");
            }
        };
        await AtAsync(world, Morning);
        await PlayAsync(world);

        Assert.Equal(4, refusals);
        Assert.Equal("running", world.Ec2["i-1"].State);
        Assert.Equal(1L, await world.Database.ScalarAsync<long>(
            "select count(*) from event where kind = 'start.no-capacity' and subject = 'vm:i-1' and data ->> 'reason' like '%no spare m5.large%'"));
    }

    [Fact]
    public async Task The_agenda_has_each_time_within_a_day_and_the_vms_it_is_for()
    {
        await using var world = await CreateAsync();
        await world.AddVmAsync("i-1");
        await world.AddVmAsync("i-2");
        await AtAsync(world, new TimeSpan(12, 0, 0));
        var agenda = await world.Get<Agenda>().ReadAsync(world.Now.AddHours(24), default);
        Assert.Equal(
            [(Desired.Stopped, Evening, "night", "office", 2), (Desired.Running, Morning, "night", "office", 0)],
            agenda.Select(one => (one.Occurrence.Wants, one.Occurrence.At.TimeOfDay, one.Schedule, one.Policy, one.Vms)));
    }

    [Fact]
    public async Task A_vm_that_is_stopping_already_is_left_to_whoever_did_that()
    {
        await using var world = await CreateAsync(("IdleShutdown:UndeliveredWarning", "Stop"));
        await world.AddVmAsync("i-1");
        await AtAsync(world, Evening);
        world.Ec2.Alter("i-1", vm => vm with { State = "stopping" });
        await PlayAsync(world);
        Assert.Equal("stop refused", await Resters.ActsAsync(world, "i-1"));
        Assert.Empty(world.Ec2.Changes);
    }

    [Fact]
    public async Task A_stop_that_waits_past_its_bound_is_withdrawn()
    {
        await using var world = await CreateAsync(("IdleShutdown:Mode", "Observe"));
        await world.AddVmAsync("i-1");
        await AtAsync(world, Evening);
        await RunAsync(world);
        Assert.Equal("stop observed", await Resters.ActsAsync(world, "i-1"));
        await AtAsync(world, Evening + TimeSpan.FromMinutes(31));
        await RunAsync(world);
        Assert.Equal("stop withdrawn", await Resters.ActsAsync(world, "i-1"));
        Assert.Empty(world.Ec2.Changes);
    }

    [Fact]
    public async Task A_wave_that_could_not_be_woken_in_time_is_refused_once_for_all_shards()
    {
        // 1,000 VMs, to run again a minute later: 500 at once and 60 after them.
        await using var world = await CreateAsync(("IdleShutdown:Policies:0:Owner", "others"), ("IdleShutdown:Schedules:0:Start", "1 19 * * *"));
        await AtAsync(world, Evening);
        await RunAsync(world);
        await RunAsync(world);
        Assert.Equal(0L, await world.Database.ScalarAsync<long>("select count(*) from act"));
        Assert.Contains("would stop 1,000 VMs of 123456789012/eu-west-1", await world.Database.ScalarAsync<string>("select refused from idle_wave"), StringComparison.Ordinal);
        Assert.Equal(1L, await world.Database.ScalarAsync<long>("select count(*) from event where kind = 'idle.wave-refused'"));
    }

    private static Task<World> CreateAsync(params (string Key, string Value)[] settings) => Resters.CreateAsync(
        [
            ("IdleShutdown:Policies:0:Name", "office"), ("IdleShutdown:Policies:0:Owner", "alice"), ("IdleShutdown:Policies:0:Schedule", "night"),
            ("IdleShutdown:Schedules:0:Name", "night"), ("IdleShutdown:Schedules:0:Stop", "0 19 * * *"), ("IdleShutdown:Schedules:0:Start", "0 8 * * *"),
            ("IdleShutdown:WarningMinutes", "1"),
            .. settings,
        ]);

    // The next time that a clock in UTC shows it; inventory and status checks are listed anew.
    private static async Task AtAsync(World world, TimeSpan time)
    {
        var at = new DateTimeOffset(world.Now.UtcDateTime.Date, TimeSpan.Zero) + time;
        world.Clock.Advance((at < world.Now ? at.AddDays(1) : at) - world.Now);
        await ListAsync(world);
    }

    private static async Task ListAsync(World world)
    {
        await Resters.ListStatusAsync(world);
        foreach (var id in await world.Database.ScalarAsync<string[]>("select coalesce(array_agg(instance_id), '{}') from vm where instance_id not like 'i-quiet%'"))
        {
            await world.Database.ExecuteAsync("update vm set state = $2, launch_time = $3 where instance_id = $1", id, world.Ec2[id].State, world.Ec2[id].LaunchTime);
        }
    }

    private static async Task CaseAsync(World world, string id) => await world.Database.ExecuteAsync(
        """
        insert into case_file (instance_id, scope, owner, class, opened_at, state, score, reason, rule_version)
        select instance_id, scope, owner, 'miner', $2, 'open', 0.5, 'looked at', 'rules-1' from vm where instance_id = $1
        """, id, world.Now);

    // A run, its warnings, and what comes of them when their minute has passed.
    private static async Task PlayAsync(World world)
    {
        await RunAsync(world);
        await world.SettleAsync();
        for (var i = 0; i < 2; i++)
        {
            world.Clock.Advance(TimeSpan.FromMinutes(2));
            await Resters.ListStatusAsync(world);
            await world.SettleAsync();
        }
    }

    private static async Task RunAsync(World world)
    {
        var all = Enumerable.Range(0, Shard.Count).ToList();
        var fence = await Leases.TakeAsync(world.Database.Source, all.Select(Leases.ScheduleOf), "node", world.Now, default);
        await world.Get<ScheduleRun>().RunAsync([.. all.Select(shard => (short)shard)], new Dictionary<short, Scope> { [world.Scope.Id] = world.Scope }, fence, default);
    }
}
