using Npgsql;
using Watchdog.Enforcement;
using Watchdog.Ledger;
using Watchdog.Policy;

namespace Watchdog.Tests.Enforcement.Steps;

/// <summary>The allow-all group exposes the VM: whatever happens between the two calls, it is closed again, and the ledger knows.</summary>
public sealed class IsolateStepTests
{
    [Fact]
    public async Task Tokens_of_all_calls_are_taken_before_the_interface_is_opened()
    {
        await using var world = await World.CreateAsync();
        await world.AddCaseAsync();

        await world.RunAsync();

        var calls = world.Ec2.Calls.Where(c => c is "reserve" or "groups").ToList();
        Assert.Equal(["reserve", "groups", "groups"], calls);
    }

    [Fact]
    public async Task The_old_groups_come_back_when_the_containment_group_cannot_be_set_in_time_and_the_act_tries_again()
    {
        await using var world = await World.CreateAsync();
        var of = await world.AddCaseAsync(groups: ["sg-a"]);
        world.Ec2.BeforeGroups = groups => ThrowIf(groups is ["sg-contain"], ActuatorError.Throttled);

        await world.RunAsync();

        Assert.Equal(["sg-a"], world.Ec2["i-1"].Interfaces[0].Groups);
        var whole = await world.ShowAsync(of.Id);
        Assert.Contains("has its old groups back", whole.Acts[0].Detail, StringComparison.Ordinal);
        Assert.NotNull(whole.Steps.Single(s => s.Kind == "isolate").CoveredAt);
        Assert.Equal(CaseStates.Open, whole.Case.State);
        world.Ec2.BeforeGroups = null;
        await world.SettleAsync();
        Assert.Equal(["sg-contain"], world.Ec2["i-1"].Interfaces[0].Groups);
    }

