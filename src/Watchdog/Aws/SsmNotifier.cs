using System.Globalization;
using Microsoft.Extensions.Options;
using Watchdog.Enforcement;
using Watchdog.Enforcement.Notifying;
using Watchdog.Inventory;

namespace Watchdog.Aws;

/// <summary>Sends SSM's notifying document, its version and hash pinned: a code and a number, never a text.</summary>
[RequiresPermission("ssm:SendCommand", Reach.NotifyDocument)]
internal sealed class SsmNotifier(DocumentSender documents, IOptions<EnforcementOptions> enforcement) : INotifier
{
    public Task<string> SendAsync(Scope scope, string instanceId, GuestMessage what, Guid operation, CancellationToken ct)
    {
        var options = enforcement.Value.Notify;
        return documents.SendAsync(
            scope, instanceId, new PinnedDocument(options.Document, options.DocumentVersion, options.DocumentHash), "message", operation,
            new()
            {
                ["code"] = what.Code,
                ["minutes"] = what.Minutes.ToString(CultureInfo.InvariantCulture),
            }, ct);
    }
}
