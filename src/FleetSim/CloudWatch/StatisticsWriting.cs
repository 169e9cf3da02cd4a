using System.Formats.Cbor;
using System.Text;
using System.Text.Json;
using Watchdog.FleetSim.Wire;

namespace Watchdog.FleetSim.CloudWatch;

/// <summary>Writes GetMetricStatistics's answer in each protocol.</summary>
internal static class StatisticsWriting
{
    public static void Query(PooledBuffer output, StatisticsAnswer answer, string requestId)
    {
        var xml = new XmlOut(output);
        xml.Raw("<GetMetricStatisticsResponse xmlns=\"http://monitoring.amazonaws.com/doc/2010-08-01/\"><GetMetricStatisticsResult><Datapoints>"u8);
        for (var i = 0; i < answer.Times.Length; i++)
        {
            xml.Open("member"u8);
            foreach (var (name, values) in answer.Statistics)
                xml.Number(Encoding.ASCII.GetBytes(name), values[i]);
            xml.Text("Unit"u8, answer.Unit);
            xml.Time("Timestamp"u8, DateTimeOffset.FromUnixTimeSeconds(answer.Times[i]));
            xml.Close("member"u8);
        }

        xml.Raw("</Datapoints>"u8);
        xml.Text("Label"u8, answer.Label);
        xml.Raw("</GetMetricStatisticsResult><ResponseMetadata>"u8);
        xml.Text("RequestId"u8, requestId);
        xml.Raw("</ResponseMetadata></GetMetricStatisticsResponse>"u8);
    }

    public static void Json(PooledBuffer output, StatisticsAnswer answer)
    {
        using var json = new Utf8JsonWriter(output);
        json.WriteStartObject();
        json.WriteString("Label"u8, answer.Label);
        json.WriteStartArray("Datapoints"u8);
        for (var i = 0; i < answer.Times.Length; i++)
        {
            json.WriteStartObject();
            json.WriteNumber("Timestamp"u8, answer.Times[i]);
            foreach (var (name, values) in answer.Statistics)
                json.WriteNumber(name, values[i]);
            json.WriteString("Unit"u8, answer.Unit);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    public static void Cbor(PooledBuffer output, StatisticsAnswer answer)
    {
        var cbor = new CborWriter();
        cbor.WriteStartMap(2);
        cbor.WriteTextString("Label");
        cbor.WriteTextString(answer.Label);
        cbor.WriteTextString("Datapoints");
        cbor.WriteStartArray(answer.Times.Length);
        for (var i = 0; i < answer.Times.Length; i++)
        {
            cbor.WriteStartMap(answer.Statistics.Count + 2);
            cbor.WriteTextString("Timestamp");
            cbor.WriteUnixTimeSeconds(answer.Times[i]);
            foreach (var (name, values) in answer.Statistics)
            {
                cbor.WriteTextString(name);
                cbor.WriteDouble(values[i]);
            }

            cbor.WriteTextString("Unit");
            cbor.WriteTextString(answer.Unit);
            cbor.WriteEndMap();
        }

        cbor.WriteEndArray();
        cbor.WriteEndMap();
        CborBytes.Append(output, cbor);
    }
}
