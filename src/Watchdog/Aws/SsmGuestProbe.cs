using Amazon.EC2.Model;
using Amazon.SimpleSystemsManagement;
using Amazon.SimpleSystemsManagement.Model;
using Microsoft.Extensions.Options;
using Watchdog.Enforcement;
using Watchdog.Inventory;
using Watchdog.Telemetry;

namespace Watchdog.Aws;

/// <summary>
/// Looks into guests by SSM's one fixed inspection document, and at their console by EC2. A question that fails is answered by a named
/// unknown, never by an exception: other VMs are asked in the same breath.
/// </summary>
[RequiresPermission("ssm:DescribeInstanceInformation", Reach.Anything)]
[RequiresPermission("ssm:SendCommand", Reach.InspectDocument)]
[RequiresPermission("ssm:GetCommandInvocation", Reach.Anything)]
[RequiresPermission("ec2:GetConsoleOutput", Reach.Anything)]
internal sealed class SsmGuestProbe(ClientFactory clients, IOptions<TelemetryOptions> options, ILogger<SsmGuestProbe> log) : IGuestProbe
{
    private const int MaxIds = 50;
    private const int MaxOutput = 24_000;

    public async Task<IReadOnlyDictionary<string, AgentStatus>> AgentsAsync(Scope scope, IReadOnlyList<string> instanceIds, CancellationToken ct)
    {
        Dictionary<string, AgentStatus> agents = new(StringComparer.Ordinal);
        foreach (var ids in instanceIds.Chunk(MaxIds))
        {
            try
            {
                foreach (var (id, status) in await PingsAsync(scope, ids, ct))
                {
                    agents[id] = status;
                }
            }
            catch (Exception fault) when (AwsFault.IsAws(fault) && !ct.IsCancellationRequested)
            {
                Failed(scope, "DescribeInstanceInformation", fault);
                foreach (var id in ids)
                {
                    agents[id] = new(AgentState.Unknown, null);
                }
            }
        }

        return agents;
    }

    public async Task<IReadOnlyDictionary<string, SentCommand>> SendAsync(
        Scope scope, IReadOnlyList<string> instanceIds, string comment, CancellationToken ct)
    {
        Dictionary<string, SentCommand> sent = new(StringComparer.Ordinal);
        foreach (var ids in instanceIds.Chunk(MaxIds))
        {
            await SendAsync(scope, ids, comment, sent, ct);
        }

        return sent;
    }

    public async Task<Invocation> ReadAsync(Scope scope, string commandId, string instanceId, CancellationToken ct)
    {
        try
        {
            var answer = await clients.Of(scope).Ssm.GetCommandInvocationAsync(
                new GetCommandInvocationRequest { CommandId = commandId, InstanceId = instanceId }, ct);
            var state = InvocationReading.StateOf(answer.Status?.Value, answer.StatusDetails);
            var output = answer.StandardOutputContent ?? "";
            return new(state, state == InvocationState.Done ? output[..Math.Min(output.Length, MaxOutput)] : null, answer.StatusDetails,
                InvocationReading.StartOf(answer.ExecutionStartDateTime));
        }
        catch (Exception fault) when (AwsFault.IsAws(fault) && !ct.IsCancellationRequested)
        {
            // InvocationDoesNotExist for the first seconds; anything else may pass too, and the caller's patience ends it.
            var sorted = AwsFault.Of(fault);
            if (sorted.Code != "InvocationDoesNotExist")
            {
                Failed(scope, "GetCommandInvocation", fault);
            }

            return new(InvocationState.Pending, null, sorted.Code);
        }
    }

    public async Task<string?> ConsoleAsync(Scope scope, string instanceId, CancellationToken ct)
    {
        try
        {
            return await ConsoleAsync(scope, instanceId, latest: true, ct);
        }
        catch (Exception fault) when (AwsFault.IsAws(fault) && !ct.IsCancellationRequested)
        {
            Failed(scope, "GetConsoleOutput", fault);
            return null;
        }
    }

    private async Task<string?> ConsoleAsync(Scope scope, string instanceId, bool latest, CancellationToken ct)
    {
        try
        {
            var request = new GetConsoleOutputRequest { InstanceId = instanceId, Latest = latest ? true : null };
            return ConsoleText.Decode((await clients.Of(scope).Ec2.GetConsoleOutputAsync(request, ct)).Output);
        }
        catch (Exception fault) when (latest && AwsFault.IsAws(fault) && AwsFault.Of(fault).Code is "UnsupportedOperation" or "InvalidParameterCombination")
        {
            // Only Nitro types have the latest text; the others keep what they said at boot.
            return await ConsoleAsync(scope, instanceId, latest: false, ct);
        }
    }

    private async Task<Dictionary<string, AgentStatus>> PingsAsync(Scope scope, string[] ids, CancellationToken ct)
    {
        var pings = ids.ToDictionary(id => id, _ => new AgentStatus(AgentState.Unmanaged, null), StringComparer.Ordinal);
        var request = new DescribeInstanceInformationRequest
        {
            Filters = [new InstanceInformationStringFilter { Key = "InstanceIds", Values = [.. ids] }],
            MaxResults = MaxIds,
        };
        do
        {
            var page = await clients.Of(scope).Ssm.DescribeInstanceInformationAsync(request, ct);
            foreach (var agent in page.InstanceInformationList ?? [])
            {
                if (agent.InstanceId is { } id && pings.ContainsKey(id))
                {
                    pings[id] = new(InvocationReading.AgentOf(agent.PingStatus?.Value), InstanceReading.Utc(agent.LastPingDateTime));
                }
            }

            request.NextToken = string.IsNullOrEmpty(page.NextToken) ? null : page.NextToken;
        }
        while (request.NextToken is not null);
        return pings;
    }

    // One unmanaged VM fails the call for all: halve until it stands alone.
    private async Task SendAsync(Scope scope, string[] ids, string comment, Dictionary<string, SentCommand> sent, CancellationToken ct)
    {
        try
        {
            var request = new SendCommandRequest
            {
                DocumentName = options.Value.InspectDocument,
                DocumentVersion = options.Value.InspectDocumentVersion,
                DocumentHash = options.Value.InspectDocumentHash,
                DocumentHashType = DocumentHashType.Sha256,
                InstanceIds = [.. ids],
                TimeoutSeconds = options.Value.DeliverySeconds,
                Comment = BoundedText.Line(comment, 100),
            };
            var answer = await clients.Of(scope).SsmOnce.SendCommandAsync(request, ct);
            Tell(new(answer.Command?.CommandId, answer.Command?.CommandId is null ? "SSM named no command" : null));
        }
        catch (Exception fault) when (AwsFault.IsAws(fault) && !ct.IsCancellationRequested)
        {
            var sorted = AwsFault.Of(fault);
            if (sorted.Code == "InvalidInstanceId" && ids.Length > 1)
            {
                await SendAsync(scope, ids[..(ids.Length / 2)], comment, sent, ct);
                await SendAsync(scope, ids[(ids.Length / 2)..], comment, sent, ct);
                return;
            }

            Failed(scope, "SendCommand", fault);
            Tell(new(null, $"{sorted.Code}: {sorted.Message}"));
        }

        void Tell(SentCommand outcome) => Array.ForEach(ids, id => sent[id] = outcome);
    }

    private void Failed(Scope scope, string call, Exception fault)
    {
        var sorted = AwsFault.Of(fault);
        if (sorted.Kind != ActuatorError.Gone)
        {
            Log.ProbeFailed(log, scope.Key, call, sorted.Code, sorted.Message);
        }
    }
}
