using System.Text.Json;

namespace Watchdog.Intake;

/// <summary>
/// One line of a metric stream in the JSON format 1.0 (CloudWatch user guide, metric stream output in JSON format):
/// <c>{"metric_stream_name","account_id","region","namespace","metric_name","dimensions":{},"timestamp","value":{"max","min","sum","count"},"unit"}</c>.
/// </summary>
internal struct Datapoint
{
    private const int MaxDepth = 4;
    private const int MaxText = 256;

    public string? Account, Region, Namespace, Metric, InstanceId;
    /// <summary>It has a dimension beside InstanceId: an aggregate, not the VM's own.</summary>
    public bool OtherDimensions;
    /// <summary>Start of the point's period, milliseconds since 1970; 0 when absent.</summary>
    public long Timestamp;
    /// <summary>NaN when absent.</summary>
    public double Sum, Count;

    /// <summary>Reads a line; false when it is not of the form.</summary>
    public static bool TryRead(ReadOnlySpan<byte> line, out Datapoint point)
    {
        point = new() { Sum = double.NaN, Count = double.NaN };
        try
        {
            var reader = new Utf8JsonReader(line, new JsonReaderOptions { MaxDepth = MaxDepth });
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            {
                return false;
            }

            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                point.Field(ref reader);
            }

            return reader.TokenType == JsonTokenType.EndObject && !reader.Read() && point.IsWhole;
        }
        catch (Exception wrong) when (wrong is JsonException or InvalidOperationException)
        {
            return false;
        }
    }

    private readonly bool IsWhole => Account is not null && Region is not null && Namespace is not null && Metric is not null
        && Timestamp > 0 && double.IsFinite(Sum) && Count >= 1 && double.IsFinite(Count);

    private void Field(ref Utf8JsonReader reader)
    {
        if (reader.ValueTextEquals("account_id"u8))
        {
            Account = Text(ref reader);
        }
        else if (reader.ValueTextEquals("region"u8))
        {
            Region = Text(ref reader);
        }
        else if (reader.ValueTextEquals("namespace"u8))
        {
            Namespace = Text(ref reader);
        }
        else if (reader.ValueTextEquals("metric_name"u8))
        {
            Metric = Text(ref reader);
        }
        else if (reader.ValueTextEquals("timestamp"u8))
        {
            Timestamp = reader.Read() && reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out var at) ? at : 0;
        }
        else if (reader.ValueTextEquals("dimensions"u8))
        {
            Dimensions(ref reader);
        }
        else if (reader.ValueTextEquals("value"u8))
        {
            Values(ref reader);
        }
        else
        {
            reader.Skip();
        }
    }

    private void Dimensions(ref Utf8JsonReader reader)
    {
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            reader.Skip();
            return;
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("InstanceId"u8))
            {
                InstanceId = Text(ref reader);
            }
            else
            {
                OtherDimensions = true;
                reader.Skip();
            }
        }
    }

    private void Values(ref Utf8JsonReader reader)
    {
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            reader.Skip();
            return;
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var (sum, count) = (reader.ValueTextEquals("sum"u8), reader.ValueTextEquals("count"u8));
            reader.Read();
            if ((sum || count) && reader.TokenType == JsonTokenType.Number && reader.TryGetDouble(out var number))
            {
                (Sum, Count) = sum ? (number, Count) : (Sum, number);
            }
            else
            {
                reader.Skip();
            }
        }
    }

    private static string? Text(ref Utf8JsonReader reader)
    {
        var text = reader.Read() && reader.TokenType == JsonTokenType.String && reader.ValueSpan.Length <= MaxText ? reader.GetString() : null;
        reader.Skip();
        return text;
    }
}
