using System.Diagnostics.Metrics;
using System.Text;

namespace Watchdog.Diagnostics.Exporting;

/// <summary>OpenTelemetry's instrument names as Prometheus's: words joined by underscores, the base unit, <c>_total</c> for what only grows.</summary>
public static class MetricNames
{
    /// <summary>The family's name, e.g. <c>watchdog_sweep_duration_seconds</c> of <c>watchdog.sweep.duration</c> in <c>s</c>.</summary>
    /// <param name="unit">UCUM as OpenTelemetry writes it: <c>s</c>, <c>By</c>, <c>1</c>, <c>{vm}</c>, <c>USD</c>; null for none.</param>
    public static string Of(string instrument, string? unit, MetricKind kind)
    {
        var name = Clean(instrument);
        name = Append(name, unit switch
        {
            null or "" => "",
            "s" => "seconds",
            "By" => "bytes",
            "1" => kind == MetricKind.Gauge ? "ratio" : "",
            _ when unit.StartsWith('{') => "",
            _ => Clean(unit).ToLowerInvariant(),
        });
        if (kind == MetricKind.Counter)
        {
            return Append(name, "total");
        }

        // A gauge that counts would read as the count of a histogram.
        return kind == MetricKind.Gauge && name.EndsWith("_count", StringComparison.Ordinal) ? name[..^"count".Length] + "current" : name;
    }

    /// <summary>What is allowed in a name: letters, digits and underscores, none at the front that is a digit.</summary>
    public static string Clean(string name)
    {
        var clean = new StringBuilder(name.Length);
        foreach (var letter in name)
        {
            var kept = char.IsAsciiLetterOrDigit(letter) ? letter : '_';
            if (kept != '_' || clean.Length == 0 || clean[^1] != '_')
            {
                clean.Append(kept);
            }
        }

        return clean.Length > 0 && char.IsAsciiDigit(clean[0]) ? "_" + clean : clean.ToString();
    }

    /// <summary>What an instrument is to Prometheus.</summary>
    public static MetricKind KindOf(Instrument instrument)
    {
        var type = instrument.GetType().GetGenericTypeDefinition();
        return type == typeof(Counter<>) || type == typeof(ObservableCounter<>) ? MetricKind.Counter
            : type == typeof(Histogram<>) ? MetricKind.Histogram
            : MetricKind.Gauge;
    }

    private static string Append(string name, string suffix) =>
        suffix.Length == 0 || name.EndsWith("_" + suffix, StringComparison.Ordinal) ? name : $"{name}_{suffix}";
}

/// <summary>Prometheus's types, as far as there are instruments for them.</summary>
public enum MetricKind
{
    /// <summary>Only grows.</summary>
    Counter,
    /// <summary>Goes up and down.</summary>
    Gauge,
    /// <summary>Counts values by bucket.</summary>
    Histogram,
}
