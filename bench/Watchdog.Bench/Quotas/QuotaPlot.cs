using System.Globalization;
using System.Text;

namespace Watchdog.Bench.Quotas;

/// <summary>Two curves over the fleet's size, both axes logarithmic: what it costs, and how much of one scope's tightest bucket it uses.</summary>
internal static class QuotaPlot
{
    private const int Width = 420, Height = 300, Left = 76, Right = 50, Bottom = 40, Top = 30;
    private static readonly string[] Colours = ["#0969da", "#1a7f37", "#bc4c00"];

    public static string Of(IReadOnlyList<int> sizes)
    {
        var svg = new StringBuilder(Invariant(
            $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {2 * (Left + Width + Right)} {Height + Top + Bottom}\" font-family=\"sans-serif\" font-size=\"11\"><rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>"));
        Panel(svg, 0, "US$ a month to read CPU", sizes, 10, 1_000_000,
            [.. FleetCost.Ways.Select(way => (way.Name, way.Usd))], value => $"$ {value:N0}");
        Panel(svg, Left + Width + Right, "use of one scope's tightest bucket", sizes, 0.001, 10,
            [("half of AWS's rates", vms => QuotaSimulation.Run(vms, 0.5).Tightest.Use), ("all of them", vms => QuotaSimulation.Run(vms, 1).Tightest.Use)],
            value => value.ToString("P1", CultureInfo.InvariantCulture));
        return svg.Append("</svg>\n").ToString();
    }

    private static void Panel(
        StringBuilder svg, int x0, string title, IReadOnlyList<int> sizes, double low, double high, (string Name, Func<int, double> Of)[] curves, Func<double, string> label)
    {
        double X(double vms) => x0 + Left + (Math.Log10(vms / sizes[0]) / Math.Log10((double)sizes[^1] / sizes[0]) * Width);
        double Y(double value) => Top + Height - (Math.Log10(value / low) / Math.Log10(high / low) * Height);
        svg.Append(Invariant($"<text x=\"{x0 + Left}\" y=\"16\" font-weight=\"bold\">{title}</text>"));
        for (var value = low; value <= high * 1.001; value *= 10)
        {
            svg.Append(Invariant($"<path d=\"M{x0 + Left} {Y(value):0.#}h{Width}\" stroke=\"#ddd\"/><text x=\"{x0 + Left - 4}\" y=\"{Y(value) + 4:0.#}\" text-anchor=\"end\">{label(value)}</text>"));
        }

        foreach (var size in (int[])[1_000, 10_000, 100_000, 1_000_000])
        {
            svg.Append(Invariant($"<text x=\"{X(size):0.#}\" y=\"{Top + Height + 16}\" text-anchor=\"middle\">{size:N0} VMs</text>"));
        }

        foreach (var ((name, of), index) in curves.Select((curve, index) => (curve, index)))
        {
            var points = sizes.Select(size => Invariant($"{X(size):0.#},{Y(of(size)):0.#}"));
            svg.Append(Invariant($"<polyline points=\"{string.Join(' ', points)}\" fill=\"none\" stroke=\"{Colours[index]}\" stroke-width=\"2\" stroke-dasharray=\"{(index == 0 ? "none" : index == 1 ? "6 3" : "2 3")}\"/>"));
            svg.Append(Invariant($"<text x=\"{x0 + Left + 10}\" y=\"{Top + 14 + (index * 14)}\" fill=\"{Colours[index]}\">{name}</text>"));
        }
    }

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}
