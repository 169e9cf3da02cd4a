using Watchdog.Detectors.Findings;
using Watchdog.Ledger;
using Watchdog.Policy;
using Watchdog.Tests.Enforcement;

namespace Watchdog.Tests.IdleShutdown;

/// <summary>Idle stops beside acts on abuse: these go first, have caps of their own, and are undone by themselves.</summary>
public sealed class BesideAbuseTests
{
    [Fact]
    public async Task Containment_goes_before_idle_stops_that_waited_for_longer()
    {
        await using var world = await Resters.CreateAsync(("Enforcement:EvidenceSeconds", "0"));
        foreach (var n in Enumerable.Range(1, 12))
        {
            await Resters.AddAsync(world, $"i-idle-{n}");
        }

        await world.RunAsync();
        await world.AddCaseAsync("i-miner", groups: ["sg-a"]);
        world.Clock.Advance(TimeSpan.FromSeconds(6));
        await world.RunAsync();
        await world.RunAsync();

        var (contained, stopped) = (
            world.Ec2.Changes.FindLastIndex(change => change.StartsWith("groups", StringComparison.Ordinal)),
            world.Ec2.Changes.FindIndex(change => change.StartsWith("stop", StringComparison.Ordinal)));
        Assert.True(contained >= 0 && stopped > contained, string.Join("; ", world.Ec2.Changes));
    }

    [Fact]
    public async Task Each_has_its_own_caps()
    {
        await using var world = await Resters.CreateAsync(("IdleShutdown:Caps:PerFiveMinutes", "2"), ("Policy:Caps:PerFiveMinutes", "1"));
        foreach (var n in Enumerable.Range(1, 3))
        {
            await Resters.AddAsync(world, $"i-idle-{n}");
        }

        await world.SettleAsync();
        Assert.Equal(["stop verified", "stop verified", "stop proposed"], await EachAsync(world, ["i-idle-1", "i-idle-2", "i-idle-3"]));
        Assert.Equal("the cap of 2 idle stops in five minutes is reached", await Resters.DetailAsync(world, "i-idle-3"));

        await world.AddCaseAsync("i-miner", groups: ["sg-a"]);
        await world.SettleAsync();
        Assert.Equal(["sg-contain"], world.Ec2["i-miner"].Interfaces[0].Groups);
    }

    [Fact]
    public async Task One_owners_idle_vms_are_not_all_stopped_at_once()
    {
        await using var world = await Resters.CreateAsync(("IdleShutdown:Caps:PerOwnerAndHour", "1"));
        await Resters.AddAsync(world, "i-1");
        await Resters.AddAsync(world, "i-2");
        await Resters.AddAsync(world, "i-3", "bob");
        await world.SettleAsync();

        Assert.Equal(["stop verified", "stop proposed", "stop verified"], await EachAsync(world, ["i-1", "i-2", "i-3"]));
    }

    [Fact]
    public async Task A_case_that_opens_meanwhile_takes_the_vm_over()
    {
        await using var world = await Resters.CreateAsync();
        await Resters.AddAsync(world, "i-1");
        await world.RunAsync();
        var vm = (await world.Get<Watchdog.Inventory.VmRepository>().ByIdsAsync(["i-1"], default))[0];
        await world.ApplyAsync(await world.EpisodeAsync(vm, FindingClass.ForkBomb));
        await world.SettleAsync();

        Assert.Equal("stop withdrawn", await Resters.ActsAsync(world, "i-1"));
        Assert.Equal("verified", await world.Database.ScalarAsync<string>("select state from act where purpose = 'abuse'"));
        Assert.Equal("stopped", world.Ec2["i-1"].State);
    }

    [Fact]
    public async Task Releasing_a_case_starts_no_vm_that_was_stopped_for_idleness()
    {
        await using var world = await Resters.CreateAsync();
        await Resters.AddAsync(world, "i-1");
        await world.SettleAsync();
        var vm = (await world.Get<Watchdog.Inventory.VmRepository>().ByIdsAsync(["i-1"], default))[0];
        await world.ApplyAsync(await world.EpisodeAsync(vm));
        await world.SettleAsync();
        var of = (await world.Cases.ListAsync(new CaseFilter(InstanceId: "i-1"), default))[0];
        await world.AskAsync(RequestKinds.Release, of, new RequestPayload("it was nothing"));

        Assert.Equal("stop verified", await Resters.ActsAsync(world, "i-1"));
        Assert.Equal(("stopped", "sg-default"), (world.Ec2["i-1"].State, world.Ec2["i-1"].Interfaces[0].Groups[0]));
        Assert.Contains("watchdog:stopped", world.Ec2["i-1"].Tags.Keys);
        Assert.DoesNotContain("watchdog:case", world.Ec2["i-1"].Tags.Keys);
    }

    [Theory]
    [InlineData("Policy:Mode", "Observe", "stop verified")]
    [InlineData("IdleShutdown:Mode", "Observe", "stop observed")]
    [InlineData("IdleShutdown:Mode", "Propose", "stop proposed")]
    public async Task Its_mode_is_its_own(string key, string mode, string acts)
    {
        await using var world = await Resters.CreateAsync((key, mode));
        await Resters.AddAsync(world, "i-1");
        await world.SettleAsync();
        Assert.Equal(acts, await Resters.ActsAsync(world, "i-1"));
    }

    [Fact]
    public async Task The_brake_holds_what_is_admitted()
    {
        await using var world = await Resters.CreateAsync();
        await Resters.AddAsync(world, "i-1");
        await world.RunAsync();
        await Brake.SetAsync(world.Database.Source, true, "wait", "ann", world.Now, default);
        world.Clock.Advance(TimeSpan.FromSeconds(10));
        await world.RunAsync();

        Assert.Empty(world.Ec2.Changes);
        await Brake.SetAsync(world.Database.Source, false, "go on", "ann", world.Now, default);
        await world.SettleAsync();
        Assert.Equal("stop verified", await Resters.ActsAsync(world, "i-1"));
    }

    private static async Task<string[]> EachAsync(World world, string[] ids)
    {
        List<string> acts = [];
        foreach (var id in ids)
        {
            acts.Add(await Resters.ActsAsync(world, id));
        }

        return [.. acts];
    }
}
