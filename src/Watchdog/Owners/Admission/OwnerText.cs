using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Watchdog.Owners.Admission;

/// <summary>An owner as a segment of the request's target. The server's own decoding leaves an escaped slash as it is, which an owner may hold.</summary>
internal static class OwnerText
{
    /// <summary>The longest value of an EC2 tag.</summary>
    public const int Longest = 256;

    private const string Before = "/v1/owners/";
    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);

    /// <summary>Reads the segment after <c>/v1/owners/</c>.</summary>
    /// <param name="target">The request's target as it came: <c>/v1/owners/alice/admission</c>.</param>
    /// <returns>False when the owner is blank, over <see cref="Longest"/> characters, no UTF-8, or holds control characters, or the target is not written so.</returns>
    public static bool TryRead(string target, [NotNullWhen(true)] out string? owner)
    {
        owner = null;
        var parts = target.AsSpan();
        Span<Range> ranges = stackalloc Range[6];
        var count = parts.Split(ranges, '/');
        // As the server read it, too: of a target that leads elsewhere by dots, or names a host first, another segment would be taken for the owner.
        if (count < 5 || !target.StartsWith(Before, StringComparison.OrdinalIgnoreCase) || !IsAdmission(parts[ranges[4]]) || !TryUnescape(parts[ranges[3]], out var text) || string.IsNullOrWhiteSpace(text) || text.Length > Longest || text.Any(char.IsControl))
        {
            return false;
        }

        owner = text;
        return true;
    }

    private static bool IsAdmission(ReadOnlySpan<char> segment) =>
        segment[..(segment.IndexOf('?') is >= 0 and var query ? query : segment.Length)].Equals("admission", StringComparison.OrdinalIgnoreCase);

    private static bool TryUnescape(ReadOnlySpan<char> segment, out string text)
    {
        text = "";
        if (segment.Length > 9 * Longest)
        {
            return false;
        }

        if (segment.IndexOf('%') < 0)
        {
            text = segment.ToString();
            return true;
        }

        Span<byte> bytes = stackalloc byte[segment.Length];
        var length = 0;
        for (var at = 0; at < segment.Length; at++)
        {
            if (segment[at] != '%')
            {
                bytes[length++] = (byte)segment[at];
            }
            else if (at + 2 < segment.Length && char.IsAsciiHexDigit(segment[at + 1]) && char.IsAsciiHexDigit(segment[at + 2]))
            {
                bytes[length++] = Convert.FromHexString(segment.Slice(at + 1, 2))[0];
                at += 2;
            }
            else
            {
                return false;
            }
        }

        try
        {
            text = Strict.GetString(bytes[..length]);
            return true;
        }
        catch (DecoderFallbackException)
        {
            return false;
        }
    }
}
