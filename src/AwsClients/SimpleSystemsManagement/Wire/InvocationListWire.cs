using System.Text.Json;
using Amazon.SimpleSystemsManagement.Model;
using Amazon.Wire;

namespace Amazon.SimpleSystemsManagement.Wire;

/// <summary>ListCommandInvocations.</summary>
internal static class InvocationListWire
{
    internal static void Write(Utf8JsonWriter w, ListCommandInvocationsRequest request)
    {
        w.Text("CommandId", request.CommandId);
        w.Flag("Details", request.Details);
        w.Objects("Filters", request.Filters, static (o, filter) =>
        {
            o.Text("key", filter.Key);
            o.Text("value", filter.Value);
        });
        w.Text("InstanceId", request.InstanceId);
        w.Number("MaxResults", request.MaxResults);
        w.Text("NextToken", request.NextToken);
    }

    internal static bool Page(ref Utf8JsonReader r, ListCommandInvocationsResponse x)
    {
        switch (r.GetString())
        {
            case "CommandInvocations": x.CommandInvocations = Json.Objects<CommandInvocation>(ref r, Invocation); return true;
            case "NextToken": x.NextToken = Json.Text(ref r); return true;
            default: return false;
        }
    }

    private static bool Invocation(ref Utf8JsonReader r, CommandInvocation x)
    {
        switch (r.GetString())
        {
            case "CommandId": x.CommandId = Json.Text(ref r); return true;
            case "CommandPlugins": x.CommandPlugins = Json.Objects<CommandPlugin>(ref r, Plugin); return true;
            case "Comment": x.Comment = Json.Text(ref r); return true;
            case "DocumentName": x.DocumentName = Json.Text(ref r); return true;
            case "DocumentVersion": x.DocumentVersion = Json.Text(ref r); return true;
            case "InstanceId": x.InstanceId = Json.Text(ref r); return true;
            case "InstanceName": x.InstanceName = Json.Text(ref r); return true;
            case "RequestedDateTime": x.RequestedDateTime = Json.Instant(ref r); return true;
            case "Status": x.Status = Json.Text(ref r); return true;
            case "StatusDetails": x.StatusDetails = Json.Text(ref r); return true;
            case "TraceOutput": x.TraceOutput = Json.Text(ref r); return true;
            default: return false;
        }
    }

    private static bool Plugin(ref Utf8JsonReader r, CommandPlugin x)
    {
        switch (r.GetString())
        {
            case "Name": x.Name = Json.Text(ref r); return true;
            case "Output": x.Output = Json.Text(ref r); return true;
            case "ResponseCode": x.ResponseCode = Json.Int(ref r); return true;
            case "ResponseFinishDateTime": x.ResponseFinishDateTime = Json.Instant(ref r); return true;
            case "ResponseStartDateTime": x.ResponseStartDateTime = Json.Instant(ref r); return true;
            case "Status": x.Status = Json.Text(ref r); return true;
            case "StatusDetails": x.StatusDetails = Json.Text(ref r); return true;
            default: return false;
        }
    }
}
