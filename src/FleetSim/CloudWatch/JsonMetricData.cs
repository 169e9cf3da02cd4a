using System.Text.Json;
using Watchdog.FleetSim.Wire;

namespace Watchdog.FleetSim.CloudWatch;

/// <summary>GetMetricData in JSON 1.0: read and written token by token, no object a point.</summary>
internal sealed class JsonMetricData : IMetricDataWriter, IDisposable
{
    private readonly Utf8JsonWriter _json;

    public JsonMetricData(PooledBuffer output)
    {
        _json = new Utf8JsonWriter(output, new JsonWriterOptions { SkipValidation = true });
        _json.WriteStartObject();
        _json.WriteStartArray("MetricDataResults"u8);
    }

    public void Series(string id, string label, ReadOnlySpan<long> times, ReadOnlySpan<double> values, string statusCode)
    {
        _json.WriteStartObject();
        _json.WriteString("Id"u8, id);
        _json.WriteString("Label"u8, label);
        _json.WriteStartArray("Timestamps"u8);
        foreach (var time in times)
            _json.WriteNumberValue(time);
        _json.WriteEndArray();
        _json.WriteStartArray("Values"u8);
        foreach (var value in values)
            _json.WriteNumberValue(value);
        _json.WriteEndArray();
        _json.WriteString("StatusCode"u8, statusCode);
        _json.WriteEndObject();
    }

    public void End(string? nextToken)
    {
        _json.WriteEndArray();
        _json.WriteStartArray("Messages"u8);
        _json.WriteEndArray();
        if (nextToken is not null)
            _json.WriteString("NextToken"u8, nextToken);
        _json.WriteEndObject();
        _json.Flush();
    }

    public void Dispose() => _json.Dispose();

    /// <summary>Reads the request; unknown members are skipped.</summary>
    public static MetricDataRequest Read(ReadOnlySpan<byte> body)
    {
        var request = new MetricDataRequest();
        var json = new Utf8JsonReader(body);
        try
        {
            json.Read();
            while (NextMember(ref json))
            {
                if (json.ValueTextEquals("MetricDataQueries"u8))
                    ReadQueries(ref json, request.Queries);
                else if (json.ValueTextEquals("StartTime"u8))
                    request.Start = ReadTime(ref json);
                else if (json.ValueTextEquals("EndTime"u8))
                    request.End = ReadTime(ref json);
                else if (json.ValueTextEquals("ScanBy"u8))
                    request.Ascending = ReadText(ref json) == "TimestampAscending";
                else if (json.ValueTextEquals("NextToken"u8))
                    request.NextToken = ReadText(ref json);
                else if (json.ValueTextEquals("MaxDatapoints"u8) && json.Read())
                    request.MaxDatapoints = json.TokenType == JsonTokenType.Null ? null : json.GetInt32();
                else
                    json.Skip();
            }

            return request;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException)
        {
            throw new AwsError(400, "SerializationException", "The request is no JSON of GetMetricData: " + e.Message);
        }
    }

    private static void ReadQueries(ref Utf8JsonReader json, List<MetricQuery> queries)
    {
        json.Read();
        while (json.Read() && json.TokenType == JsonTokenType.StartObject)
        {
            var query = new MetricQuery();
            while (NextMember(ref json))
            {
                if (json.ValueTextEquals("Id"u8))
                    query.Id = ReadText(ref json) ?? "";
                else if (json.ValueTextEquals("Label"u8))
                    query.Label = ReadText(ref json);
                else if (json.ValueTextEquals("Expression"u8))
                    query.Expression = ReadText(ref json);
                else if (json.ValueTextEquals("ReturnData"u8) && json.Read())
                    query.ReturnData = json.TokenType != JsonTokenType.False;
                else if (json.ValueTextEquals("MetricStat"u8))
                    ReadStat(ref json, query);
                else
                    json.Skip();
            }

            queries.Add(query);
        }
    }

    private static void ReadStat(ref Utf8JsonReader json, MetricQuery query)
    {
        json.Read();
        while (NextMember(ref json))
        {
            if (json.ValueTextEquals("Metric"u8))
                ReadMetric(ref json, query);
            else if (json.ValueTextEquals("Period"u8) && json.Read())
                query.Period = json.GetInt32();
            else if (json.ValueTextEquals("Stat"u8))
                query.Stat = ReadText(ref json) ?? "";
            else
                json.Skip();
        }
    }

    private static void ReadMetric(ref Utf8JsonReader json, MetricQuery query)
    {
        json.Read();
        while (NextMember(ref json))
        {
            if (json.ValueTextEquals("Namespace"u8))
                query.Namespace = ReadText(ref json) ?? "";
            else if (json.ValueTextEquals("MetricName"u8))
                query.MetricName = ReadText(ref json) ?? "";
            else if (json.ValueTextEquals("Dimensions"u8))
                ReadDimensions(ref json, query);
            else
                json.Skip();
        }
    }

    private static void ReadDimensions(ref Utf8JsonReader json, MetricQuery query)
    {
        json.Read();
        while (json.Read() && json.TokenType == JsonTokenType.StartObject)
        {
            string? name = null, value = null;
            while (NextMember(ref json))
            {
                if (json.ValueTextEquals("Name"u8))
                    name = ReadText(ref json);
                else if (json.ValueTextEquals("Value"u8))
                    value = ReadText(ref json);
                else
                    json.Skip();
            }

            query.Dimension(name, value);
        }
    }

    /// <summary>On to the next member's name; false at the object's end. Called on the object's start or behind a member's value.</summary>
    private static bool NextMember(ref Utf8JsonReader json) => json.Read() && json.TokenType == JsonTokenType.PropertyName;

    private static string? ReadText(ref Utf8JsonReader json)
    {
        json.Read();
        return json.GetString();
    }

    private static DateTimeOffset ReadTime(ref Utf8JsonReader json)
    {
        json.Read();
        return json.TokenType == JsonTokenType.String
            ? json.GetDateTimeOffset().ToUniversalTime()
            : DateTimeOffset.FromUnixTimeMilliseconds((long)Math.Round(json.GetDouble() * 1000));
    }
}
