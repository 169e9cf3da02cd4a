using Watchdog.Inventory;

namespace Watchdog.Telemetry.Agents;

/// <summary>Where agents are listed. SSM lists 50 a page: all of a large fleet is not asked for at once.</summary>
public interface IAgentListing
{
    /// <summary>The agents that stopped pinging, with their last ping. EC2 machines that are stopped are among them for weeks.</summary>
    /// <exception cref="FleetSourceException">SSM did not answer, or the list is longer than a look can be: nothing is known of who is not in it.</exception>
    Task<IReadOnlyDictionary<string, AgentStatus>> LostAsync(Scope scope, CancellationToken ct);
}
