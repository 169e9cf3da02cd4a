using System.Globalization;
using System.Text;

namespace Watchdog.Reports;

/// <summary>
/// Texts that a guest, an owner or AWS chose, made harmless for the place where they are shown (DESIGN law 6). What would turn the direction of
/// writing, break a line or hide itself is spelled out everywhere.
/// </summary>
public static class SafeText
{
    /// <summary>
    /// As Markdown shows it as itself, also inside a table's cell or a heading: no emphasis, link, list, image, HTML or autolink comes of it.
    /// </summary>
    public static string Markdown(string text)
    {
        var plain = Plain(text);
        var safe = new StringBuilder(plain.Length + 16);
        for (var i = 0; i < plain.Length; i++)
        {
            var c = plain[i];
            switch (c)
            {
                // Entities where a backslash would not do: tables split at a pipe first, and HTML knows no backslash.
                case '&' or '<' or '>' or '|' or '"' or '@' or '`':
                    safe.Append("&#").Append(((int)c).ToString(CultureInfo.InvariantCulture)).Append(';');
                    break;
                case ':' when i + 1 < plain.Length && plain[i + 1] == '/':
                    safe.Append("&#58;");
                    break;
                case '.' when i >= 3 && plain.AsSpan(i - 3, 3).Equals("www", StringComparison.OrdinalIgnoreCase):
                    safe.Append("&#46;");
                    break;
                case '\\' or '*' or '_' or '{' or '}' or '[' or ']' or '#' or '~' or '!' or '$' or '^' or '=':
                    safe.Append('\\').Append(c);
                    break;
                // At the beginning they would make a list, a rule or a heading.
                case '-' or '+' when i == 0:
                    safe.Append('\\').Append(c);
                    break;
                case '.' or ')' when i > 0 && plain.AsSpan(0, i).IndexOfAnyExceptInRange('0', '9') < 0:
                    safe.Append('\\').Append(c);
                    break;
                default:
                    safe.Append(c);
                    break;
            }
        }

        return safe.ToString();
    }

    /// <summary>As HTML and SVG show it as itself, in text and in attributes.</summary>
    public static string Html(string text)
    {
        var plain = Plain(text);
        var safe = new StringBuilder(plain.Length + 16);
        foreach (var c in plain)
        {
            if (c is '&' or '<' or '>' or '"' or '\'' or '`')
            {
                safe.Append("&#").Append(((int)c).ToString(CultureInfo.InvariantCulture)).Append(';');
            }
            else
            {
                safe.Append(c);
            }
        }

        return safe.ToString();
    }

    /// <summary>As one cell of CSV (RFC 4180); a text that a spreadsheet would take for a formula begins with an apostrophe.</summary>
    public static string Csv(string text)
    {
        var plain = Plain(text);
        // Spreadsheets pass over blanks before they look for a formula.
        if (plain.TrimStart() is ['=' or '+' or '-' or '@', ..] || text is ['\t' or '\r' or '\n', ..])
        {
            plain = "'" + plain;
        }

        return plain.AsSpan().IndexOfAny(",\";") >= 0 ? $"\"{plain.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : plain;
    }

    /// <summary>The same of a text of several lines, which stay apart.</summary>
    public static string Lines(string text) => string.Join('\n', text.Replace("\r\n", "\n", StringComparison.Ordinal).TrimEnd('\n').Split('\n').Select(line => Plain(line.TrimEnd('\r'))));

    /// <summary>The text on one line, with what a terminal or a reader would obey spelled out as <c>\u{202E}</c>.</summary>
    public static string Plain(string text)
    {
        StringBuilder shown = new(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            var obeyed = Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator
                or UnicodeCategory.ParagraphSeparator or UnicodeCategory.PrivateUse;
            shown.Append(obeyed ? string.Create(CultureInfo.InvariantCulture, $"\\u{{{rune.Value:X}}}") : rune.ToString());
        }

        return shown.ToString();
    }
}
