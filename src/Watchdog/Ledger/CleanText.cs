using System.Text;

namespace Watchdog.Ledger;

/// <summary>
/// Makes a text safe to store: a guest's process name may hold control characters, NUL (which Postgres refuses, and would fail the
/// whole transaction) or a megabyte.
/// </summary>
public static class CleanText
{
    /// <summary>Longest text kept, in UTF-16 units.</summary>
    public const int Longest = 4_000;

    /// <summary>The text without control characters (each becomes a space), with broken surrogates replaced, cut to the length.</summary>
    public static string Of(string text, int longest = Longest)
    {
        var clean = new StringBuilder(Math.Min(text.Length, longest));
        var last = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            if (clean.Length + rune.Utf16SequenceLength > longest)
            {
                clean.Length = last;
                clean.Append('…');
                break;
            }

            last = clean.Length;
            clean.Append(Rune.IsControl(rune) ? " " : rune.ToString());
        }

        return clean.ToString();
    }
}
