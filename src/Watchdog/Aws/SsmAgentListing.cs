using Amazon.SimpleSystemsManagement.Model;
using Watchdog.Inventory;
using Watchdog.Telemetry;
using Watchdog.Telemetry.Agents;

namespace Watchdog.Aws;

/// <summary>Lists the agents that SSM has lost, 50 a page.</summary>
[RequiresPermission("ssm:DescribeInstanceInformation", Reach.Anything)]
internal sealed class SsmAgentListing(ClientFactory clients) : IAgentListing
{
    /// <summary>40 s of half of SSM's bucket: a longer list would hold the next listing of VMs up.</summary>
    public const int MaxPages = 100;
    private const int PageSize = 50;

    public async Task<IReadOnlyDictionary<string, AgentStatus>> LostAsync(Scope scope, CancellationToken ct)
    {
        Dictionary<string, AgentStatus> lost = new(StringComparer.Ordinal);
        var request = new DescribeInstanceInformationRequest
        {
            Filters = [new InstanceInformationStringFilter { Key = "PingStatus", Values = ["ConnectionLost"] }],
            MaxResults = PageSize,
        };
        for (var page = 0; page < MaxPages; page++)
        {
            var answer = await FleetCall.AskAsync(() => clients.Of(scope).Ssm.DescribeInstanceInformationAsync(request, ct), ct);
            foreach (var agent in answer.InstanceInformationList ?? [])
            {
                if (agent.InstanceId is { } id)
                {
                    lost[id] = new(InvocationReading.AgentOf(agent.PingStatus?.Value), InstanceReading.Utc(agent.LastPingDateTime));
                }
            }

            if (string.IsNullOrEmpty(answer.NextToken))
            {
                return lost;
            }

            request.NextToken = answer.NextToken;
        }

        throw new FleetSourceException("TooManyLost", $"more than {MaxPages * PageSize} agents are lost; SSM lists no more of them in one look",
            new InvalidDataException(scope.Key));
    }
}
