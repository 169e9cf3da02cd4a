using System.Globalization;
using System.Text;

namespace Watchdog.Inventory;

/// <summary>Makes text that a user or a guest wrote safe to store and to show in one line: bounded, and without invisible characters.</summary>
public static class BoundedText
{
    /// <summary>
    /// The text cut to <paramref name="max"/> UTF-16 units. Control characters become spaces; format characters (bidirectional
    /// overrides, zero widths) and halves of surrogate pairs become U+FFFD. Postgres stores the result: it holds no NUL.
    /// </summary>
    public static string Line(string text, int max)
    {
        if (text.Length <= max && IsPlain(text))
        {
            return text;
        }

        var clean = new StringBuilder(Math.Min(text.Length, max));
        Append(clean, text.AsSpan(0, Math.Min(text.Length, max)), keepBreaks: false);
        return clean.ToString();
    }

    /// <summary>As <see cref="Line"/>, but keeps line breaks and tabs.</summary>
    public static string Block(ReadOnlySpan<char> text)
    {
        var clean = new StringBuilder(text.Length);
        Append(clean, text, keepBreaks: true);
        return clean.ToString();
    }

    private static bool IsPlain(string text)
    {
        foreach (var c in text)
        {
            if (c is < ' ' or > '~')
            {
                return false;
            }
        }

        return true;
    }

    private static void Append(StringBuilder clean, ReadOnlySpan<char> text, bool keepBreaks)
    {
        while (!text.IsEmpty)
        {
            Rune.DecodeFromUtf16(text, out var rune, out var used);
            text = text[used..];
            switch (Rune.GetUnicodeCategory(rune))
            {
                case UnicodeCategory.Control when keepBreaks && rune.Value is '\n' or '\t':
                    clean.Append((char)rune.Value);
                    break;
                case UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator:
                    clean.Append(' ');
                    break;
                case UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse:
                    clean.Append('\uFFFD');
                    break;
                default:
                    clean.Append(rune.ToString());
                    break;
            }
        }
    }
}
