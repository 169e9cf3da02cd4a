namespace Watchdog.Cli;

/// <summary>A metric as one line of block characters.</summary>
internal static class Sparkline
{
    private const string Bars = "▁▂▃▄▅▆▇█";
    private const char Absent = '·';

    /// <summary>Draws the values, oldest first, from 0 to the top; each character stands for an equal share of them and shows its highest.</summary>
    /// <param name="width">Characters at most, at least 1.</param>
    /// <param name="top">Value of the full bar; null: the highest value.</param>
    public static string Of(IReadOnlyList<float> values, int width, float? top = null)
    {
        var count = Math.Min(width, values.Count);
        var highest = top ?? values.Where(float.IsFinite).DefaultIfEmpty(0).Max();
        return string.Create(count, (values, highest), static (line, of) =>
        {
            for (var i = 0; i < line.Length; i++)
            {
                var from = (int)((long)i * of.values.Count / line.Length);
                var to = Math.Max(from + 1, (int)((long)(i + 1) * of.values.Count / line.Length));
                var known = of.values.Skip(from).Take(to - from).Where(float.IsFinite).ToList();
                line[i] = known.Count == 0 ? Absent
                    : of.highest > 0 ? Bars[Math.Clamp((int)(known.Max() / of.highest * Bars.Length), 0, Bars.Length - 1)]
                    : Bars[0];
            }
        });
    }
}
