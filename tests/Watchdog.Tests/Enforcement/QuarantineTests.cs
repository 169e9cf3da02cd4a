using Watchdog.Enforcement;
using Watchdog.Enforcement.Plans;
using Watchdog.Ledger;

namespace Watchdog.Tests.Enforcement;

public sealed class QuarantineTests
{
    [Fact]
    public async Task A_confirmed_miner_is_contained_on_every_interface_journalled_and_read_back()
    {
        await using var world = await World.CreateAsync();
        var of = await world.AddCaseAsync("i-1", groups: [["sg-a", "sg-b"], ["sg-c"]]);

        var report = await world.RunAsync();

        Assert.Equal(new ActuatorReport(0, 1, 0, 0, 1, false), report);
        Assert.All(world.Ec2["i-1"].Interfaces, i => Assert.Equal(["sg-contain"], i.Groups));
        Assert.Equal($"{of.Id}", world.Ec2["i-1"].Tags["watchdog:case"]);
        Assert.Equal(
            [
                $"tag i-1 watchdog:case={of.Id}", "protect i-1 termination on", "groups eni-i-1-0 sg-open", "groups eni-i-1-0 sg-contain",
                "groups eni-i-1-1 sg-open", "groups eni-i-1-1 sg-contain",
            ],
            world.Ec2.Changes);
        var whole = await world.ShowAsync(of.Id);
        Assert.Equal(CaseStates.Contained, whole.Case.State);
        Assert.Equal(ActStates.Applied, Assert.Single(whole.Acts).State);
        Assert.Equal(["tag", "protect", "shutdown", "evidence", "isolate", "isolate"], whole.Steps.Select(s => s.Kind));
        Assert.All(whole.Steps, s => Assert.Equal(s.Kind == "shutdown" ? StepStates.Skipped : StepStates.Done, s.State));
        Assert.All(whole.Steps.Where(s => s.Kind == "isolate"), s => Assert.True(s is { ExposedAt: not null, CoveredAt: not null }));
        Assert.Equal(["sg-a", "sg-b"], LedgerJson.Read<Shape>(whole.Steps[4].BeforeJson).Groups!);
        Assert.Contains("a client has to connect again", LedgerJson.Read<Plan>(whole.Acts[0].PlanJson!).NotBroughtBack[0], StringComparison.Ordinal);
        Assert.Equal(
            ["case.opened", "act.proposed", "act.admitted", "act.planned", "act.applied", "case.contained"],
            whole.Audit.Select(a => a.What));
    }

    [Fact]
    public async Task Nothing_is_called_before_the_plan_is_in_the_ledger()
    {
        await using var world = await World.CreateAsync();
        await world.AddCaseAsync();
        var seen = new List<long>();
        world.Ec2.Before = (_, name) =>
        {
            if (name is "tag" or "groups")
            {
                seen.Add(world.Database.ScalarAsync<long>("select count(*) from step where undo is not null").GetAwaiter().GetResult());
            }
        };

        await world.RunAsync();

        Assert.Equal([3, 3, 3], seen);
    }

    [Fact]
    public async Task An_effect_that_is_visible_late_is_waited_for_and_not_repeated()
    {
        await using var world = await World.CreateAsync();
        var of = await world.AddCaseAsync();
        world.Ec2.Lag = TimeSpan.FromSeconds(12);

        await world.RunAsync();
        Assert.Equal(ActStates.Executing, (await world.ShowAsync(of.Id)).Acts[0].State);
        world.Clock.Advance(TimeSpan.FromSeconds(6));
        await world.RunAsync();
        Assert.Equal(CaseStates.Open, (await world.ShowAsync(of.Id)).Case.State);
        world.Clock.Advance(TimeSpan.FromSeconds(7));
        await world.RunAsync();

        Assert.Equal(CaseStates.Contained, (await world.ShowAsync(of.Id)).Case.State);
        Assert.Equal(4, world.Ec2.Changes.Count);
    }

    [Fact]
    public async Task A_vpc_without_a_containment_group_leaves_the_vm_untouched_and_names_the_mend_and_a_confirmation_tries_again()
    {
        await using var world = await World.CreateAsync();
        var of = await world.AddCaseAsync();
        world.Ec2.Groups.Clear();

        await world.RunAsync();

        var act = (await world.ShowAsync(of.Id)).Acts[0];
        Assert.Equal(ActStates.Failed, act.State);
        Assert.Contains("VPC vpc-1 has no security group tagged watchdog:role=quarantine", act.Detail, StringComparison.Ordinal);
        Assert.Empty(world.Ec2.Changes);

        (world.Ec2.Groups[("vpc-1", "quarantine")], world.Ec2.Groups[("vpc-1", "conversion")]) = (["sg-contain"], ["sg-open"]);
        await world.AskAsync(RequestKinds.Confirm, of, new RequestPayload("group is there now"));

        var whole = await world.ShowAsync(of.Id);
        Assert.Equal(CaseStates.Confirmed, whole.Case.State);
        Assert.Equal([ActStates.Failed, ActStates.Verified], whole.Acts.Select(a => a.State));
    }
}
