using System.Text.Json;
using Amazon.SimpleSystemsManagement.Model;
using Amazon.Wire;

namespace Amazon.SimpleSystemsManagement.Wire;

/// <summary>SendCommand and CancelCommand.</summary>
internal static class SendCommandWire
{
    internal static void Write(Utf8JsonWriter w, SendCommandRequest request)
    {
        w.Text("Comment", request.Comment);
        w.Text("DocumentHash", request.DocumentHash);
        w.Text("DocumentHashType", request.DocumentHashType);
        w.Text("DocumentName", request.DocumentName);
        w.Text("DocumentVersion", request.DocumentVersion);
        w.Texts("InstanceIds", request.InstanceIds);
        w.Text("MaxConcurrency", request.MaxConcurrency);
        w.Text("MaxErrors", request.MaxErrors);
        w.Object("Parameters", request.Parameters, static (o, map) =>
        {
            foreach (var (key, values) in map)
                o.Texts(key, values);
        });
        w.Objects("Targets", request.Targets, static (o, target) =>
        {
            o.Text("Key", target.Key);
            o.Texts("Values", target.Values);
        });
        w.Number("TimeoutSeconds", request.TimeoutSeconds);
    }

    internal static void Write(Utf8JsonWriter w, CancelCommandRequest request)
    {
        w.Text("CommandId", request.CommandId);
        w.Texts("InstanceIds", request.InstanceIds);
    }

    internal static bool Answer(ref Utf8JsonReader r, SendCommandResponse x)
    {
        if (!r.ValueTextEquals("Command"u8))
            return false;
        x.Command = Json.Object<Command>(ref r, Command);
        return true;
    }

    private static bool Command(ref Utf8JsonReader r, Command x)
    {
        switch (r.GetString())
        {
            case "CommandId": x.CommandId = Json.Text(ref r); return true;
            case "Comment": x.Comment = Json.Text(ref r); return true;
            case "CompletedCount": x.CompletedCount = Json.Int(ref r); return true;
            case "DocumentName": x.DocumentName = Json.Text(ref r); return true;
            case "DocumentVersion": x.DocumentVersion = Json.Text(ref r); return true;
            case "ErrorCount": x.ErrorCount = Json.Int(ref r); return true;
            case "ExpiresAfter": x.ExpiresAfter = Json.Instant(ref r); return true;
            case "InstanceIds": x.InstanceIds = Json.Texts(ref r); return true;
            case "MaxConcurrency": x.MaxConcurrency = Json.Text(ref r); return true;
            case "MaxErrors": x.MaxErrors = Json.Text(ref r); return true;
            case "Parameters": x.Parameters = Json.TextLists(ref r); return true;
            case "RequestedDateTime": x.RequestedDateTime = Json.Instant(ref r); return true;
            case "Status": x.Status = Json.Text(ref r); return true;
            case "StatusDetails": x.StatusDetails = Json.Text(ref r); return true;
            case "TargetCount": x.TargetCount = Json.Int(ref r); return true;
            case "Targets": x.Targets = Json.Objects<Target>(ref r, Target); return true;
            case "TimeoutSeconds": x.TimeoutSeconds = Json.Int(ref r); return true;
            default: return false;
        }
    }

    private static bool Target(ref Utf8JsonReader r, Target x)
    {
        switch (r.GetString())
        {
            case "Key": x.Key = Json.Text(ref r); return true;
            case "Values": x.Values = Json.Texts(ref r); return true;
            default: return false;
        }
    }
}
