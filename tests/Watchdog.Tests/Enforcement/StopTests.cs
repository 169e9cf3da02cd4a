using Watchdog.Detectors.Findings;
using Watchdog.Enforcement.Plans;
using Watchdog.Ledger;

namespace Watchdog.Tests.Enforcement;

public sealed class StopTests
{
    [Fact]
    public async Task A_fork_bomb_is_stopped_and_the_plan_names_what_a_start_cannot_bring_back()
    {
        await using var world = await World.CreateAsync();
        var of = await world.AddCaseAsync("i-1", FindingClass.ForkBomb);

        await world.RunAsync();

        Assert.Equal("stopped", world.Ec2["i-1"].State);
        Assert.Equal(["sg-default"], world.Ec2["i-1"].Interfaces[0].Groups);
        var whole = await world.ShowAsync(of.Id);
        Assert.Equal(CaseStates.Contained, whole.Case.State);
        var lost = string.Join("; ", LedgerJson.Read<Plan>(whole.Acts[0].PlanJson!).NotBroughtBack);
        Assert.Contains("memory", lost, StringComparison.Ordinal);
        Assert.Contains("instance-store", lost, StringComparison.Ordinal);
        Assert.Contains("203.0.113.7", lost, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stop_that_hangs_is_forced_and_only_stopped_is_stopped()
    {
        await using var world = await World.CreateAsync();
        var of = await world.AddCaseAsync("i-1", FindingClass.Panic);
        world.Ec2.After = (_, name) =>
        {
            if (name == "stop" && !world.Ec2.Changes.Contains("stop i-1 force"))
            {
                world.Ec2.Alter("i-1", vm => vm with { State = "stopping" });
            }
        };

        await world.RunAsync();
        world.Clock.Advance(TimeSpan.FromMinutes(9));
        await world.RunAsync();
        Assert.Equal(CaseStates.Open, (await world.ShowAsync(of.Id)).Case.State);
        world.Clock.Advance(TimeSpan.FromMinutes(2));
        await world.SettleAsync();

        Assert.Equal(ActStates.Verified, (await world.ShowAsync(of.Id)).Acts[0].State);
        Assert.Equal(["stop i-1", "stop i-1 force"], world.Ec2.Changes.Where(c => c.StartsWith("stop", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Stop_protection_is_somebodys_will_and_the_stop_is_refused()
    {
        await using var world = await World.CreateAsync();
        var of = await world.AddCaseAsync("i-1", FindingClass.ForkBomb);
        world.Ec2.AlterGuards("i-1", guards => guards with { StopProtected = true });

        await world.RunAsync();

        var act = (await world.ShowAsync(of.Id)).Acts[0];
        Assert.Equal(ActStates.Refused, act.State);
        Assert.Contains("stop protection", act.Detail, StringComparison.Ordinal);
        Assert.Empty(world.Ec2.Changes);
    }

    [Fact]
    public async Task A_quarantine_sets_the_groups_of_a_stopped_vm_too()
    {
        await using var world = await World.CreateAsync();
        await world.AddCaseAsync();
        world.Ec2.Alter("i-1", vm => vm with { State = "stopped" });

        await world.RunAsync();

        Assert.Equal(["sg-contain"], world.Ec2["i-1"].Interfaces[0].Groups);
    }

    [Theory]
    [InlineData("spot", "ebs", "spot")]
    [InlineData(null, "instance-store", "instance store")]
    public async Task What_cannot_be_stopped_and_started_again_is_refused_with_the_reason(string? lifecycle, string root, string reason)
    {
        await using var world = await World.CreateAsync();
        var of = await world.AddCaseAsync("i-1", FindingClass.ForkBomb);
        world.Ec2.Alter("i-1", vm => vm with { Lifecycle = lifecycle, RootDeviceType = root });

        await world.RunAsync();

        var act = (await world.ShowAsync(of.Id)).Acts[0];
        Assert.Equal(ActStates.Refused, act.State);
        Assert.Contains(reason, act.Detail, StringComparison.Ordinal);
        Assert.Empty(world.Ec2.Changes);
    }

    [Theory]
    [InlineData(FindingClass.ForkBomb)]
    [InlineData(FindingClass.Miner)]
    public async Task A_vm_that_joined_an_auto_scaling_group_since_the_last_listing_is_refused(FindingClass found)
    {
        await using var world = await World.CreateAsync();
        var of = await world.AddCaseAsync("i-1", found);
        world.Ec2.Alter("i-1", vm => vm with { Tags = new Dictionary<string, string>(vm.Tags) { ["aws:autoscaling:groupName"] = "web" } });

        await world.RunAsync();

        var act = (await world.ShowAsync(of.Id)).Acts[0];
        Assert.Equal(ActStates.Refused, act.State);
        Assert.Contains("Auto Scaling group web", act.Detail, StringComparison.Ordinal);
        Assert.Empty(world.Ec2.Changes);
    }

    [Fact]
    public async Task A_wrong_state_is_read_again_until_the_call_fits()
    {
        await using var world = await World.CreateAsync();
        var of = await world.AddCaseAsync("i-1", FindingClass.ForkBomb);
        world.Ec2.Alter("i-1", vm => vm with { State = "pending" });

        await world.RunAsync();
        Assert.Contains("IncorrectInstanceState", (await world.ShowAsync(of.Id)).Acts[0].Detail, StringComparison.Ordinal);
        world.Ec2.Alter("i-1", vm => vm with { State = "running" });
        await world.SettleAsync();

        Assert.Equal("stopped", world.Ec2["i-1"].State);
        Assert.Equal(CaseStates.Contained, (await world.ShowAsync(of.Id)).Case.State);
    }
}
