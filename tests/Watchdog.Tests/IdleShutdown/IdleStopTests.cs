using System.Runtime.InteropServices;
using Watchdog.Policy;

namespace Watchdog.Tests.IdleShutdown;

/// <summary>An idle stop from its admission to its end: judged once more right before its call, and never on half a picture.</summary>
public sealed class IdleStopTests
{
    private const string Session = """{"user":"dev","tty":"pts/0","from":"198.51.100.7","idle":120}""";

    [Fact]
    public async Task An_idle_vm_is_stopped_and_tagged_and_its_events_are_about_the_vm()
    {
        await using var world = await Resters.CreateAsync();
        await Resters.AddAsync(world, "i-1");
        await world.SettleAsync();

        Assert.Equal("stop verified", await Resters.ActsAsync(world, "i-1"));
        Assert.Equal("stopped", world.Ec2["i-1"].State);
        Assert.Contains("idle: nobody uses it", world.Ec2["i-1"].Tags["watchdog:stopped"], StringComparison.Ordinal);
        Assert.Equal(["stop i-1", "tag i-1"], world.Ec2.Changes.Select(change => string.Join(' ', change.Split(' ').Take(2))));
        Assert.Equal("act.observed, act.admitted, act.planned, act.verified", await world.Database.ScalarAsync<string>(
            "select string_agg(kind, ', ' order by id) from event where subject = 'vm:i-1' and data ->> 'purpose' = 'idle' and data ->> 'owner' = 'alice'"));
        Assert.Equal("rules-1", await world.Database.ScalarAsync<string>("select distinct rule_version from audit where subject = 'vm:i-1'"));
        Assert.Equal(0L, await world.Database.ScalarAsync<long>("select count(*) from case_file"));
    }

    [Fact]
    public async Task Undone_the_vm_runs_again_and_bears_no_tag()
    {
        await using var world = await Resters.CreateAsync();
        await Resters.AddAsync(world, "i-1");
        await world.SettleAsync();
        await Resters.ReleaseAsync(world, "i-1");
        await world.SettleAsync();

        Assert.Equal("stop released, release verified", await Resters.ActsAsync(world, "i-1"));
        Assert.Equal("running", world.Ec2["i-1"].State);
        Assert.DoesNotContain("watchdog:stopped", world.Ec2["i-1"].Tags.Keys);
    }

    [Theory]
    [InlineData("session")]
    [InlineData("connection")]
    [InlineData("process")]
    [InlineData("gpu")]
    public async Task Use_that_begins_after_the_admission_withdraws_the_stop(string use)
    {
        await using var world = await Resters.CreateAsync();
        await Resters.AddAsync(world, "i-1");
        world.Guests.Says = _ => use switch
        {
            "session" => Resters.Nobody(world.Now, sessions: Session),
            "connection" => Resters.Nobody(world.Now, connections: """{"pid":1001,"ip":"10.0.0.9","port":40112,"lport":5432,"out":false},"""),
            "process" => Resters.Nobody(world.Now, processes:
                """{"pid":900,"ppid":1,"uid":1000,"comm":"python3","exe":"/usr/bin/python3","args":"bot","age":600.0,"cpu":12.0,"thr":1,"rss":100,"cwd":"home"},"""),
            _ => Resters.Nobody(world.Now, gpu: "\"4242, /usr/bin/python3, 11304 MiB\""),
        };
        await world.SettleAsync();

        Assert.Equal("stop withdrawn", await Resters.ActsAsync(world, "i-1"));
        Assert.Empty(world.Ec2.Changes);
    }

    [Fact]
    public async Task A_hold_placed_after_the_admission_withdraws_the_stop()
    {
        await using var world = await Resters.CreateAsync();
        await Resters.AddAsync(world, "i-1");
        await world.RunAsync();
        await world.Get<HoldBook>().AddAsync("i-1", "a demo for a customer", "ann", world.Now, world.Now.AddHours(3), default);
        await world.SettleAsync();

        Assert.Equal("stop withdrawn", await Resters.ActsAsync(world, "i-1"));
        Assert.Contains("a demo for a customer", await Resters.DetailAsync(world, "i-1"), StringComparison.Ordinal);
        Assert.Empty(world.Ec2.Changes);
    }

    [Theory]
    [InlineData("watchdog:keep", "yes")]
    [InlineData("watchdog:keep-until", "2099-01-01T00:00:00Z")]
    [InlineData("watchdog:keep-until", "next week")]
    [InlineData("watchdog:job", "nightly")]
    public async Task A_tag_that_inventory_has_not_seen_yet_withdraws_the_stop(string key, string value)
    {
        await using var world = await Resters.CreateAsync();
        await Resters.AddAsync(world, "i-1");
        await world.RunAsync();
        world.Ec2.Alter("i-1", vm => vm with { Tags = vm.Tags.Append(new(key, value)).ToDictionary() });
        await world.SettleAsync();

        Assert.Equal("stop withdrawn", await Resters.ActsAsync(world, "i-1"));
        Assert.Empty(world.Ec2.Changes);
    }

