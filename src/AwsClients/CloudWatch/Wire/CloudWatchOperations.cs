using Amazon.CloudWatch.Model;
using Amazon.Wire;

namespace Amazon.CloudWatch.Wire;

/// <summary>
/// CloudWatch's API of 2010-08-01 in JSON 1.0, one of the three protocols that it answers: emulators speak it too, unlike CBOR, and it
/// parses faster than the query protocol's XML.
/// </summary>
internal static class CloudWatchOperations
{
    internal static readonly ServiceTraits Service = new("CloudWatch", "2010-08-01", "monitoring", "monitoring", static (f, inner) =>
        new AmazonCloudWatchException(f.Message, inner!, f.Type, f.Code!, f.RequestId!, f.Status));

    internal static readonly JsonOperation<GetMetricDataRequest, GetMetricDataResponse> GetMetricData =
        new(Service, Dialect, nameof(GetMetricData), GetMetricDataWire.Write, GetMetricDataWire.Page);

    internal static readonly JsonOperation<PutMetricDataRequest, PutMetricDataResponse> PutMetricData =
        new(Service, Dialect, nameof(PutMetricData), PutMetricDataWire.Write, static (ref _, _) => false) { HasNoOutput = true };

    private static JsonDialect Dialect => new("application/x-amz-json-1.0", "GraniteServiceVersion20100801", QueryCompatible: true);
}
