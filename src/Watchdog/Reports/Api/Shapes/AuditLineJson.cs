using System.Text.Json;
using Watchdog.Ledger;

namespace Watchdog.Reports.Api.Shapes;

/// <summary>One line as JSON; its names are a contract.</summary>
internal sealed record AuditLineJson(
    long Id, DateTimeOffset At, string Actor, string What, string Subject, string? RuleVersion, string? EvidenceSha256, JsonElement? Data)
{
    public static AuditLineJson Of(AuditRecord line) => new(
        line.Id, line.At, line.Actor, line.What, line.Subject, line.RuleVersion, line.EvidenceSha256, LedgerJson.Embed(line.DataJson));
}
