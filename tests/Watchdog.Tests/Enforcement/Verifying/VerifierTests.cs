using Watchdog.Ledger;

namespace Watchdog.Tests.Enforcement.Verifying;

public sealed class VerifierTests
{
    [Fact]
    public async Task A_quarantine_whose_traffic_comes_to_rest_is_verified_with_its_numbers()
    {
        await using var world = await World.CreateAsync();
        var of = await world.AddCaseAsync();
        var begun = world.Now;
        world.Metrics.Out = (_, at) => at < begun ? 80_000 : 4_000;

        await world.SettleAsync();

        var act = Assert.Single((await world.ShowAsync(of.Id)).Acts);
        Assert.Equal(ActStates.Verified, act.State);
        Assert.Contains("at most 40000; 80000 bytes a period before", act.Detail, StringComparison.Ordinal);
        Assert.Equal("running", world.Ec2["i-1"].State);
    }

    [Fact]
    public async Task A_tracked_flow_survives_the_swap_so_the_vm_is_stopped()
    {
        await using var world = await World.CreateAsync();
        var of = await world.AddCaseAsync();
        world.Metrics.Out = (_, _) => 80_000;

        await world.SettleAsync();

        var whole = await world.ShowAsync(of.Id);
        Assert.Equal([ActStates.Escalated, ActStates.Verified], whole.Acts.Select(a => a.State));
        Assert.Equal((ActKinds.Stop, whole.Acts[0].Id), (whole.Acts[1].Kind, whole.Acts[1].EscalatedFrom));
        Assert.Contains("did not hold the VM: NetworkOut was over 40000 bytes in 2 whole periods", whole.Acts[1].Reason, StringComparison.Ordinal);
        Assert.Equal("stopped", world.Ec2["i-1"].State);
        Assert.Contains(whole.Audit, a => a.What == "act.escalated");
        Assert.Equal(CaseStates.Contained, whole.Case.State);
    }

    [Fact]
    public async Task An_escalated_vm_is_released_whole_groups_and_power()
    {
        await using var world = await World.CreateAsync();
        var of = await world.AddCaseAsync(groups: ["sg-a"]);
        world.Metrics.Out = (_, _) => 80_000;
        await world.SettleAsync();

        var answer = await world.AskAsync(RequestKinds.Release, of, new RequestPayload("it was a backup"));

        Assert.Equal("done", answer.State);
        Assert.Equal("running", world.Ec2["i-1"].State);
        Assert.Equal(["sg-a"], world.Ec2["i-1"].Interfaces[0].Groups);
        Assert.False(world.Ec2.GuardsOf("i-1").TerminationProtected);
        Assert.Equal([ActStates.Released, ActStates.Released, ActStates.Verified], (await world.ShowAsync(of.Id)).Acts.Select(a => a.State));
    }

    [Fact]
    public async Task Without_data_it_ends_unverifiable_and_the_vm_is_left_as_it_is()
    {
        await using var world = await World.CreateAsync();
        var of = await world.AddCaseAsync();
        world.Metrics.Answers = false;

        await world.SettleAsync();

        var whole = await world.ShowAsync(of.Id);
        Assert.Equal(ActStates.Unverifiable, Assert.Single(whole.Acts).State);
        Assert.Equal(CaseStates.Contained, whole.Case.State);
        Assert.Equal("running", world.Ec2["i-1"].State);
        Assert.Contains(whole.Audit, a => a.What == "act.unverifiable");
    }

    [Fact]
    public async Task An_owner_who_stops_the_vm_meanwhile_leaves_it_contained_and_verified()
    {
        await using var world = await World.CreateAsync();
        var of = await world.AddCaseAsync();
        await world.RunAsync();
        world.Ec2.Alter("i-1", vm => vm with { State = "stopped" });

        await world.SettleAsync();

        Assert.Equal(ActStates.Verified, (await world.ShowAsync(of.Id)).Acts[0].State);
    }

    [Fact]
    public async Task A_vm_that_is_gone_while_it_is_watched_closes_its_case()
    {
        await using var world = await World.CreateAsync();
        var of = await world.AddCaseAsync();
        await world.RunAsync();
        world.Ec2.Alter("i-1", vm => vm with { State = "terminated" });

        await world.SettleAsync();

        Assert.Equal(CaseStates.Closed, (await world.ShowAsync(of.Id)).Case.State);
    }
}
