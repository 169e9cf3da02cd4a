using System.Buffers;
using System.IO.Compression;
using System.Text.Json;

namespace Watchdog.FleetSim.Streaming;

/// <summary>Collects datapoints into the records of one delivery, and writes its body.</summary>
internal sealed class DeliveryWriter(MetricStreamOptions options, string account, string region)
{
    private readonly List<byte[]> _records = [];
    private readonly ArrayBufferWriter<byte> _record = new();
    private int _pointsInRecord;
    private int _bytes;

    /// <summary>Datapoints in it.</summary>
    public int Points { get; private set; }

    /// <summary>Whether its buffer is full: it is to be sent.</summary>
    public bool IsFull => _bytes + _record.WrittenCount >= options.BufferBytes;

    /// <summary>Adds a datapoint as a line of JSON.</summary>
    public void Add(string instanceId, string metric, string unit, long periodStart, double sum, int count)
    {
        using (var json = new Utf8JsonWriter(_record))
        {
            json.WriteStartObject();
            json.WriteString("metric_stream_name", "watchdog");
            json.WriteString("account_id", account);
            json.WriteString("region", region);
            json.WriteString("namespace", "AWS/EC2");
            json.WriteString("metric_name", metric);
            json.WriteStartObject("dimensions");
            json.WriteString("InstanceId", instanceId);
            json.WriteEndObject();
            json.WriteNumber("timestamp", periodStart * 1000);
            json.WriteStartObject("value");
            json.WriteNumber("max", sum / count);
            json.WriteNumber("min", sum / count);
            json.WriteNumber("sum", sum);
            json.WriteNumber("count", (double)count);
            json.WriteEndObject();
            json.WriteString("unit", unit);
            json.WriteEndObject();
        }

        _record.Write("\n"u8);
        Points++;
        if (++_pointsInRecord >= options.PointsARecord)
            EndRecord();
    }

    /// <summary>The body, as Firehose sends it.</summary>
    public byte[] Body(string requestId, DateTimeOffset now)
    {
        EndRecord();
        using var bytes = new MemoryStream();
        using (Stream target = options.Gzip ? new GZipStream(bytes, CompressionLevel.Fastest, leaveOpen: true) : Stream.Null)
        using (var json = new Utf8JsonWriter(options.Gzip ? target : bytes))
        {
            json.WriteStartObject();
            json.WriteString("requestId", requestId);
            json.WriteNumber("timestamp", now.ToUnixTimeMilliseconds());
            json.WriteStartArray("records");
            foreach (var record in _records)
            {
                json.WriteStartObject();
                json.WriteBase64String("data", record);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return bytes.ToArray();
    }

    private void EndRecord()
    {
        if (_pointsInRecord == 0)
            return;
        _records.Add(_record.WrittenSpan.ToArray());
        _bytes += _record.WrittenCount;
        _record.ResetWrittenCount();
        _pointsInRecord = 0;
    }
}
