using System.Text.Json;
using Amazon.CloudWatch.Model;
using Amazon.Wire;

namespace Amazon.CloudWatch.Wire;

/// <summary>GetMetricData.</summary>
internal static class GetMetricDataWire
{
    internal static void Write(Utf8JsonWriter w, GetMetricDataRequest request)
    {
        w.Instant("EndTime", request.EndTime);
        w.Number("MaxDatapoints", request.MaxDatapoints);
        w.Objects("MetricDataQueries", request.MetricDataQueries, Query);
        w.Text("NextToken", request.NextToken);
        w.Text("ScanBy", request.ScanBy);
        w.Instant("StartTime", request.StartTime);
    }

    internal static void Dimension(Utf8JsonWriter w, Dimension x)
    {
        w.Text("Name", x.Name);
        w.Text("Value", x.Value);
    }

    internal static bool Page(ref Utf8JsonReader r, GetMetricDataResponse x)
    {
        if (r.ValueTextEquals("MetricDataResults"u8))
            x.MetricDataResults = Json.Objects<MetricDataResult>(ref r, Result);
        else if (r.ValueTextEquals("NextToken"u8))
            x.NextToken = Json.Text(ref r);
        else if (r.ValueTextEquals("Messages"u8))
            x.Messages = Json.Objects<MessageData>(ref r, Message);
        else
            return false;
        return true;
    }

    private static void Query(Utf8JsonWriter w, MetricDataQuery x)
    {
        w.Text("AccountId", x.AccountId);
        w.Text("Expression", x.Expression);
        w.Text("Id", x.Id);
        w.Text("Label", x.Label);
        w.Object("MetricStat", x.MetricStat, Stat);
        w.Number("Period", x.Period);
        w.Flag("ReturnData", x.ReturnData);
    }

    private static void Stat(Utf8JsonWriter w, MetricStat x)
    {
        w.Object("Metric", x.Metric, Metric);
        w.Number("Period", x.Period);
        w.Text("Stat", x.Stat);
        w.Text("Unit", x.Unit);
    }

    private static void Metric(Utf8JsonWriter w, Metric x)
    {
        w.Objects("Dimensions", x.Dimensions, Dimension);
        w.Text("MetricName", x.MetricName);
        w.Text("Namespace", x.Namespace);
    }

    private static bool Result(ref Utf8JsonReader r, MetricDataResult x)
    {
        if (r.ValueTextEquals("Id"u8))
            x.Id = Json.Text(ref r);
        else if (r.ValueTextEquals("Label"u8))
            x.Label = Json.Text(ref r);
        else if (r.ValueTextEquals("Timestamps"u8))
            x.Timestamps = Json.Instants(ref r);
        else if (r.ValueTextEquals("Values"u8))
            x.Values = Json.Doubles(ref r);
        else if (r.ValueTextEquals("StatusCode"u8))
            x.StatusCode = Json.Text(ref r);
        else if (r.ValueTextEquals("Messages"u8))
            x.Messages = Json.Objects<MessageData>(ref r, Message);
        else
            return false;
        return true;
    }

    private static bool Message(ref Utf8JsonReader r, MessageData x)
    {
        if (r.ValueTextEquals("Code"u8))
            x.Code = Json.Text(ref r);
        else if (r.ValueTextEquals("Value"u8))
            x.Value = Json.Text(ref r);
        else
            return false;
        return true;
    }
}
