using Watchdog.Ledger;
using Watchdog.Policy;
using Watchdog.Policy.Deadlines;
using Watchdog.Tests.Cli;
using Watchdog.Tests.Enforcement;

namespace Watchdog.Tests.Policy.Deadlines;

public sealed class ClockRunTests
{
    [Fact]
    public async Task A_contained_case_has_its_clock_wherever_it_is_shown()
    {
        await using var world = await World.CreateAsync(("Policy:Miner:Clock", "06:00:00"));
        var of = await ContainedAsync(world);
        Assert.Equal(CaseClock.Escalate, of.Clock!.Does);
        Assert.InRange(of.Clock.At, world.Now.AddHours(5), world.Now.AddHours(6));

        var shown = await CliRun.OnAsync(world.Database, "cases", "show", "1");
        Assert.Contains($"Clock: {of.Clock.Words()}.", shown.Output, StringComparison.Ordinal);
        var listed = (await CliRun.OnAsync(world.Database, "cases", "list", "--json")).Json.GetProperty("cases")[0].GetProperty("clock");
        Assert.Equal((of.Clock.At, "escalate"), (listed.GetProperty("at").GetDateTimeOffset(), listed.GetProperty("does").GetString()));
    }

    [Fact]
    public async Task A_clock_that_falls_due_without_a_ruling_tells_people_once()
    {
        await using var world = await World.CreateAsync();
        var of = await ContainedAsync(world);
        world.Clock.Advance(TimeSpan.FromHours(23));
        await world.RunAsync();
        Assert.Equal(0, await DueAsync(world));

        world.Clock.Advance(TimeSpan.FromHours(2));
        await world.RunAsync();
        await world.RunAsync();
        Assert.Equal(1, await DueAsync(world));
        Assert.Equal((CaseStates.Contained, true), (await StateAsync(world, of), (await world.ShowAsync(of.Id)).Case.Clock!.FiredAt is not null));
    }

    [Fact]
    public async Task A_clock_that_releases_asks_for_it_as_a_person_would()
    {
        await using var world = await World.CreateAsync(("Policy:Miner:Clock", "01:00:00"), ("Policy:Miner:ClockDoes", "Release"));
        var of = await ContainedAsync(world);
        world.Clock.Advance(TimeSpan.FromMinutes(61));
        await world.SettleAsync();

        Assert.Equal(CaseStates.Released, await StateAsync(world, of));
        Assert.Equal(["sg-default"], world.Ec2["i-1"].Interfaces[0].Groups);
        var asked = (await world.ShowAsync(of.Id)).Requests.Single();
        Assert.Equal((Audit.Machine, RequestKinds.Release, "done"), (asked.Actor, asked.Kind, asked.State));
        Assert.Null((await world.ShowAsync(of.Id)).Case.Clock);
    }

    [Theory]
    [InlineData("Escalate", null, "nobody ruled in time: a person has to look at it")]
    [InlineData("Escalate", "false_positive", "it was ruled false_positive, but neither confirmed nor released in time: a person has to look at it")]
    [InlineData("Release", "indeterminate", "it was ruled indeterminate, but neither confirmed nor released in time: its release is asked for")]
    public async Task What_is_told_of_a_clock_says_whether_somebody_ruled(string does, string? ruling, string words)
    {
        await using var world = await World.CreateAsync(("Policy:Miner:Clock", "01:00:00"), ("Policy:Miner:ClockDoes", does));
        var of = await ContainedAsync(world);
        if (ruling is not null)
        {
            Assert.Equal("done", (await world.AskAsync(RequestKinds.Rule, of, new RequestPayload("looked at it", ruling))).State);
        }

        world.Clock.Advance(TimeSpan.FromMinutes(61));
        await world.RunAsync();

        Assert.Equal(words, await world.Database.ScalarAsync<string>("select data ->> 'reason' from event where kind = 'case.clock_due'"));
        var asked = (await world.ShowAsync(of.Id)).Requests.LastOrDefault(request => request.Kind == RequestKinds.Release);
        Assert.Equal(does == "Release", asked?.PayloadJson.Contains("It was ruled indeterminate, but neither confirmed nor released before", StringComparison.Ordinal) == true);
    }

