using System.Globalization;
using System.Text;

namespace Watchdog.Reports.Quarantine;

/// <summary>
/// Draws curves as one SVG: a gap is hatched and no line crosses it, the decision is a vertical line. No script, no fonts, no links. Its colours suit a light
/// ground; a page that shows it has others by the classes of its parts.
/// </summary>
public static class CurveSvg
{
    private const int Width = 720;
    private const int Height = 96;
    private const int Left = 56;
    private const int Top = 8;
    private const int Bottom = 18;
    private static readonly string[] Strokes = ["#1f6feb", "#bc4c00"];

    /// <summary>The drawing; null where no curve has a point.</summary>
    /// <param name="curves">One or two of one unit, on one grid.</param>
    /// <param name="mark">The decision.</param>
    /// <param name="top">Value of the upper edge; null: the highest point.</param>
    /// <param name="more">Further marks, numbered from 1 on.</param>
    /// <param name="band">Where the VM's values usually lie; null: not known, or not of this unit.</param>
    public static string? Of(IReadOnlyList<Curve> curves, DateTimeOffset mark, double? top, IReadOnlyList<ChartMark>? more = null, UsualBand? band = null)
    {
        if (!curves.Any(curve => curve.HasData))
        {
            return null;
        }

        var highest = top ?? Math.Max(1, curves.SelectMany(curve => curve.Values).Where(float.IsFinite).Max());
        var svg = new StringBuilder();
        var label = string.Join(" and ", curves.Select(curve => curve.Name));
        svg.Append(CultureInfo.InvariantCulture,
            $"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{Width}\" height=\"{Height}\" viewBox=\"0 0 {Width} {Height}\" role=\"img\" aria-label=\"{SafeText.Html(label)}\" font-family=\"sans-serif\" font-size=\"10\">");
        svg.Append($"<title>{SafeText.Html(label)}</title>");
        if (band is { } usual)
        {
            svg.Append(CultureInfo.InvariantCulture,
                $"<rect class=\"band\" x=\"{Left}\" y=\"{Y(usual.High, highest):0.#}\" width=\"{Width - 4 - Left}\" height=\"{Y(usual.Low, highest) - Y(usual.High, highest):0.#}\" fill=\"#dfe9f5\"/>");
        }

        Gaps(svg, curves);
        svg.Append(CultureInfo.InvariantCulture, $"<path class=\"axis\" d=\"M{Left} {Top}V{Height - Bottom}H{Width - 4}\" fill=\"none\" stroke=\"#888\"/>");
        for (var i = 0; i < curves.Count; i++)
        {
            Line(svg, curves[i], highest, i % Strokes.Length);
        }

        Labels(svg, curves, mark, highest);
        Marks(svg, curves[0], more ?? []);
        return svg.Append("</svg>").ToString();
    }

    private static void Line(StringBuilder svg, Curve curve, double highest, int ordinal)
    {
        var path = new StringBuilder();
        for (var i = 0; i < curve.Values.Length; i++)
        {
            if (float.IsNaN(curve.Values[i]))
            {
                continue;
            }

            var begins = i == 0 || float.IsNaN(curve.Values[i - 1]);
            path.Append(CultureInfo.InvariantCulture, $"{(begins ? 'M' : 'L')}{X(i, curve):0.#} {Y(curve.Values[i], highest):0.#}");
            // A point between two gaps would be no line at all.
            if (begins && (i + 1 == curve.Values.Length || float.IsNaN(curve.Values[i + 1])))
            {
                path.Append("h1.5");
            }
        }

        svg.Append(CultureInfo.InvariantCulture, $"<path class=\"line line-{ordinal + 1}\" d=\"{path}\" fill=\"none\" stroke=\"{Strokes[ordinal]}\" stroke-width=\"1.5\"/>");
    }

