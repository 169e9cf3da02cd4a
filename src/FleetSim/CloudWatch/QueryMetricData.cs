using Watchdog.FleetSim.Wire;

namespace Watchdog.FleetSim.CloudWatch;

/// <summary>GetMetricData in the query protocol.</summary>
internal sealed class QueryMetricData : IMetricDataWriter
{
    private readonly XmlOut _xml;

    public QueryMetricData(XmlOut xml)
    {
        _xml = xml;
        _xml.Open("MetricDataResults"u8);
    }

    public void Series(string id, string label, ReadOnlySpan<long> times, ReadOnlySpan<double> values, string statusCode)
    {
        _xml.Open("member"u8);
        _xml.Text("Id"u8, id);
        _xml.Text("Label"u8, label);
        _xml.Open("Timestamps"u8);
        foreach (var time in times)
            _xml.Time("member"u8, DateTimeOffset.FromUnixTimeSeconds(time));
        _xml.Close("Timestamps"u8);
        _xml.Open("Values"u8);
        foreach (var value in values)
            _xml.Number("member"u8, value);
        _xml.Close("Values"u8);
        _xml.Text("StatusCode"u8, statusCode);
        _xml.Close("member"u8);
    }

    public void End(string? nextToken)
    {
        _xml.Close("MetricDataResults"u8);
        _xml.Raw("<Messages/>"u8);
        _xml.Text("NextToken"u8, nextToken);
    }

    public static MetricDataRequest Read(FormFields form)
    {
        var request = new MetricDataRequest
        {
            Start = form.Time("StartTime"),
            End = form.Time("EndTime"),
            Ascending = form.Get("ScanBy") == "TimestampAscending",
            NextToken = form.Get("NextToken"),
            MaxDatapoints = form.Number("MaxDatapoints"),
        };
        for (var i = 1; ; i++)
        {
            var prefix = FormFields.Numbered("MetricDataQueries.member", i);
            if (form.Get(prefix + ".Id") is not { } id)
                return request;
            var stat = prefix + ".MetricStat.";
            var query = new MetricQuery
            {
                Id = id,
                Label = form.Get(prefix + ".Label"),
                Expression = form.Get(prefix + ".Expression"),
                ReturnData = form.Get(prefix + ".ReturnData") != "false",
                Namespace = form.Get(stat + "Metric.Namespace") ?? "",
                MetricName = form.Get(stat + "Metric.MetricName") ?? "",
                Period = form.Number(stat + "Period") ?? 0,
                Stat = form.Get(stat + "Stat") ?? "",
            };
            for (var d = 1; form.Get(FormFields.Numbered(stat + "Metric.Dimensions.member", d) + ".Name") is { } name; d++)
                query.Dimension(name, form.Get(FormFields.Numbered(stat + "Metric.Dimensions.member", d) + ".Value"));
            request.Queries.Add(query);
        }
    }
}
