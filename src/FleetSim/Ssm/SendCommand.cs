using System.Text.Json;
using Watchdog.FleetSim.State;
using Watchdog.FleetSim.Wire;

namespace Watchdog.FleetSim.Ssm;

/// <summary>SendCommand and CancelCommand. Only the ids that were named are reached; one that Systems Manager does not manage fails all.</summary>
internal static class SendCommand
{
    private const int MaxIds = 50;

    public static void Send(Call call, JsonElement body, Utf8JsonWriter json)
    {
        var document = body.Need("DocumentName");
        if (!call.Region.Options.Documents.Contains(document, StringComparer.Ordinal))
            throw new AwsError(400, "InvalidDocument", $"Document with name {document} does not exist.");
        var installed = InstalledDocument.Of(document);
        installed.Check(document, body.Text("DocumentVersion"), body.Text("DocumentHash"), body.Text("DocumentHashType"));
        var parameters = installed.Parameters(body);
        var timeout = body.Number("TimeoutSeconds", 3600, 30, 2_592_000);
        var targets = Targets(call, Ids(body));
        var comment = body.Text("Comment") ?? "";
        if (comment.Length > 100)
            throw AwsError.Validation("1 validation error detected: Value at 'comment' failed to satisfy constraint: Member must have length less than or equal to 100");
        var restraining = InstalledDocument.Restrains(document) ? new Restraining(parameters) : null;
        var notifying = InstalledDocument.Notifies(document) ? new Notifying(parameters) : null;
        var command = call.Region.Commands.Add(id => new Command(id, document, targets, call.Now, TimeSpan.FromSeconds(timeout), comment, restraining, notifying));
        if (restraining is not null)
            Foresee(call.Region, command, restraining.Apply);
        if (notifying is not null)
            Foresee(call.Region, command, notifying.Apply);
        json.WriteStartObject("Command"u8);
        json.WriteString("CommandId"u8, command.Id);
        json.WriteString("DocumentName"u8, document);
        json.WriteString("DocumentVersion"u8, InstalledDocument.Version);
        json.WriteString("Comment"u8, comment);
        json.WriteTime("RequestedDateTime"u8, command.SentAt);
        json.WriteTime("ExpiresAfter"u8, command.SentAt + command.Timeout);
        json.WriteStartArray("InstanceIds"u8);
        foreach (var index in targets)
            json.WriteStringValue(call.Region.Vms[index].InstanceId);
        json.WriteEndArray();
        json.WriteString("Status"u8, "Pending"u8);
        json.WriteString("StatusDetails"u8, "Pending"u8);
        json.WriteNumber("TargetCount"u8, targets.Length);
        json.WriteNumber("CompletedCount"u8, 0);
        json.WriteNumber("ErrorCount"u8, 0);
        json.WriteEndObject();
    }

    public static void Cancel(Call call, JsonElement body, Utf8JsonWriter json)
    {
        var command = call.Region.Commands.Find(body.Need("CommandId")) ?? throw new AwsError(400, "InvalidCommandId", "");
        command.Cancel(call.Now);
    }

    // When an agent will take it is known beforehand, and so is what it changes then.
    private static void Foresee(RegionState region, Command command, Action<RegionState, int, DateTimeOffset> apply)
    {
        lock (region.Gate)
        {
            foreach (var index in command.Targets)
            {
                if (Invocation.TakenAt(region, command, index) is { } taken)
                    apply(region, index, taken);
            }
        }
    }

    /// <summary>InstanceIds, or Targets with Key=InstanceIds.</summary>
    private static List<string> Ids(JsonElement body)
    {
        var ids = body.Texts("InstanceIds");
        foreach (var (key, values) in body.Filters("Targets", "Key", "Values"))
        {
            if (key != "InstanceIds")
                throw new AwsError(400, "InvalidTarget", $"The target key {key} is not part of this simulated Region.");
            if (values.Count > MaxIds)
                throw AwsError.Validation("1 validation error detected: Value at 'targets' failed to satisfy constraint: Member must have length less than or equal to 50");
            ids.AddRange(values);
        }

        if (ids.Count == 0)
            throw new AwsError(400, "InvalidInstanceId", "Either InstanceIds or Targets is required.");
        if (ids.Count > MaxIds)
            throw AwsError.Validation("1 validation error detected: Value at 'instanceIds' failed to satisfy constraint: Member must have length less than or equal to 50");
        return ids;
    }

    private static int[] Targets(Call call, List<string> ids)
    {
        var targets = new List<int>(ids.Count);
        List<string>? refused = null;
        foreach (var id in ids.Distinct(StringComparer.Ordinal))
        {
            if (call.Region.TryFind(id, out var index) && Reachable(call.Region, index, call.Now))
                targets.Add(index);
            else
                (refused ??= []).Add(id);
        }

        return refused is null
            ? [.. targets]
            : throw new AwsError(400, "InvalidInstanceId", $"Instances [[{string.Join(", ", refused)}]] not in a valid state for account {call.Region.Options.AccountId}");
    }

    private static bool Reachable(RegionState region, int index, DateTimeOffset at) =>
        region.PowerAt(index, at)?.State == PowerState.Running
        && AgentPings.LastAt(region, index, at) is { } ping && AgentPings.StatusOf(ping, at) == "Online";
}
