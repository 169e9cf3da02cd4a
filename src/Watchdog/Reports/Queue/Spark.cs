using System.Globalization;
using System.Text;

namespace Watchdog.Reports.Queue;

/// <summary>A curve of percents as the path of a small SVG, 120 by 24; nothing is drawn across what is not known.</summary>
public static class Spark
{
    private const int Width = 120;
    private const int Height = 24;

    /// <summary>The path; empty where nothing is known.</summary>
    public static string Path(ReadOnlySpan<float> percents)
    {
        var path = new StringBuilder();
        var joins = false;
        for (var i = 0; i < percents.Length; i++)
        {
            if (!float.IsFinite(percents[i]))
            {
                joins = false;
                continue;
            }

            var x = percents.Length == 1 ? 0 : (double)i * Width / (percents.Length - 1);
            var y = Height - 1 - (Math.Clamp(percents[i], 0, 100) / 100 * (Height - 2));
            path.Append(CultureInfo.InvariantCulture, $"{(joins ? 'L' : 'M')}{x:0.#} {y:0.#}");
            joins = true;
        }

        return path.ToString();
    }

    /// <summary>The curve in words, for those who do not see it.</summary>
    public static string Words(ReadOnlySpan<float> percents)
    {
        var (low, high, last) = (float.NaN, float.NaN, float.NaN);
        foreach (var value in percents)
        {
            if (float.IsFinite(value))
            {
                (low, high, last) = (float.IsNaN(low) ? value : Math.Min(low, value), float.IsNaN(high) ? value : Math.Max(high, value), value);
            }
        }

        return float.IsNaN(last) ? "CPU not known" : string.Create(CultureInfo.InvariantCulture, $"CPU {low:F0} to {high:F0} %, last {last:F0} %");
    }
}
