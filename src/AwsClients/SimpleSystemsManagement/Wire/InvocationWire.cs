using System.Text.Json;
using Amazon.SimpleSystemsManagement.Model;
using Amazon.Wire;

namespace Amazon.SimpleSystemsManagement.Wire;

/// <summary>GetCommandInvocation.</summary>
internal static class InvocationWire
{
    internal static void Write(Utf8JsonWriter w, GetCommandInvocationRequest request)
    {
        w.Text("CommandId", request.CommandId);
        w.Text("InstanceId", request.InstanceId);
        w.Text("PluginName", request.PluginName);
    }

    internal static bool Answer(ref Utf8JsonReader r, GetCommandInvocationResponse x)
    {
        switch (r.GetString())
        {
            case "CommandId": x.CommandId = Json.Text(ref r); return true;
            case "Comment": x.Comment = Json.Text(ref r); return true;
            case "DocumentName": x.DocumentName = Json.Text(ref r); return true;
            case "DocumentVersion": x.DocumentVersion = Json.Text(ref r); return true;
            case "ExecutionElapsedTime": x.ExecutionElapsedTime = Json.Text(ref r); return true;
            case "ExecutionEndDateTime": x.ExecutionEndDateTime = Json.Text(ref r); return true;
            case "ExecutionStartDateTime": x.ExecutionStartDateTime = Json.Text(ref r); return true;
            case "InstanceId": x.InstanceId = Json.Text(ref r); return true;
            case "PluginName": x.PluginName = Json.Text(ref r); return true;
            case "ResponseCode": x.ResponseCode = Json.Int(ref r); return true;
            case "StandardErrorContent": x.StandardErrorContent = Json.Text(ref r); return true;
            case "StandardErrorUrl": x.StandardErrorUrl = Json.Text(ref r); return true;
            case "StandardOutputContent": x.StandardOutputContent = Json.Text(ref r); return true;
            case "StandardOutputUrl": x.StandardOutputUrl = Json.Text(ref r); return true;
            case "Status": x.Status = Json.Text(ref r); return true;
            case "StatusDetails": x.StatusDetails = Json.Text(ref r); return true;
            default: return false;
        }
    }
}
