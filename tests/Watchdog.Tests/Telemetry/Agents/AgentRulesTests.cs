using Watchdog.Telemetry;
using Watchdog.Telemetry.Agents;

namespace Watchdog.Tests.Telemetry.Agents;

public class AgentRulesTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 10, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(AgentReach.Unknown, AgentState.Online, 3, 500, AgentReach.Reached, -3)]
    [InlineData(AgentReach.Silent, AgentState.Online, 11, 500, AgentReach.Reached, -11)]
    // SSM says lost after one ping that did not come; that is no evidence yet.
    [InlineData(AgentReach.Unknown, AgentState.ConnectionLost, 8, 500, AgentReach.Reached, -8)]
    [InlineData(AgentReach.Reached, AgentState.ConnectionLost, 14, 500, AgentReach.Silent, -3)]
    [InlineData(AgentReach.Reached, AgentState.Online, 12, 500, AgentReach.Silent, -1)]
    // Its last ping was before it was stopped; it has run for 20 minutes.
    [InlineData(AgentReach.Reached, AgentState.ConnectionLost, 900, 20, AgentReach.Silent, -9)]
    [InlineData(AgentReach.Silent, AgentState.Unmanaged, null, 500, AgentReach.Unknown, 0)]
    public void What_ssm_says_is_read_by_the_age_of_the_ping(
        AgentReach before, AgentState state, int? pingMinutes, int runningMinutes, AgentReach agent, int sinceMinutes) => Assert.Equal(
        new AgentChange("i-1", agent, Now.AddMinutes(sinceMinutes)),
        AgentRules.Decide(new("i-1", Now.AddMinutes(-runningMinutes), before), new(state, pingMinutes is { } age ? Now.AddMinutes(-age) : null), Now));

    [Theory]
    [InlineData(AgentReach.Reached, AgentState.Online, 3, 500)]
    [InlineData(AgentReach.Silent, AgentState.ConnectionLost, 40, 500)]
    [InlineData(AgentReach.Unknown, AgentState.Unmanaged, null, 500)]
    [InlineData(AgentReach.Reached, AgentState.Unknown, null, 500)]
    // It has just started.
    [InlineData(AgentReach.Reached, AgentState.ConnectionLost, 900, 5)]
    [InlineData(AgentReach.Unknown, AgentState.ConnectionLost, null, 5)]
    public void What_is_no_news_changes_nothing(AgentReach before, AgentState state, int? pingMinutes, int runningMinutes) => Assert.Null(
        AgentRules.Decide(new("i-1", Now.AddMinutes(-runningMinutes), before), new(state, pingMinutes is { } age ? Now.AddMinutes(-age) : null), Now));

    [Fact]
    public void A_ping_from_the_future_is_a_ping_now() => Assert.Equal(
        new AgentChange("i-1", AgentReach.Reached, Now),
        AgentRules.Decide(new("i-1", Now.AddDays(-1), AgentReach.Silent), new(AgentState.Online, Now.AddHours(1)), Now));
}
