using System.Text;

namespace Watchdog.Bench.Plots;

/// <summary>Panels of curves side by side as SVG, both axes logarithmic; across stands the fleet's size.</summary>
internal static class LogPlot
{
    private const int Width = 420, Height = 300, Left = 76, Right = 50, Bottom = 40, Top = 30;
    private static readonly string[] Colours = ["#0969da", "#1a7f37", "#bc4c00"];

    /// <summary>The picture.</summary>
    /// <param name="sizes">VMs, ascending.</param>
    /// <param name="panels">From left to right.</param>
    public static string Of(IReadOnlyList<int> sizes, IReadOnlyList<Panel> panels)
    {
        var svg = new StringBuilder(Invariant(
            $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {panels.Count * (Left + Width + Right)} {Height + Top + Bottom}\" font-family=\"sans-serif\" font-size=\"11\"><rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>"));
        for (var i = 0; i < panels.Count; i++)
        {
            Draw(svg, i * (Left + Width + Right), sizes, panels[i]);
        }

        return svg.Append("</svg>\n").ToString();
    }

    private static void Draw(StringBuilder svg, int x0, IReadOnlyList<int> sizes, Panel panel)
    {
        double X(double vms) => x0 + Left + (Math.Log10(vms / sizes[0]) / Math.Log10((double)sizes[^1] / sizes[0]) * Width);
        double Y(double value) => Top + Height - (Math.Log10(value / panel.Low) / Math.Log10(panel.High / panel.Low) * Height);
        svg.Append(Invariant($"<text x=\"{x0 + Left}\" y=\"16\" font-weight=\"bold\">{panel.Title}</text>"));
        for (var value = panel.Low; value <= panel.High * 1.001; value *= 10)
        {
            svg.Append(Invariant($"<path d=\"M{x0 + Left} {Y(value):0.#}h{Width}\" stroke=\"#ddd\"/><text x=\"{x0 + Left - 4}\" y=\"{Y(value) + 4:0.#}\" text-anchor=\"end\">{panel.Label(value)}</text>"));
        }

        foreach (var size in ((int[])[1_000, 10_000, 100_000, 1_000_000]).Where(size => size <= sizes[^1]))
        {
            svg.Append(Invariant($"<text x=\"{X(size):0.#}\" y=\"{Top + Height + 16}\" text-anchor=\"middle\">{size:N0} VMs</text>"));
        }

        foreach (var ((name, of), index) in panel.Curves.Select((curve, index) => (curve, index)))
        {
            var points = sizes.Select(size => Invariant($"{X(size):0.#},{Y(Math.Clamp(of(size), panel.Low, panel.High)):0.#}"));
            svg.Append(Invariant($"<polyline points=\"{string.Join(' ', points)}\" fill=\"none\" stroke=\"{Colours[index]}\" stroke-width=\"2\" stroke-dasharray=\"{(index == 0 ? "none" : index == 1 ? "6 3" : "2 3")}\"/>"));
            svg.Append(Invariant($"<text x=\"{x0 + Left + 10}\" y=\"{Top + 14 + (index * 14)}\" fill=\"{Colours[index]}\">{name}</text>"));
        }
    }

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}

/// <summary>One panel.</summary>
/// <param name="Title">Above it.</param>
/// <param name="Low">Least value of the axis, a power of ten times the greatest.</param>
/// <param name="High">Greatest value of the axis.</param>
/// <param name="Curves">Three at most, each by the fleet's size.</param>
/// <param name="Label">How a value of the axis is written.</param>
internal sealed record Panel(string Title, double Low, double High, (string Name, Func<int, double> Of)[] Curves, Func<double, string> Label);
