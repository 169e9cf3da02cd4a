using System.Globalization;
using Microsoft.Extensions.Options;
using Watchdog.Enforcement;
using Watchdog.Enforcement.Restraining;
using Watchdog.Inventory;

namespace Watchdog.Aws;

/// <summary>Sends SSM's restraining document, its version and hash pinned, with values that its own patterns hold to.</summary>
[RequiresPermission("ssm:SendCommand", Reach.RestrainDocument)]
internal sealed class SsmRestrainer(DocumentSender documents, IOptions<EnforcementOptions> enforcement) : IRestrainer
{
    public Task<string> SendAsync(Scope scope, string instanceId, Restraint what, Guid operation, CancellationToken ct)
    {
        var options = enforcement.Value.Restrain;
        return documents.SendAsync(
            scope, instanceId, new PinnedDocument(options.Document, options.DocumentVersion, options.DocumentHash), "restraint", operation,
            new()
            {
                ["action"] = what.Action,
                ["pid"] = what.Pid.ToString(CultureInfo.InvariantCulture),
                ["startTime"] = what.StartTicks.ToString(CultureInfo.InvariantCulture),
                ["cpuPercent"] = what.CpuPercent.ToString(CultureInfo.InvariantCulture),
                ["reach"] = what.Reach,
            }, ct);
    }
}
