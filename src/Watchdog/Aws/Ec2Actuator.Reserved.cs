using Amazon.EC2.Model;
using Watchdog.Inventory;

namespace Watchdog.Aws;

/// <summary>A change of groups whose token was taken before: the gate lets it through without waiting.</summary>
internal sealed class PrepaidGroupsRequest : ModifyNetworkInterfaceAttributeRequest;

// Changes of groups that must not wait for one another's tokens.
internal sealed partial class Ec2Actuator
{
    public Task ReserveGroupChangesAsync(Scope scope, int calls, CancellationToken ct) =>
        clients.Of(scope).Budget.ReserveAsync("ec2:ModifyNetworkInterfaceAttribute", calls, ct);

    public Task SetReservedGroupsAsync(Scope scope, string interfaceId, IReadOnlyList<string> groups, CancellationToken ct) => AskAsync(() =>
        clients.Of(scope).Once.ModifyNetworkInterfaceAttributeAsync(new PrepaidGroupsRequest { NetworkInterfaceId = interfaceId, Groups = [.. groups] }, ct), ct);
}
