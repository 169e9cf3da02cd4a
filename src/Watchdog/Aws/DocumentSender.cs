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
    /// <param name="what">What of an act it is, in a word, for SSM's list of commands.</param>
    /// <param name="operation">The act's own id, a parameter of every such document: by it the guest knows a repetition.</param>
    /// <param name="parameters">The others, by name.</param>
    /// <returns>The command's id.</returns>
    /// <exception cref="ActuatorException">SSM did not take it; WrongState where the VM's agent does not answer.</exception>
    public async Task<string> SendAsync(
        Scope scope, string instanceId, PinnedDocument document, string what, Guid operation, Dictionary<string, string> parameters, CancellationToken ct)
    {
        var request = new SendCommandRequest
        {
            DocumentName = document.Name,
            DocumentVersion = document.Version,
            DocumentHash = document.Hash,
            DocumentHashType = DocumentHashType.Sha256,
            InstanceIds = [instanceId],
            TimeoutSeconds = telemetry.Value.DeliverySeconds,
            Comment = $"{what} of act {operation}",
            Parameters = parameters.Append(new("operation", operation.ToString())).ToDictionary(one => one.Key, one => new List<string> { one.Value }),
        };
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

/// <summary>An SSM document, held to one version and its SHA-256.</summary>
internal sealed record PinnedDocument(string Name, string Version, string Hash);
