using System.Buffers.Text;
using Amazon.EC2;
using Amazon.EC2.Model;
using Watchdog.Enforcement;
using Watchdog.Inventory;

namespace Watchdog.Aws;

/// <summary>Snapshots and screenshots.</summary>
[RequiresPermission("ec2:CreateSnapshots", Reach.OwnSnapshots)]
[RequiresPermission("ec2:DescribeSnapshots", Reach.Anything)]
[RequiresPermission("ec2:GetConsoleScreenshot", Reach.Anything)]
internal sealed partial class Ec2Actuator
{
    /// <summary>Tag key of a snapshot; its value is the operation that began it.</summary>
    internal const string OperationTag = "watchdog:operation";
    /// <summary>Base64 characters of a screenshot; EC2's have some 100,000.</summary>
    private const int MostScreenCharacters = 4 * 1024 * 1024;

    public Task SnapshotAsync(Scope scope, string instanceId, Guid operationId, string description, CancellationToken ct) => AskAsync(() =>
        clients.Of(scope).Once.CreateSnapshotsAsync(
            new CreateSnapshotsRequest
            {
                InstanceSpecification = new() { InstanceId = instanceId },
                Description = description,
                TagSpecifications = [new() { ResourceType = ResourceType.Snapshot, Tags = [new() { Key = OperationTag, Value = operationId.ToString("D") }] }],
            }, ct), ct);

    public Task<IReadOnlyList<string>> FindSnapshotsAsync(Scope scope, Guid operationId, CancellationToken ct) => AskAsync(async () =>
    {
        List<string> ids = [];
        var request = new DescribeSnapshotsRequest
        {
            Filters = [new() { Name = $"tag:{OperationTag}", Values = [operationId.ToString("D")] }], OwnerIds = ["self"], MaxResults = PageSize,
        };
        do
        {
            var page = await clients.Of(scope).Ec2.DescribeSnapshotsAsync(request, ct);
            ids.AddRange((page.Snapshots ?? []).Select(snapshot => snapshot.SnapshotId).OfType<string>());
            request.NextToken = string.IsNullOrEmpty(page.NextToken) ? null : page.NextToken;
        }
        while (request.NextToken is not null);

        return (IReadOnlyList<string>)[.. ids.Order(StringComparer.Ordinal)];
    }, ct);

    public async Task<byte[]?> ScreenshotAsync(Scope scope, string instanceId, CancellationToken ct)
    {
        try
        {
            var answer = await AskAsync(() => clients.Of(scope).Ec2.GetConsoleScreenshotAsync(new GetConsoleScreenshotRequest { InstanceId = instanceId }, ct), ct);
            return answer.ImageData is { Length: > 0 and <= MostScreenCharacters } data && Base64.IsValid(data) ? Convert.FromBase64String(data) : null;
        }
        catch (ActuatorException none) when (none.Error == ActuatorError.WrongState)
        {
            // The type has no screen (bare metal, for one), or the VM does not run.
            return null;
        }
    }
}
