using System.Text.Json;
using System.Text.Json.Serialization;
using Watchdog.Reports.Quarantine;

namespace Watchdog.Reports.Cases;

/// <summary>A case's curves as the page's script reads them: an absent point is null, and nothing in it can end the element that holds it.</summary>
public static class ChartJson
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web) { DefaultIgnoreCondition = JsonIgnoreCondition.Never };

    /// <summary>Writes them.</summary>
    public static string Of(CaseCharts charts)
    {
        var curves = charts.Curves;
        return JsonSerializer.Serialize(new
        {
            start = curves.Cpu.Start.ToUnixTimeSeconds(),
            period = Curves.PeriodSeconds,
            decided = curves.DecidedAt.ToUnixTimeSeconds(),
            band = charts.Band is { } band ? new { band.Low, band.High } : null,
            marks = charts.Marks.Select(mark => new { at = mark.At.ToUnixTimeSeconds(), name = SafeText.Plain(mark.Name) }),
            series = new Dictionary<string, double?[]>
            {
                ["cpu"] = Values(curves.Cpu, 1), ["in"] = Values(curves.NetworkIn, 0), ["out"] = Values(curves.NetworkOut, 0), ["disk"] = Values(curves.Disk, 0),
                ["credits"] = Values(curves.Credits, 1),
            },
        }, Options);
    }

    private static double?[] Values(Curve curve, int digits) =>
        curve.HasData ? [.. curve.Values.Select(value => float.IsFinite(value) ? Math.Round((double)value, digits) : (double?)null)] : [];
}
