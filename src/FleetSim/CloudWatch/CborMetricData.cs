using System.Formats.Cbor;
using Watchdog.FleetSim.Wire;

namespace Watchdog.FleetSim.CloudWatch;

/// <summary>GetMetricData in Smithy RPC v2 CBOR, which boto3 speaks by default since 1.40.</summary>
internal sealed class CborMetricData : IMetricDataWriter
{
    private readonly PooledBuffer _output;
    private readonly CborWriter _cbor = new();

    public CborMetricData(PooledBuffer output)
    {
        _output = output;
        _cbor.WriteStartMap(null);
        _cbor.WriteTextString("MetricDataResults");
        _cbor.WriteStartArray(null);
    }

    public void Series(string id, string label, ReadOnlySpan<long> times, ReadOnlySpan<double> values, string statusCode)
    {
        _cbor.WriteStartMap(5);
        _cbor.WriteTextString("Id");
        _cbor.WriteTextString(id);
        _cbor.WriteTextString("Label");
        _cbor.WriteTextString(label);
        _cbor.WriteTextString("Timestamps");
        _cbor.WriteStartArray(times.Length);
        foreach (var time in times)
            _cbor.WriteUnixTimeSeconds(time);
        _cbor.WriteEndArray();
        _cbor.WriteTextString("Values");
        _cbor.WriteStartArray(values.Length);
        foreach (var value in values)
            _cbor.WriteDouble(value);
        _cbor.WriteEndArray();
        _cbor.WriteTextString("StatusCode");
        _cbor.WriteTextString(statusCode);
        _cbor.WriteEndMap();
    }

    public void End(string? nextToken)
    {
        _cbor.WriteEndArray();
        _cbor.WriteTextString("Messages");
        _cbor.WriteStartArray(0);
        _cbor.WriteEndArray();
        if (nextToken is not null)
        {
            _cbor.WriteTextString("NextToken");
            _cbor.WriteTextString(nextToken);
        }

        _cbor.WriteEndMap();
        CborBytes.Append(_output, _cbor);
    }

    public static MetricDataRequest Read(ReadOnlyMemory<byte> body)
    {
        var request = new MetricDataRequest();
        var cbor = new CborReader(body, CborConformanceMode.Lax);
        try
        {
            CborBytes.Map(cbor, key =>
            {
                switch (key)
                {
                    case "MetricDataQueries":
                        CborBytes.Each(cbor, () => request.Queries.Add(ReadQuery(cbor)));
                        break;
                    case "StartTime":
                        request.Start = ReadTime(cbor);
                        break;
                    case "EndTime":
                        request.End = ReadTime(cbor);
                        break;
                    case "ScanBy":
                        request.Ascending = cbor.ReadTextString() == "TimestampAscending";
                        break;
                    case "NextToken":
                        request.NextToken = cbor.ReadTextString();
                        break;
                    case "MaxDatapoints":
                        request.MaxDatapoints = cbor.ReadInt32();
                        break;
                    default:
                        cbor.SkipValue();
                        break;
                }
            });
            return request;
        }
        catch (Exception e) when (e is CborContentException or InvalidOperationException or OverflowException)
        {
            throw new AwsError(400, "SerializationException", "The request is no CBOR of GetMetricData: " + e.Message);
        }
    }

    private static MetricQuery ReadQuery(CborReader cbor)
    {
        var query = new MetricQuery();
        CborBytes.Map(cbor, key => ReadQueryMember(cbor, query, key));
        return query;
    }

    /// <summary>Members of a query, its MetricStat and its Metric have distinct names, so one switch reads all three levels.</summary>
    private static void ReadQueryMember(CborReader cbor, MetricQuery query, string key)
    {
        switch (key)
        {
            case "Id":
                query.Id = cbor.ReadTextString();
                break;
            case "Label":
                query.Label = cbor.ReadTextString();
                break;
            case "Expression":
                query.Expression = cbor.ReadTextString();
                break;
            case "ReturnData":
                query.ReturnData = cbor.ReadBoolean();
                break;
            case "MetricStat" or "Metric":
                CborBytes.Map(cbor, inner => ReadQueryMember(cbor, query, inner));
                break;
            case "Namespace":
                query.Namespace = cbor.ReadTextString();
                break;
            case "MetricName":
                query.MetricName = cbor.ReadTextString();
                break;
            case "Stat":
                query.Stat = cbor.ReadTextString();
                break;
            case "Period" when cbor.PeekState() == CborReaderState.UnsignedInteger:
                query.Period = cbor.ReadInt32();
                break;
            case "Dimensions":
                CborBytes.Each(cbor, () =>
                {
                    string? name = null, value = null;
                    CborBytes.Map(cbor, inner => _ = inner == "Name" ? name = cbor.ReadTextString() : value = cbor.ReadTextString());
                    query.Dimension(name, value);
                });
                break;
            default:
                cbor.SkipValue();
                break;
        }
    }

    private static DateTimeOffset ReadTime(CborReader cbor) => cbor.ReadUnixTimeSeconds();
}
