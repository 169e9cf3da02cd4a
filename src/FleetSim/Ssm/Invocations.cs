using System.Globalization;
using System.Text.Json;
using Watchdog.FleetSim.Wire;

namespace Watchdog.FleetSim.Ssm;

/// <summary>GetCommandInvocation (24,000 characters of output) and ListCommandInvocations (2,500 a plugin).</summary>
internal static class Invocations
{
    private const int OneOutput = 24_000;
    private const int ListedOutput = 2_500;
    private const string Plugin = "fleetInspect";

    public static void Get(Call call, JsonElement body, Utf8JsonWriter json)
    {
        var id = body.Need("InstanceId");
        var commandId = body.Need("CommandId");
        if (!Guid.TryParse(commandId, out _))
            throw new AwsError(400, "InvalidCommandId", "");
        var command = call.Region.Commands.Find(commandId);
        if (command is null || call.Now < command.SentAt + call.Region.Options.InvocationDelay
            || !call.Region.TryFind(id, out var index) || !command.Targets.Contains(index))
        {
            throw new AwsError(400, "InvocationDoesNotExist", "");
        }

        var invocation = Invocation.At(call.Region, command, index, call.Now);
        json.WriteString("CommandId"u8, command.Id);
        json.WriteString("InstanceId"u8, id);
        json.WriteString("Comment"u8, command.Comment);
        json.WriteString("DocumentName"u8, command.Document);
        json.WriteString("DocumentVersion"u8, InstalledDocument.Version);
        json.WriteString("PluginName"u8, Plugin);
        json.WriteNumber("ResponseCode"u8, ResponseCode(invocation));
        json.WriteString("ExecutionStartDateTime"u8, Stamp(invocation.StartedAt));
        json.WriteString("ExecutionElapsedTime"u8, invocation is { StartedAt: { } from, EndedAt: { } to } ? $"PT{(to - from).TotalSeconds.ToString("0.###", CultureInfo.InvariantCulture)}S" : "");
        json.WriteString("ExecutionEndDateTime"u8, Stamp(invocation.EndedAt));
        json.WriteString("Status"u8, invocation.Status);
        json.WriteString("StatusDetails"u8, invocation.Details);
        json.WriteString("StandardOutputContent"u8, Cut(invocation.Output(call.Region, command, index), OneOutput));
        json.WriteString("StandardOutputUrl"u8, ""u8);
        json.WriteString("StandardErrorContent"u8, ""u8);
        json.WriteString("StandardErrorUrl"u8, ""u8);
    }

    public static void List(Call call, JsonElement body, Utf8JsonWriter json)
    {
        var size = body.Number("MaxResults", 50, 1, 50);
        var (commandId, instanceId, details) = (body.Text("CommandId"), body.Text("InstanceId"), body.Flag("Details"));
        var paging = Paging.Of(body.Text("NextToken"), size, $"ListCommandInvocations|{commandId}|{instanceId}",
            static () => new AwsError(400, "InvalidNextToken", "The specified token is not valid."));
        if (commandId is not null && call.Region.Commands.Find(commandId) is null)
            throw new AwsError(400, "InvalidCommandId", "");
        var filters = body.Filters("Filters", "key", "value");
        if (filters.Count > 0)
            throw new AwsError(400, "InvalidFilterKey", "Filters are not part of this simulated Region.");
        var all = (commandId is null ? call.Region.Commands.All : [call.Region.Commands.Find(commandId)!])
            .Where(c => call.Now >= c.SentAt + call.Region.Options.InvocationDelay)
            .SelectMany(c => c.Targets.Select(t => (Command: c, Index: t)))
            .Where(p => instanceId is null || call.Region.Vms[p.Index].InstanceId == instanceId);
        var page = all.Skip(paging.Start).Take(size + 1).ToList();
        json.WriteStartArray("CommandInvocations"u8);
        foreach (var (command, index) in page.Take(size))
            Write(call, json, command, index, details);
        json.WriteEndArray();
        if (page.Count > size)
            json.WriteString("NextToken"u8, paging.TokenAt(paging.Start + size));
    }

    private static void Write(Call call, Utf8JsonWriter json, Command command, int index, bool details)
    {
        var invocation = Invocation.At(call.Region, command, index, call.Now);
        json.WriteStartObject();
        json.WriteString("CommandId"u8, command.Id);
        json.WriteString("InstanceId"u8, call.Region.Vms[index].InstanceId);
        json.WriteString("InstanceName"u8, ""u8);
        json.WriteString("Comment"u8, command.Comment);
        json.WriteString("DocumentName"u8, command.Document);
        json.WriteString("DocumentVersion"u8, InstalledDocument.Version);
        json.WriteTime("RequestedDateTime"u8, command.SentAt);
        json.WriteString("Status"u8, invocation.Status);
        json.WriteString("StatusDetails"u8, invocation.Details);
        json.WriteStartArray("CommandPlugins"u8);
        if (details)
        {
            json.WriteStartObject();
            json.WriteString("Name"u8, Plugin);
            json.WriteString("Status"u8, invocation.Status);
            json.WriteString("StatusDetails"u8, invocation.Details);
            json.WriteNumber("ResponseCode"u8, ResponseCode(invocation));
            if (invocation.StartedAt is { } started)
                json.WriteTime("ResponseStartDateTime"u8, started);
            if (invocation.EndedAt is { } ended)
                json.WriteTime("ResponseFinishDateTime"u8, ended);
            json.WriteString("Output"u8, Cut(invocation.Output(call.Region, command, index), ListedOutput));
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary>-1 until the plugin ran; a command that never did keeps it.</summary>
    private static int ResponseCode(in Invocation invocation) => invocation.Succeeded ? 0 : -1;

    private static string Stamp(DateTimeOffset? at) =>
        at is { } time ? time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture) : "";

    private static string Cut(string text, int length) => text.Length <= length ? text : text[..length];
}
