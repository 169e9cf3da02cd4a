namespace Watchdog.Detectors.Mining;

/// <summary>Guest text on its way into a sentence.</summary>
public static class Told
{
    private const int Longest = 64;

    /// <summary>Up to <paramref name="longest"/> characters of it; control and format characters become <c>?</c>.</summary>
    public static string Of(string text, int longest = Longest)
    {
        var cut = text.Length > longest ? text.AsSpan(0, longest) : text;
        return string.Create(cut.Length, cut, static (to, from) =>
        {
            for (var i = 0; i < to.Length; i++)
            {
                to[i] = char.IsControl(from[i]) || char.IsSurrogate(from[i])
                    || char.GetUnicodeCategory(from[i]) is System.Globalization.UnicodeCategory.Format or System.Globalization.UnicodeCategory.LineSeparator ? '?' : from[i];
            }
        });
    }
}
