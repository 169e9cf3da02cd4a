using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;

namespace Watchdog.Http.Keys;

/// <summary>A key as its holder writes it: <c>wdk_ID_SECRET</c>, the secret 256 random bits in base64url.</summary>
public static class KeyText
{
    /// <summary>Bytes of a secret, and of its digest.</summary>
    public const int Bytes = 32;

    private const string Prefix = "wdk_";
    private const string Scheme = "Bearer ";

    /// <summary>Writes a key.</summary>
    public static string Write(long id, ReadOnlySpan<byte> secret) =>
        string.Create(CultureInfo.InvariantCulture, $"{Prefix}{id}_{Base64Url.EncodeToString(secret)}");

    /// <summary>Reads the header <c>Authorization</c>, and writes the digest of its secret; nothing is allocated.</summary>
    /// <returns>False when it holds no key.</returns>
    public static bool TryRead(ReadOnlySpan<char> authorization, out long id, Span<byte> digest)
    {
        id = 0;
        if (!authorization.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        var text = authorization[Scheme.Length..].Trim();
        if (!text.StartsWith(Prefix, StringComparison.Ordinal))
        {
            return false;
        }

        text = text[Prefix.Length..];
        var gap = text.IndexOf('_');
        Span<byte> secret = stackalloc byte[Bytes];
        return gap is > 0 and <= 19 && long.TryParse(text[..gap], NumberStyles.None, CultureInfo.InvariantCulture, out id)
            && text.Length - gap - 1 == Base64Url.GetEncodedLength(Bytes)
            && Base64Url.IsValid(text[(gap + 1)..])
            && Base64Url.TryDecodeFromChars(text[(gap + 1)..], secret, out var written) && written == Bytes
            && SHA256.TryHashData(secret, digest, out _);
    }
}
