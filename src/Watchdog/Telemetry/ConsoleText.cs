using System.Text;
using Watchdog.Inventory;

namespace Watchdog.Telemetry;

/// <summary>The serial console's text as the guest wrote it, made safe: its end, without escape sequences and control characters.</summary>
public static class ConsoleText
{
    /// <summary>EC2 keeps this much of a console, bytes.</summary>
    public const int MaxBytes = 64 * 1024;

    /// <summary>Reads EC2's base64; null when it holds nothing or is no base64.</summary>
    public static string? Decode(string? base64)
    {
        if (string.IsNullOrWhiteSpace(base64))
        {
            return null;
        }

        // A longer text than EC2 ever gives is cut before it is decoded, at a group of four characters from its end.
        var text = base64.AsSpan().Trim();
        const int MaxCharacters = MaxBytes / 3 * 4 * 2;
        if (text.Length > MaxCharacters && text.Length % 4 == 0)
        {
            text = text[^MaxCharacters..];
        }

        var bytes = new byte[Math.Min(text.Length, MaxCharacters)];
        return text.Length <= MaxCharacters && Convert.TryFromBase64Chars(text, bytes, out var length) && length > 0
            ? Clean(bytes.AsSpan(Math.Max(0, length - MaxBytes)..length))
            : null;
    }

    /// <summary>The text's last 64 kB as lines of printable characters.</summary>
    public static string Clean(ReadOnlySpan<byte> bytes) =>
        BoundedText.Block(WithoutEscapes(Encoding.UTF8.GetString(bytes[Math.Max(0, bytes.Length - MaxBytes)..])));

    // Terminal sequences: ESC [ parameters letter. Anything else after ESC loses only the ESC.
    private static string WithoutEscapes(string text)
    {
        if (!text.Contains('\e') && !text.Contains('\r'))
        {
            return text;
        }

        var plain = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '\e')
            {
                i = EndOfEscape(text, i);
            }
            else if (text[i] != '\r')
            {
                plain.Append(text[i]);
            }
        }

        return plain.ToString();
    }

    private static int EndOfEscape(string text, int at)
    {
        if (at + 1 >= text.Length || text[at + 1] != '[')
        {
            return at;
        }

        var end = at + 2;
        while (end < text.Length && text[end] is >= ' ' and <= '?')
        {
            end++;
        }

        // The final byte belongs to the sequence; a line break does not.
        return end < text.Length && text[end] is >= '@' and <= '~' ? end : end - 1;
    }
}
