using Amazon.SimpleSystemsManagement;
using Amazon.SimpleSystemsManagement.Model;
using Microsoft.Extensions.Options;
using Watchdog.Enforcement;
using Watchdog.Inventory;
using Watchdog.Telemetry;

namespace Watchdog.Aws;

/// <summary>Sends a pinned SSM document with parameters to one VM, at most once.</summary>
internal sealed class DocumentSender(ClientFactory clients, IOptions<TelemetryOptions> telemetry)
{
    /// <summary>Sends it.</summary>
    /// <param name="request">The document, its version and hash, a comment and the parameters.</param>
    /// <returns>The command's id.</returns>
    /// <exception cref="ActuatorException">SSM did not take it; WrongState where the VM's agent does not answer.</exception>
    public async Task<string> SendAsync(Scope scope, string instanceId, SendCommandRequest request, CancellationToken ct)
    {
        request.DocumentHashType = DocumentHashType.Sha256;
        request.InstanceIds = [instanceId];
        request.TimeoutSeconds = telemetry.Value.DeliverySeconds;
        try
        {
            var answer = await clients.Of(scope).SsmOnce.SendCommandAsync(request, ct);
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
