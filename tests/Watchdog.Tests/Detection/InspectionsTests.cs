using Watchdog.Detection;
using Watchdog.Detectors.Facts;
using Watchdog.Telemetry;

namespace Watchdog.Tests.Detection;

public class InspectionsTests
{
    private const string Output = """{"v":1,"at":1772452800,"up":9000,"load":[2,2,2],"p":[{"pid":7,"comm":"x","args":"x","age":10,"cpu":9}],"end":true}""";

    [Fact]
    public void A_sent_command_is_read_a_minute_later_and_is_no_look_yet()
    {
        var after = Inspections.AfterAsking(Given.Suspect(), new AgentStatus(AgentState.Online, null), "c-1", Given.Now, Given.Options);
        Assert.Equal(("c-1", Given.Now.AddMinutes(1), 0, Given.Now), (after.CommandId, after.DueAt, after.Looks, after.Detail.SentAt));
    }

    [Fact]
    public void A_lost_agent_ends_the_look_with_its_name()
    {
        var lost = Given.Now.AddHours(-2);
        var after = Inspections.AfterAsking(Given.Suspect(), new AgentStatus(AgentState.ConnectionLost, lost), null, Given.Now, Given.Options);
        Assert.Equal((GuestState.AgentLost, lost, 1, Given.Now.AddMinutes(5)), (after.Detail.Guest!.State, after.Detail.Guest.LostSince, after.Looks, after.DueAt));
    }

    [Theory]
    [InlineData(AgentState.Unknown)]
    [InlineData(AgentState.Online)]
    public void An_agent_that_could_not_be_asked_was_not_looked_at(AgentState state)
    {
        var after = Inspections.AfterAsking(Given.Suspect(), new AgentStatus(state, null), null, Given.Now, Given.Options);
        Assert.Equal((0, null, Given.Now.AddMinutes(2)), (after.Looks, after.Detail.Guest, after.DueAt));
    }

    [Fact]
    public void An_answer_ends_the_look_and_the_second_one_keeps_the_first_beside_it()
    {
        var asked = Given.Suspect(command: "c-1", detail: new() { SentAt = Given.Now.AddMinutes(-1) });
        var first = Inspections.AfterAnswer(asked, new Invocation(InvocationState.Done, Output, null), Given.Now, Given.Options);
        Assert.Equal((1, null, Given.Now.AddMinutes(5)), (first.Looks, first.CommandId, first.DueAt));
        Assert.Null(first.Detail.Guest!.Earlier);

        var later = Given.Now.AddMinutes(7);
        var second = Inspections.AfterAnswer(first with { CommandId = "c-2" }, new Invocation(InvocationState.Done, Output, null), later, Given.Options);
        Assert.NotNull(second.Detail.Guest!.Earlier);
        Assert.Equal((2, later.AddMinutes(15)), (second.Looks, second.DueAt));
    }

    [Fact]
    public void Silence_is_waited_for_five_minutes_and_then_has_a_name()
    {
        var silent = new Invocation(InvocationState.Pending, null, null);
        var asked = Given.Suspect(command: "c-1", detail: new() { SentAt = Given.Now.AddMinutes(-4) });
        Assert.Equal("c-1", Inspections.AfterAnswer(asked, silent, Given.Now, Given.Options).CommandId);

        var given = Inspections.AfterAnswer(asked, silent, Given.Now.AddMinutes(1), Given.Options);
        Assert.Equal((null, GuestState.TimedOut, 1), (given.CommandId, given.Detail.Guest!.State, given.Looks));

        // A clock that went back does not wait for ever.
        Assert.Null(Inspections.AfterAnswer(asked, silent, Given.Now.AddDays(-1), Given.Options).CommandId);
    }

    [Theory]
    [InlineData("")]
    [InlineData("rm -rf /; {")]
    [InlineData("{\"v\":2,\"load\":[1,1,1],\"end\":true}")]
    public void Output_that_says_nothing_is_a_look_that_timed_out(string output)
    {
        var after = Inspections.AfterAnswer(Given.Suspect(command: "c-1"), new Invocation(InvocationState.Done, output, null), Given.Now, Given.Options);
        Assert.Equal(GuestState.TimedOut, after.Detail.Guest!.State);
    }

    [Fact]
    public void A_look_that_lies_beyond_any_schedule_was_set_before_the_clock_jumped_and_is_due()
    {
        Assert.False(Inspections.IsDue(Given.Suspect() with { DueAt = Given.Now.AddMinutes(15) }, Given.Now));
        Assert.True(Inspections.IsDue(Given.Suspect() with { DueAt = Given.Now.AddHours(9) }, Given.Now));
    }
}