    [Fact]
    public async Task While_the_brake_is_on_no_clock_releases()
    {
        await using var world = await World.CreateAsync(("Policy:Miner:Clock", "01:00:00"), ("Policy:Miner:ClockDoes", "Release"));
        await ContainedAsync(world);
        await CliRun.OnAsync(world.Database, "brake", "on", "--reason", "odd numbers");
        world.Clock.Advance(TimeSpan.FromMinutes(61));
        await world.RunAsync();
        Assert.Equal(0, await DueAsync(world));

        await CliRun.OnAsync(world.Database, "brake", "off", "--reason", "explained");
        await world.RunAsync();
        Assert.Equal(1, await DueAsync(world));
    }

    [Fact]
    public async Task A_confirmation_takes_the_clock_away_and_one_who_cannot_tell_winds_it_anew()
    {
        await using var world = await World.CreateAsync();
        var of = await ContainedAsync(world);
        world.Clock.Advance(TimeSpan.FromHours(20));
        var unsure = await world.AskAsync(RequestKinds.Confirm, of, new RequestPayload("looking", Rulings.Indeterminate));
        Assert.Equal("done", unsure.State);
        var later = (await world.ShowAsync(of.Id)).Case;
        Assert.Equal((CaseStates.Contained, true), (later.State, later.Clock!.At > of.Clock!.At.AddHours(19)));

        await world.AskAsync(RequestKinds.Confirm, of, new RequestPayload("a miner"));
        Assert.Equal((CaseStates.Confirmed, null), ((await world.ShowAsync(of.Id)).Case.State, (await world.ShowAsync(of.Id)).Case.Clock));
        world.Clock.Advance(TimeSpan.FromDays(3));
        await world.RunAsync();
        Assert.Equal(0, await DueAsync(world));
    }

    [Fact]
    public async Task Without_a_span_there_is_no_clock_and_another_scopes_actuator_fires_none_of_this_one()
    {
        await using var none = await World.CreateAsync(("Policy:Miner:Clock", "00:00:00"));
        Assert.Null((await ContainedAsync(none)).Clock);

        await using var world = await World.CreateAsync();
        await ContainedAsync(world);
        Assert.Equal(0, await world.Get<ClockRun>().RunAsync((short)(world.Scope.Id + 1), await world.TakeAsync(), world.Now.AddDays(9), default));
    }

    [Theory]
    [InlineData("00:00:30", "Escalate", "Policy:Panic:Clock is 00:00:30; it must be 0 or 1 minute to 365 days.")]
    [InlineData("400.00:00:00", "Release", "Policy:Panic:Clock is 400.00:00:00; it must be 0 or 1 minute to 365 days.")]
    public void A_clock_out_of_range_stops_the_start(string clock, string does, string message)
    {
        var options = new PolicyOptions();
        (options.Panic.Clock, options.Panic.ClockDoes) = (TimeSpan.Parse(clock, System.Globalization.CultureInfo.InvariantCulture), Enum.Parse<ClockDuty>(does));
        Assert.Equal([message], new PolicyOptionsValidator().Validate(null, options).Failures);
    }

    private static async Task<CaseRecord> ContainedAsync(World world)
    {
        var of = await world.AddCaseAsync();
        await world.SettleAsync();
        return (await world.ShowAsync(of.Id)).Case;
    }

    private static Task<long> DueAsync(World world) => world.Database.ScalarAsync<long>("select count(*) from event where kind = 'case.clock_due'");

    private static async Task<string> StateAsync(World world, CaseRecord of) => (await world.ShowAsync(of.Id)).Case.State;
}
