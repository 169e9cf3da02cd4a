using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Watchdog.Owners.Links;

/// <summary>
/// Links for owners: fields and their HMAC-SHA256 under secrets of their own, so that a link can neither be made up nor be used for anything else. What a link is
/// for stands in what is signed: one purpose's never passes for another's. They hold no secret themselves: whoever has the link may use it.
/// </summary>
public sealed class SignedLinks
{
    /// <summary>The query's name of a token.</summary>
    public const string Query = "link";
    /// <summary>No token of ours is longer.</summary>
    private const int Longest = 400;

    private readonly Uri root;
    private readonly byte[][] keys;

    private SignedLinks(Uri root, byte[][] keys) => (this.root, this.keys) = (root, keys);

    /// <summary>Reads secrets, 32 to 64 bytes of base64 each, separated by white space.</summary>
    /// <exception cref="FormatException">One is none, or there is none; the message does not repeat it.</exception>
    public static SignedLinks Of(Uri root, string secrets)
    {
        var words = secrets.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        return new(root, words.Length == 0 ? throw new FormatException("there is no secret") : [.. words.Select(Key)]);
    }

    /// <summary>The link for a claim.</summary>
    /// <param name="path">Where it leads, from the base URL on; its parts are escaped already.</param>
    public Uri LinkFor(string path, string purpose, params IReadOnlyList<string> fields) => new($"{root.AbsoluteUri.TrimEnd('/')}{path}?{Query}={TokenFor(purpose, fields)}");

    /// <summary>The token for a claim: its purpose and fields, and their signature, in base64url.</summary>
    public string TokenFor(string purpose, params IReadOnlyList<string> fields)
    {
        var text = Encoding.UTF8.GetBytes(string.Join('|', [purpose, .. fields]));
        return $"{Base64Url.EncodeToString(text)}.{Base64Url.EncodeToString(HMACSHA256.HashData(keys[0], text))}";
    }

    /// <summary>The fields of a token that one of the secrets has signed for a purpose; null: it is none of ours. Whether it has expired is for the caller to see.</summary>
    public string[]? Read(string purpose, string? token)
    {
        if (token is not { Length: > 0 and <= Longest } || token.Split('.') is not [var first, var second] || !Base64Url.IsValid(first) || !Base64Url.IsValid(second))
        {
            return null;
        }

        var (text, signature) = (Base64Url.DecodeFromChars(first), Base64Url.DecodeFromChars(second));
        var ours = false;
        foreach (var key in keys)
        {
            ours |= CryptographicOperations.FixedTimeEquals(HMACSHA256.HashData(key, text), signature);
        }

        return ours && Encoding.UTF8.GetString(text).Split('|') is [var signedFor, .. var fields] && signedFor == purpose ? fields : null;
    }

    /// <summary>A number as a field.</summary>
    public static string Field(long number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>An instant as a field, to the second.</summary>
    public static string Field(DateTimeOffset at) => Field(at.ToUnixTimeSeconds());

    /// <summary>A number that was signed.</summary>
    public static long Number(string field) => long.Parse(field, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);

    /// <summary>An instant that was signed.</summary>
    public static DateTimeOffset Instant(string field) => DateTimeOffset.FromUnixTimeSeconds(Number(field));

    private static byte[] Key(string word, int index)
    {
        var bytes = new byte[64];
        return Convert.TryFromBase64String(word, bytes, out var count) && count >= 32 ? bytes[..count]
            : throw new FormatException($"secret {index + 1} is not 32 to 64 bytes in base64");
    }
}
