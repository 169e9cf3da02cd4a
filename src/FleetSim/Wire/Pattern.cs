namespace Watchdog.FleetSim.Wire;

/// <summary>A filter value: <c>*</c> any text, <c>?</c> any one character, a backslash takes the next character literally. Case counts.</summary>
internal sealed class Pattern(string text)
{
    private readonly bool _plain = text.AsSpan().IndexOfAny('*', '?', '\\') < 0;

    /// <summary>The one text that it matches; null where several do.</summary>
    public string? Text => _plain ? text : null;

    public bool Matches(string value) => _plain ? text == value : Matches(text, value);

    private static bool Matches(ReadOnlySpan<char> pattern, ReadOnlySpan<char> value)
    {
        int p = 0, v = 0, starP = -1, starV = 0;
        while (v < value.Length)
        {
            if (p < pattern.Length && pattern[p] == '*')
            {
                starP = p++;
                starV = v;
                continue;
            }

            var escaped = p + 1 < pattern.Length && pattern[p] == '\\';
            if (p < pattern.Length && (escaped ? pattern[p + 1] == value[v] : pattern[p] == '?' || pattern[p] == value[v]))
            {
                p += escaped ? 2 : 1;
                v++;
            }
            else if (starP >= 0)
            {
                p = starP + 1;
                v = ++starV;
            }
            else
            {
                return false;
            }
        }

        while (p < pattern.Length && pattern[p] == '*')
            p++;
        return p == pattern.Length;
    }
}
