using Watchdog.FleetSim.Wire;

namespace Watchdog.FleetSim.CloudWatch;

/// <summary>CloudWatch's operations in its three protocols.</summary>
internal static class CloudWatchService
{
    public static void Answer(Call call, PooledBuffer output)
    {
        switch (call.Action)
        {
            case "GetMetricData":
                Read(call, output);
                break;
            case "GetMetricStatistics":
                GetMetricStatistics.Answer(call, output);
                break;
            case "PutMetricData":
                Accept(call, output);
                break;
            default:
                throw new AwsError(400, call.Protocol == Protocol.Query ? "InvalidAction" : "UnknownOperationException",
                    $"The action {call.Action} is not valid for this web service.");
        }
    }

    private static void Read(Call call, PooledBuffer output)
    {
        switch (call.Protocol)
        {
            case Protocol.Json:
                using (var json = new JsonMetricData(output))
                    GetMetricData.Answer(call, JsonMetricData.Read(call.Body.Span), json);
                break;
            case Protocol.Cbor:
                GetMetricData.Answer(call, CborMetricData.Read(call.Body), new CborMetricData(output));
                break;
            default:
                var xml = new XmlOut(output);
                xml.Raw("<GetMetricDataResponse xmlns=\"http://monitoring.amazonaws.com/doc/2010-08-01/\"><GetMetricDataResult>"u8);
                GetMetricData.Answer(call, QueryMetricData.Read(call.Fields), new QueryMetricData(xml));
                xml.Raw("</GetMetricDataResult><ResponseMetadata>"u8);
                xml.Text("RequestId"u8, call.RequestId);
                xml.Raw("</ResponseMetadata></GetMetricDataResponse>"u8);
                break;
        }
    }

    /// <summary>Custom metrics are accepted and forgotten: nothing here reads them back.</summary>
    private static void Accept(Call call, PooledBuffer output)
    {
        if (call.Body.Length > 1024 * 1024)
            throw new AwsError(413, "RequestEntityTooLarge", "PutMetricData takes at most 1 MB.");
        if (call.Protocol != Protocol.Query)
            return;
        var xml = new XmlOut(output);
        xml.Raw("<PutMetricDataResponse xmlns=\"http://monitoring.amazonaws.com/doc/2010-08-01/\"><ResponseMetadata>"u8);
        xml.Text("RequestId"u8, call.RequestId);
        xml.Raw("</ResponseMetadata></PutMetricDataResponse>"u8);
    }
}
