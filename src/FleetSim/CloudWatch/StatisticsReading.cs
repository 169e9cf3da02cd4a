using System.Formats.Cbor;
using System.Text.Json;
using Watchdog.FleetSim.Wire;

namespace Watchdog.FleetSim.CloudWatch;

/// <summary>Reads GetMetricStatistics in each protocol.</summary>
internal static class StatisticsReading
{
    public static StatisticsRequest OfForm(FormFields form)
    {
        var request = new StatisticsRequest { Start = form.Time("StartTime"), End = form.Time("EndTime"), Unit = form.Get("Unit"), Extended = form.AnyBelow("ExtendedStatistics.") };
        request.Query.Namespace = form.Get("Namespace") ?? "";
        request.Query.MetricName = form.Get("MetricName") ?? "";
        request.Query.Period = form.Number("Period") ?? 0;
        request.Statistics.AddRange(form.List("Statistics.member"));
        for (var d = 1; form.Get(FormFields.Numbered("Dimensions.member", d) + ".Name") is { } name; d++)
            request.Query.Dimension(name, form.Get(FormFields.Numbered("Dimensions.member", d) + ".Value"));
        return request;
    }

    public static StatisticsRequest OfJson(ReadOnlyMemory<byte> body)
    {
        var request = new StatisticsRequest();
        try
        {
            using var json = JsonDocument.Parse(body);
            foreach (var member in json.RootElement.EnumerateObject().Where(member => member.Value.ValueKind != JsonValueKind.Null))
                Take(request, member.Name, member.Value);
            return request;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException or KeyNotFoundException)
        {
            throw new AwsError(400, "SerializationException", "The request is no JSON of GetMetricStatistics: " + e.Message);
        }
    }

    public static StatisticsRequest OfCbor(ReadOnlyMemory<byte> body)
    {
        var request = new StatisticsRequest();
        var cbor = new CborReader(body, CborConformanceMode.Lax);
        try
        {
            CborBytes.Map(cbor, key => Take(request, key, cbor));
            return request;
        }
        catch (Exception e) when (e is CborContentException or InvalidOperationException or OverflowException)
        {
            throw new AwsError(400, "SerializationException", "The request is no CBOR of GetMetricStatistics: " + e.Message);
        }
    }

    private static void Take(StatisticsRequest request, string name, JsonElement value)
    {
        switch (name)
        {
            case "Namespace":
                request.Query.Namespace = value.GetString()!;
                break;
            case "MetricName":
                request.Query.MetricName = value.GetString()!;
                break;
            case "Period":
                request.Query.Period = value.GetInt32();
                break;
            case "StartTime":
                request.Start = Time(value);
                break;
            case "EndTime":
                request.End = Time(value);
                break;
            case "Unit":
                request.Unit = value.GetString();
                break;
            case "Statistics":
                request.Statistics.AddRange(value.EnumerateArray().Select(stat => stat.GetString()!));
                break;
            case "ExtendedStatistics":
                request.Extended = value.GetArrayLength() > 0;
                break;
            case "Dimensions":
                foreach (var one in value.EnumerateArray())
                    request.Query.Dimension(one.GetProperty("Name").GetString(), one.GetProperty("Value").GetString());
                break;
        }
    }

    private static void Take(StatisticsRequest request, string name, CborReader cbor)
    {
        switch (name)
        {
            case "Namespace":
                request.Query.Namespace = cbor.ReadTextString();
                break;
            case "MetricName":
                request.Query.MetricName = cbor.ReadTextString();
                break;
            case "Period":
                request.Query.Period = cbor.ReadInt32();
                break;
            case "StartTime":
                request.Start = cbor.ReadUnixTimeSeconds();
                break;
            case "EndTime":
                request.End = cbor.ReadUnixTimeSeconds();
                break;
            case "Unit":
                request.Unit = cbor.ReadTextString();
                break;
            case "Statistics":
                CborBytes.Each(cbor, () => request.Statistics.Add(cbor.ReadTextString()));
                break;
            case "ExtendedStatistics":
                request.Extended = true;
                cbor.SkipValue();
                break;
            case "Dimensions":
                CborBytes.Each(cbor, () =>
                {
                    string? dimension = null, value = null;
                    CborBytes.Map(cbor, inner => _ = inner == "Name" ? dimension = cbor.ReadTextString() : value = cbor.ReadTextString());
                    request.Query.Dimension(dimension, value);
                });
                break;
            default:
                cbor.SkipValue();
                break;
        }
    }

    private static DateTimeOffset Time(JsonElement value) => value.ValueKind == JsonValueKind.String
        ? value.GetDateTimeOffset().ToUniversalTime()
        : DateTimeOffset.FromUnixTimeMilliseconds((long)Math.Round(value.GetDouble() * 1000));
}