    [Fact]
    public async Task A_passing_fault_between_the_two_calls_is_waited_out_within_the_limit()
    {
        await using var world = await World.CreateAsync();
        await world.AddCaseAsync(groups: ["sg-a"]);
        var faults = 3;
        world.Ec2.BeforeGroups = groups => ThrowIf(groups is ["sg-contain"] && faults-- > 0, ActuatorError.Transient);

        await world.RunAsync();

        Assert.Equal(["sg-contain"], world.Ec2["i-1"].Interfaces[0].Groups);
        Assert.Equal(2, world.Ec2.Changes.Count(c => c.StartsWith("groups", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_first_call_whose_fate_is_unknown_is_taken_back_at_once()
    {
        await using var world = await World.CreateAsync();
        await world.AddCaseAsync(groups: ["sg-a"]);
        var lost = false;
        world.Ec2.AfterGroups = groups =>
        {
            var first = groups is ["sg-open"] && !lost;
            lost |= first;
            ThrowIf(first, ActuatorError.Transient);
        };

        await world.RunAsync();

        Assert.Equal(["sg-a"], world.Ec2["i-1"].Interfaces[0].Groups);
        await world.SettleAsync();
        Assert.Equal(["sg-contain"], world.Ec2["i-1"].Interfaces[0].Groups);
    }

    [Fact]
    public async Task Killed_between_the_two_calls_the_interface_is_closed_before_all_else_and_people_are_told()
    {
        await using var world = await World.CreateAsync();
        var of = await world.AddCaseAsync(groups: ["sg-a"]);
        world.Ec2.AfterGroups = _ => throw new NpgsqlException("killed");
        await Assert.ThrowsAsync<NpgsqlException>(() => world.RunAsync());
        Assert.Equal(["sg-open"], world.Ec2["i-1"].Interfaces[0].Groups);
        world.Ec2.AfterGroups = null;
        world.Ec2.Calls.Clear();
        world.Clock.Advance(TimeSpan.FromSeconds(9));

        await world.RunAsync();

        Assert.Equal(["read", "reserve", "groups"], world.Ec2.Calls.Take(3));
        Assert.Equal(["sg-contain"], world.Ec2["i-1"].Interfaces[0].Groups);
        var whole = await world.ShowAsync(of.Id);
        Assert.Equal(CaseStates.Contained, whole.Case.State);
        var told = Assert.Single(whole.Audit, a => a.What == "interface.exposed");
        Assert.Contains("\"seconds\": 9", told.DataJson, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_run_that_lost_its_lease_while_the_interface_was_open_leaves_it_to_its_heir()
    {
        await using var world = await World.CreateAsync();
        await world.AddCaseAsync(groups: ["sg-a"]);
        world.Ec2.BeforeGroups = groups =>
        {
            if (groups is ["sg-contain"])
            {
                world.TakeAsync().GetAwaiter().GetResult();
                ThrowIf(true, ActuatorError.Transient);
            }
        };

        var report = await world.RunAsync();

        Assert.True(report.Fenced);
        Assert.Single(world.Ec2.Changes, change => change.StartsWith("groups", StringComparison.Ordinal));
        world.Ec2.BeforeGroups = null;
        await world.SettleAsync();
        Assert.Equal(["sg-contain"], world.Ec2["i-1"].Interfaces[0].Groups);
    }

    [Theory]
    [InlineData(ActuatorError.Configuration, ActStates.Failed)]
    [InlineData(ActuatorError.Denied, ActStates.Executing)]
    public async Task A_containment_group_that_aws_refuses_for_good_gives_the_old_groups_back_at_once(ActuatorError error, string state)
    {
        await using var world = await World.CreateAsync();
        var of = await world.AddCaseAsync(groups: ["sg-a"]);
        world.Ec2.BeforeGroups = groups => ThrowIf(groups is ["sg-contain"], error);

        await world.RunAsync();

        Assert.Equal(["sg-a"], world.Ec2["i-1"].Interfaces[0].Groups);
        Assert.Equal(2, world.Ec2.Changes.Count(change => change.StartsWith("groups", StringComparison.Ordinal)));
        var whole = await world.ShowAsync(of.Id);
        Assert.Equal(state, whole.Acts[0].State);
        Assert.NotNull(whole.Steps.Single(s => s.Kind == "isolate").CoveredAt);
        Assert.Equal(CaseStates.Open, whole.Case.State);
    }

    [Fact]
    public async Task While_the_brake_is_on_an_interface_that_a_crash_left_open_gets_its_old_groups_back()
    {
        await using var world = await World.CreateAsync();
        await world.AddCaseAsync(groups: ["sg-a"]);
        world.Ec2.AfterGroups = _ => throw new NpgsqlException("killed");
        await Assert.ThrowsAsync<NpgsqlException>(() => world.RunAsync());
        world.Ec2.AfterGroups = null;
        await Brake.SetAsync(world.Database.Source, true, "wrong verdicts", "ann", world.Now, default);

        await world.RunAsync();

        Assert.Equal(["sg-a"], world.Ec2["i-1"].Interfaces[0].Groups);
        Assert.Equal(0, await world.Database.ScalarAsync<long>("select count(*) from step where exposed_at is not null and covered_at is null"));
    }

    [Fact]
    public async Task An_interface_that_cannot_be_closed_stays_first_in_the_line()
    {
        await using var world = await World.CreateAsync();
        await world.AddCaseAsync(groups: ["sg-a"]);
        world.Ec2.BeforeGroups = groups => ThrowIf(groups is not ["sg-open"], ActuatorError.Transient);

        await world.RunAsync();
        Assert.Equal(["sg-open"], world.Ec2["i-1"].Interfaces[0].Groups);
        Assert.Equal(1, await world.Database.ScalarAsync<long>("select count(*) from step where exposed_at is not null and covered_at is null"));
        await world.RunAsync();
        Assert.Equal(["sg-open"], world.Ec2["i-1"].Interfaces[0].Groups);
        world.Ec2.BeforeGroups = null;
        await world.RunAsync();

        Assert.NotEqual(["sg-open"], world.Ec2["i-1"].Interfaces[0].Groups);
        await world.SettleAsync();
        Assert.Equal(["sg-contain"], world.Ec2["i-1"].Interfaces[0].Groups);
    }

    [Fact]
    public async Task Groups_that_could_not_be_given_back_are_not_taken()
    {
        await using var world = await World.CreateAsync();
        var of = await world.AddCaseAsync(groups: ["sg-foreign"]);
        world.Ec2.Before = (_, name) => ThrowIf(name == "check", ActuatorError.Denied);

        await world.RunAsync();

        var act = (await world.ShowAsync(of.Id)).Acts[0];
        Assert.Equal(ActStates.Refused, act.State);
        Assert.Contains("groups [sg-foreign] could not be put back on eni-i-1-0", act.Detail, StringComparison.Ordinal);
        Assert.Empty(world.Ec2.Changes);
    }

    private static void ThrowIf(bool condition, ActuatorError error)
    {
        if (condition)
        {
            throw new ActuatorException(error, error.ToString(), "as told");
        }
    }
}
