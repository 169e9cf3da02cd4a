using System.Text.Json;
using Amazon.CloudWatch.Model;
using Amazon.Wire;

namespace Amazon.CloudWatch.Wire;

/// <summary>PutMetricData, which has no output.</summary>
internal static class PutMetricDataWire
{
    internal static void Write(Utf8JsonWriter w, PutMetricDataRequest request)
    {
        w.Objects("MetricData", request.MetricData, Datum);
        w.Text("Namespace", request.Namespace);
    }

    private static void Datum(Utf8JsonWriter w, MetricDatum x)
    {
        w.Numbers("Counts", x.Counts);
        w.Objects("Dimensions", x.Dimensions, GetMetricDataWire.Dimension);
        w.Text("MetricName", x.MetricName);
        w.Object("StatisticValues", x.StatisticValues, Statistics);
        w.Number("StorageResolution", x.StorageResolution);
        w.Instant("Timestamp", x.Timestamp);
        w.Text("Unit", x.Unit);
        w.Number("Value", x.Value);
        w.Numbers("Values", x.Values);
    }

    private static void Statistics(Utf8JsonWriter w, StatisticSet x)
    {
        w.Number("Maximum", x.Maximum);
        w.Number("Minimum", x.Minimum);
        w.Number("SampleCount", x.SampleCount);
        w.Number("Sum", x.Sum);
    }
}