    // Where no curve has a point.
    private static void Gaps(StringBuilder svg, IReadOnlyList<Curve> curves)
    {
        var grid = curves[0];
        var from = -1;
        // A pattern is found by its id in the whole document: each drawing has its own.
        var hatch = $"hatch-{string.Concat(grid.Name.Where(char.IsAsciiLetter))}";
        svg.Append($"<defs><pattern id=\"{hatch}\" width=\"6\" height=\"6\" patternUnits=\"userSpaceOnUse\"><path class=\"hatch\" d=\"M0 6l6-6\" stroke=\"#bbb\"/></pattern></defs>");
        for (var i = 0; i <= grid.Values.Length; i++)
        {
            var absent = i < grid.Values.Length && curves.All(curve => float.IsNaN(curve.Values[i]));
            if (absent && from < 0)
            {
                from = i;
            }
            else if (!absent && from >= 0)
            {
                svg.Append(CultureInfo.InvariantCulture,
                    $"<rect class=\"gap\" x=\"{X(from, grid):0.#}\" y=\"{Top}\" width=\"{X(i, grid) - X(from, grid):0.#}\" height=\"{Height - Top - Bottom}\" fill=\"url(#{hatch})\"/>");
                from = -1;
            }
        }
    }

    private static void Labels(StringBuilder svg, IReadOnlyList<Curve> curves, DateTimeOffset mark, double highest)
    {
        var x = X((mark - curves[0].Start).TotalSeconds / Curves.PeriodSeconds, curves[0]);
        svg.Append(CultureInfo.InvariantCulture, $"<path class=\"mark\" d=\"M{x:0.#} {Top}V{Height - Bottom}\" stroke=\"#cf222e\" stroke-dasharray=\"3 2\"/>");
        Text(svg, Left - 4, Top + 8, "end", Amount(highest, curves[0].Unit));
        Text(svg, Left - 4, Height - Bottom, "end", "0");
        Text(svg, Left, Height - 5, "start", curves[0].Start.UtcDateTime.ToString("MM-dd HH:mm", CultureInfo.InvariantCulture));
        Text(svg, x, Height - 5, "end", mark.UtcDateTime.ToString("MM-dd HH:mm", CultureInfo.InvariantCulture));
        for (var i = 0; i < curves.Count; i++)
        {
            svg.Append(CultureInfo.InvariantCulture,
                $"<text class=\"name-{(i % Strokes.Length) + 1}\" x=\"{Left + 6 + (i * 90)}\" y=\"{Top + 10}\" fill=\"{Strokes[i % Strokes.Length]}\">{SafeText.Html(curves[i].Name)}</text>");
        }
    }

    private static void Marks(StringBuilder svg, Curve grid, IReadOnlyList<ChartMark> marks)
    {
        for (var i = 0; i < marks.Count; i++)
        {
            var period = (marks[i].At - grid.Start).TotalSeconds / Curves.PeriodSeconds;
            if (period >= 0 && period <= grid.Values.Length)
            {
                var x = X(period, grid);
                svg.Append(CultureInfo.InvariantCulture, $"<path class=\"mark\" d=\"M{x:0.#} {Top}V{Height - Bottom}\" stroke=\"#666\" stroke-dasharray=\"1 2\"><title>{SafeText.Html(marks[i].Name)}</title></path>");
                Text(svg, x + 2, Top + 8 + (i % 3 * 10), "start", (i + 1).ToString(CultureInfo.InvariantCulture));
            }
        }
    }

    private static void Text(StringBuilder svg, double x, double y, string anchor, string text) =>
        svg.Append(CultureInfo.InvariantCulture, $"<text class=\"label\" x=\"{x:0.#}\" y=\"{y:0.#}\" text-anchor=\"{anchor}\" fill=\"#666\">{SafeText.Html(text)}</text>");

    private static double X(double period, Curve curve) => Left + (period * (Width - 4 - Left) / curve.Values.Length);

    private static double Y(double value, double highest) => Height - Bottom - (Math.Clamp(value / highest, 0, 1) * (Height - Top - Bottom));

    /// <summary>An amount of a unit, short: <c>98 %</c>, <c>1.2 MB</c>.</summary>
    public static string Amount(double value, string unit) => unit != "B"
        ? string.Create(CultureInfo.InvariantCulture, $"{value:0} {unit}")
        : value switch
        {
            >= 1e9 => string.Create(CultureInfo.InvariantCulture, $"{value / 1e9:0.#} GB"),
            >= 1e6 => string.Create(CultureInfo.InvariantCulture, $"{value / 1e6:0.#} MB"),
            >= 1e3 => string.Create(CultureInfo.InvariantCulture, $"{value / 1e3:0.#} kB"),
            _ => string.Create(CultureInfo.InvariantCulture, $"{value:0} B"),
        };
}
