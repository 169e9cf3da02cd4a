using System.Globalization;
using Amazon.SimpleSystemsManagement;
using Amazon.SimpleSystemsManagement.Model;
using Microsoft.Extensions.Options;
using Watchdog.Enforcement;
using Watchdog.Enforcement.Restraining;
using Watchdog.Inventory;
using Watchdog.Telemetry;

namespace Watchdog.Aws;

/// <summary>Sends SSM's restraining document, its version and hash pinned, with values that its own patterns hold to.</summary>
[RequiresPermission("ssm:SendCommand", Reach.RestrainDocument)]
internal sealed class SsmRestrainer(ClientFactory clients, IOptions<TelemetryOptions> telemetry, IOptions<EnforcementOptions> enforcement) : IRestrainer
{
    public async Task<string> SendAsync(Scope scope, string instanceId, Restraint what, Guid operation, CancellationToken ct)
    {
        var options = enforcement.Value.Restrain;
        try
        {
            var answer = await clients.Of(scope).SsmOnce.SendCommandAsync(
                new SendCommandRequest
                {
                    DocumentName = options.Document,
                    DocumentVersion = options.DocumentVersion,
                    DocumentHash = options.DocumentHash,
                    DocumentHashType = DocumentHashType.Sha256,
                    InstanceIds = [instanceId],
                    TimeoutSeconds = telemetry.Value.DeliverySeconds,
                    Comment = $"restraint of act {operation}",
                    Parameters = new()
                    {
                        ["action"] = [what.Action],
                        ["pid"] = [what.Pid.ToString(CultureInfo.InvariantCulture)],
                        ["startTime"] = [what.StartTicks.ToString(CultureInfo.InvariantCulture)],
                        ["cpuPercent"] = [what.CpuPercent.ToString(CultureInfo.InvariantCulture)],
                        ["reach"] = [what.Reach],
                        ["operation"] = [operation.ToString()],
                    },
                }, ct);
            return answer.Command?.CommandId ?? throw new ActuatorException(ActuatorError.Transient, "NoCommandId", "SSM named no command");
        }
        catch (Exception fault) when (AwsFault.IsAws(fault) && !ct.IsCancellationRequested)
        {
            var sorted = AwsFault.Of(fault);
            // The agent was there when the plan was made.
            throw sorted.Code == "InvalidInstanceId"
                ? new ActuatorException(ActuatorError.WrongState, sorted.Code, $"the SSM agent of {instanceId} does not answer: {sorted.Message}", fault)
                : new ActuatorException(sorted.Kind, sorted.Code, sorted.Message, fault);
        }
    }
}