    [Theory]
    [InlineData("stopping")]
    [InlineData("stopped")]
    [InlineData("pending")]
    public async Task A_vm_that_somebody_else_stops_or_starts_is_left_to_him(string state)
    {
        await using var world = await Resters.CreateAsync();
        await Resters.AddAsync(world, "i-1");
        await world.RunAsync();
        world.Ec2.Alter("i-1", vm => vm with { State = state });
        await world.SettleAsync();

        Assert.Equal("stop withdrawn", await Resters.ActsAsync(world, "i-1"));
        Assert.Empty(world.Ec2.Changes);
    }

    [Fact]
    public async Task Without_data_right_before_the_call_nothing_is_stopped()
    {
        await using var world = await Resters.CreateAsync();
        await Resters.AddAsync(world, "i-1");
        world.Metrics.Answers = false;
        await world.SettleAsync();

        Assert.Equal("stop withdrawn", await Resters.ActsAsync(world, "i-1"));
        Assert.Empty(world.Ec2.Changes);
    }

    [Fact]
    public async Task An_agent_that_is_gone_keeps_the_vm_unless_the_policy_names_a_longer_time()
    {
        await using var world = await Resters.CreateAsync();
        world.Guests.Says = null;
        await Resters.AddAsync(world, "i-1");
        await world.SettleAsync();
        Assert.Equal("stop withdrawn", await Resters.ActsAsync(world, "i-1"));

        await using var patient = await Resters.CreateAsync(("IdleShutdown:WithoutAgent", "240"));
        patient.Guests.Says = null;
        await Resters.AddAsync(patient, "i-1");
        await patient.SettleAsync();
        Assert.Equal("stop verified", await Resters.ActsAsync(patient, "i-1"));
    }

    [Fact]
    public async Task A_look_that_is_half_a_minute_old_is_asked_for_anew()
    {
        await using var world = await Resters.CreateAsync();
        await Resters.AddAsync(world, "i-1");
        var looks = 0;
        world.Guests.Before = () => looks++;
        world.Guests.TookAt = () => looks < 3 ? world.Now.AddSeconds(-31) : world.Now.AddSeconds(-3);
        await world.SettleAsync();

        Assert.Equal("stop verified", await Resters.ActsAsync(world, "i-1"));
        Assert.Equal(3, looks);
    }

    [Fact]
    public async Task Where_no_look_comes_close_enough_nobody_is_stopped()
    {
        await using var world = await Resters.CreateAsync();
        await Resters.AddAsync(world, "i-1");
        world.Guests.TookAt = () => world.Now.AddSeconds(-31);
        await world.SettleAsync();

        Assert.Equal("stop withdrawn", await Resters.ActsAsync(world, "i-1"));
        Assert.Contains("no look inside came close enough to the stop", await Resters.DetailAsync(world, "i-1"), StringComparison.Ordinal);
        Assert.Empty(world.Ec2.Changes);
    }

    [Fact]
    public async Task Of_a_wave_sixteen_are_looked_into_at_once_and_all_are_stopped()
    {
        await using var world = await Resters.CreateAsync(("IdleShutdown:Caps:PerOwnerAndHour", "1000"));
        string[] wave = [.. Enumerable.Range(1, 40).Select(number => $"i-{number}")];
        foreach (var vm in wave)
        {
            await Resters.AddAsync(world, vm);
        }

        List<int> looks = [0];
        world.Guests.Before = () => Interlocked.Increment(ref CollectionsMarshal.AsSpan(looks)[^1]);
        for (var run = 0; run < 3; run++)
        {
            await world.ReportShardsAsync();
            await world.RunAsync();
            looks.Add(0);
        }

        Assert.Equal([16, 16, 8, 0], looks);
        await world.SettleAsync();
        Assert.All(wave, vm => Assert.Equal("stopped", world.Ec2[vm].State));
    }

    [Fact]
    public async Task A_look_that_a_pause_made_old_stops_nobody()
    {
        await using var world = await Resters.CreateAsync();
        await Resters.AddAsync(world, "i-1");
        await world.RunAsync();
        world.Clock.Advance(TimeSpan.FromHours(2));
        await world.SettleAsync();

        Assert.Equal("stop withdrawn", await Resters.ActsAsync(world, "i-1"));
        Assert.Empty(world.Ec2.Changes);
    }
}
