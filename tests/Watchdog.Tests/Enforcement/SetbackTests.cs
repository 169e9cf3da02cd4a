using Watchdog.Detectors.Findings;
using Watchdog.Enforcement;
using Watchdog.Ledger;

namespace Watchdog.Tests.Enforcement;

public sealed class SetbackTests
{
    [Fact]
    public async Task Throttling_puts_the_act_off_longer_each_time_and_it_ends_done()
    {
        await using var world = await World.CreateAsync();
        var of = await world.AddCaseAsync();
        var left = 4;
        world.Ec2.Before = (_, name) => ThrowIf(name == "groups" && left-- > 0, ActuatorError.Throttled, "RequestLimitExceeded");
        List<double> waits = [];

        while (left > 0)
        {
            await world.RunAsync();
            var act = (await world.ShowAsync(of.Id)).Acts[0];
            waits.Add((act.DueAt!.Value - world.Now).TotalSeconds);
            world.Clock.AdvanceTo(act.DueAt.Value);
        }

        await world.SettleAsync();
        Assert.Equal([2, 4, 8, 16], waits);
        Assert.Equal(CaseStates.Contained, (await world.ShowAsync(of.Id)).Case.State);
    }

    [Fact]
    public async Task Before_its_due_time_an_act_makes_no_call()
    {
        await using var world = await World.CreateAsync();
        await world.AddCaseAsync();
        world.Ec2.Before = (_, name) => ThrowIf(name == "tag", ActuatorError.Throttled, "RequestLimitExceeded");
        await world.RunAsync();
        var calls = world.Ec2.Calls.Count;

        await world.RunAsync();

        Assert.Equal(calls, world.Ec2.Calls.Count);
    }

    [Fact]
    public async Task Setbacks_are_bounded_and_the_act_fails_with_awss_code()
    {
        await using var world = await World.CreateAsync(("Enforcement:MostSetbacks", "3"));
        var of = await world.AddCaseAsync();
        world.Ec2.Before = (_, name) => ThrowIf(name == "tag", ActuatorError.Transient, "InternalError");

        await world.SettleAsync();

        var act = (await world.ShowAsync(of.Id)).Acts[0];
        Assert.Equal(ActStates.Failed, act.State);
        Assert.Contains("given up after 3 setbacks, the last: InternalError", act.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_lost_answer_is_settled_by_reading_and_the_call_is_not_repeated()
    {
        await using var world = await World.CreateAsync();
        var of = await world.AddCaseAsync("i-1", FindingClass.ForkBomb);
        var lost = false;
        world.Ec2.After = (_, name) =>
        {
            var first = name == "stop" && !lost;
            lost |= first;
            ThrowIf(first, ActuatorError.Transient, "IOException");
        };

        await world.SettleAsync();

        Assert.Single(world.Ec2.Changes, c => c == "stop i-1");
        Assert.Equal(CaseStates.Contained, (await world.ShowAsync(of.Id)).Case.State);
    }

    [Fact]
    public async Task An_effect_that_never_shows_is_given_up_after_a_bounded_number_of_calls()
    {
        await using var world = await World.CreateAsync(("Enforcement:MostCalls", "2"));
        var of = await world.AddCaseAsync();
        world.Ec2.Lag = TimeSpan.FromDays(1);

        await world.SettleAsync();

        var act = (await world.ShowAsync(of.Id)).Acts[0];
        Assert.Equal(ActStates.Failed, act.State);
        Assert.Contains("never became visible", act.Detail, StringComparison.Ordinal);
        Assert.Equal(2, world.Ec2.Changes.Count(c => c.StartsWith("tag", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Denied_stops_the_scopes_lane_for_this_run_and_the_acts_go_on_when_the_permission_is_back()
    {
        await using var world = await World.CreateAsync(("Enforcement:Parallel", "1"));
        await world.AddCaseAsync("i-1", owner: "a");
        await world.AddCaseAsync("i-2", owner: "b");
        world.Ec2.Before = (_, name) => ThrowIf(name == "tag", ActuatorError.Denied, "UnauthorizedOperation");

        await world.RunAsync();

        Assert.Single(world.Ec2.Calls, c => c == "tag");
        world.Ec2.Before = null;
        world.Clock.Advance(TimeSpan.FromMinutes(6));
        await world.SettleAsync();
        Assert.Equal(2, await world.Database.ScalarAsync<long>("select count(*) from case_file where state = 'contained'"));
    }

    [Fact]
    public async Task A_terminated_vm_ends_the_act_and_closes_the_case()
    {
        await using var world = await World.CreateAsync();
        var of = await world.AddCaseAsync();
        world.Ec2.Alter("i-1", vm => vm with { State = "terminated" });

        await world.RunAsync();

        var whole = await world.ShowAsync(of.Id);
        Assert.Equal(ActStates.Failed, whole.Acts[0].State);
        Assert.Contains("the VM is gone", whole.Acts[0].Detail, StringComparison.Ordinal);
        Assert.Equal(CaseStates.Closed, whole.Case.State);
    }

    [Fact]
    public async Task One_listing_without_the_vm_proves_nothing_and_two_do()
    {
        await using var world = await World.CreateAsync();
        var of = await world.AddCaseAsync();
        var vm = world.Ec2["i-1"];
        world.Ec2.Remove("i-1");
        await world.RunAsync();
        Assert.Equal(ActStates.Admitted, (await world.ShowAsync(of.Id)).Acts[0].State);
        world.Ec2.Put(vm);
        world.Clock.Advance(TimeSpan.FromSeconds(10));
        await world.RunAsync();
        Assert.Equal(CaseStates.Contained, (await world.ShowAsync(of.Id)).Case.State);

        var second = await world.AddCaseAsync("i-2");
        world.Ec2.Remove("i-2");
        await world.SettleAsync();
        Assert.Equal(CaseStates.Closed, (await world.ShowAsync(second.Id)).Case.State);
    }

    [Fact]
    public async Task An_answer_that_nobody_foresaw_puts_its_act_off_and_stops_no_other()
    {
        await using var world = await World.CreateAsync();
        long[] both = [(await world.AddCaseAsync("i-1", owner: "a")).Id, (await world.AddCaseAsync("i-2", owner: "b")).Id];
        // Both are acted on at once: it meets the one that comes first.
        var left = 1;
        world.Ec2.Before = (_, name) =>
        {
            if (name == "tag" && Interlocked.Exchange(ref left, 0) == 1)
            {
                throw new FormatException("garbage");
            }
        };

        await world.RunAsync();

        var odd = await Task.WhenAll(both.Select(async id => (await world.ShowAsync(id)).Acts[0].Detail!.Contains("FormatException: garbage", StringComparison.Ordinal)));
        Assert.Single(odd, met => met);
        Assert.Equal(CaseStates.Contained, (await world.ShowAsync(both[Array.IndexOf(odd, false)])).Case.State);
        await world.SettleAsync();
        Assert.Equal(CaseStates.Contained, (await world.ShowAsync(both[Array.IndexOf(odd, true)])).Case.State);
    }

    private static void ThrowIf(bool condition, ActuatorError error, string code)
    {
        if (condition)
        {
            throw new ActuatorException(error, code, "as told");
        }
    }
}
