using System.Globalization;
using System.Text;

namespace Watchdog.Diagnostics.Exporting;

/// <summary>Writes what a book holds in Prometheus's text format 0.0.4.</summary>
public static class PrometheusText
{
    /// <summary>The format's media type.</summary>
    public const string MediaType = "text/plain; version=0.0.4; charset=utf-8";

    /// <summary>Every family with a series: its help, its type, its values.</summary>
    public static string Write(MetricBook book)
    {
        var text = new StringBuilder(64 * 1024);
        foreach (var family in book.Collect())
        {
            if (family.Series is not { Count: > 0 } series)
            {
                continue;
            }

            text.Append("# HELP ").Append(family.Name).Append(' ')
                .Append(family.Help.Replace(@"\", @"\\", StringComparison.Ordinal).Replace("\n", @"\n", StringComparison.Ordinal)).Append('\n');
            text.Append("# TYPE ").Append(family.Name).Append(' ').Append(family.Kind switch
            {
                MetricKind.Counter => "counter",
                MetricKind.Gauge => "gauge",
                _ => "histogram",
            }).Append('\n');
            foreach (var one in series)
            {
                var (value, counts) = one.Read();
                if (counts is null)
                {
                    Line(text, family.Name, one.Labels, value);
                }
                else
                {
                    Histogram(text, family, one.Labels, value, counts);
                }
            }
        }

        return text.ToString();
    }

    private static void Histogram(StringBuilder text, MetricFamily family, string labels, double sum, long[] counts)
    {
        var comma = labels.Length == 0 ? "" : ",";
        long all = 0;
        for (var bucket = 0; bucket < counts.Length; bucket++)
        {
            all += counts[bucket];
            var bound = bucket < family.Bounds!.Length ? Shown(family.Bounds[bucket]) : "+Inf";
            Line(text, family.Name + "_bucket", $"{labels}{comma}le=\"{bound}\"", all);
        }

        Line(text, family.Name + "_sum", labels, sum);
        Line(text, family.Name + "_count", labels, all);
    }

    private static void Line(StringBuilder text, string name, string labels, double value)
    {
        text.Append(name);
        if (labels.Length > 0)
        {
            text.Append('{').Append(labels).Append('}');
        }

        text.Append(' ').Append(Shown(value)).Append('\n');
    }

    private static string Shown(double value) =>
        double.IsNaN(value) ? "NaN" : double.IsPositiveInfinity(value) ? "+Inf" : double.IsNegativeInfinity(value) ? "-Inf"
        : value.ToString("R", CultureInfo.InvariantCulture);
}
