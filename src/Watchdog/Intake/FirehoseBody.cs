using System.Buffers.Text;
using System.Text.Json;

namespace Watchdog.Intake;

/// <summary>Reads a delivery's body, <c>{"requestId","timestamp","records":[{"data":"base64"}]}</c>, and hands each record's lines on.</summary>
internal static class FirehoseBody
{
    private const int MaxDepth = 8;

    /// <summary>Reads it. A record that is no base64 counts as one malformed point, and the rest goes on.</summary>
    /// <param name="body">The body; records are decoded in place.</param>
    /// <param name="requestId">What the header said; the body must say the same.</param>
    /// <param name="batch">Takes the lines.</param>
    /// <exception cref="DeliveryException">It is not such a body.</exception>
    public static void Read(Memory<byte> body, string requestId, StreamBatch batch)
    {
        var met = false;
        try
        {
            var reader = new Utf8JsonReader(body.Span, new JsonReaderOptions { MaxDepth = MaxDepth });
            Require(reader.Read() && reader.TokenType == JsonTokenType.StartObject);
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                if (reader.ValueTextEquals("requestId"u8))
                {
                    Require(reader.Read() && reader.TokenType == JsonTokenType.String);
                    Require(reader.GetString() == requestId, "Its requestId is not the header's.");
                    met = true;
                }
                else if (reader.ValueTextEquals("records"u8))
                {
                    Require(reader.Read() && reader.TokenType == JsonTokenType.StartArray);
                    while (reader.Read() && reader.TokenType == JsonTokenType.StartObject)
                    {
                        Record(ref reader, body, batch);
                    }

                    Require(reader.TokenType == JsonTokenType.EndArray);
                }
                else
                {
                    reader.Skip();
                }
            }

            Require(reader.TokenType == JsonTokenType.EndObject && !reader.Read());
        }
        catch (Exception wrong) when (wrong is JsonException or InvalidOperationException)
        {
            // InvalidOperationException: a text that is no UTF-8.
            throw Malformed("It is no JSON, or its end is missing.");
        }

        Require(met, "It has no requestId.");
    }

    private static void Record(ref Utf8JsonReader reader, Memory<byte> body, StreamBatch batch)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (!reader.ValueTextEquals("data"u8))
            {
                reader.Skip();
                continue;
            }

            Require(reader.Read());
            if (reader.TokenType != JsonTokenType.String)
            {
                reader.Skip();
                batch.Count(StreamOutcome.Malformed);
                continue;
            }

            // In place: what is decoded is shorter than its text, and the reader has passed it. An escaped solidus is base64 too.
            var text = body.Span.Slice((int)reader.TokenStartIndex + 1, reader.ValueSpan.Length);
            var length = reader.ValueIsEscaped ? reader.CopyString(text) : text.Length;
            if (Base64.DecodeFromUtf8InPlace(text[..length], out var decoded) == System.Buffers.OperationStatus.Done)
            {
                Lines(text[..decoded], batch);
            }
            else
            {
                batch.Count(StreamOutcome.Malformed);
            }
        }

        Require(reader.TokenType == JsonTokenType.EndObject);
    }

    private static void Lines(ReadOnlySpan<byte> record, StreamBatch batch)
    {
        foreach (var line in record.Split((byte)'\n'))
        {
            var text = record[line].Trim(" \t\r"u8);
            if (text.Length > 0)
            {
                batch.Add(text);
            }
        }
    }

    private static void Require(bool so, string why = "It is not of the form {\"requestId\",\"timestamp\",\"records\":[{\"data\"}]}.")
    {
        if (!so)
        {
            throw Malformed(why);
        }
    }

    private static DeliveryException Malformed(string why) => new(StatusCodes.Status400BadRequest, $"The body cannot be read. {why}");
}
