using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Watchdog.Webhooks;

/// <summary>Signatures of Standard Webhooks 1.0.0 (standardwebhooks.com): HMAC-SHA256 over <c>id.timestamp.body</c>, one a secret.</summary>
public sealed class StandardWebhook
{
    private const string Prefix = "whsec_";
    private readonly byte[][] keys;

    private StandardWebhook(byte[][] keys) => this.keys = keys;

    /// <summary>Reads secrets, <c>whsec_</c> and 24 to 64 bytes of base64 each, separated by white space: while keys rotate, both sign.</summary>
    /// <exception cref="FormatException">One is none, or there is none; the message does not repeat it.</exception>
    public static StandardWebhook Of(string secrets)
    {
        var words = secrets.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        return new(words.Length == 0 ? throw new FormatException("there is no secret") : [.. words.Select(Read)]);
    }

    /// <summary>The header <c>webhook-signature</c>: <c>v1,…</c> a secret, separated by spaces.</summary>
    /// <param name="seconds">The header <c>webhook-timestamp</c>: Unix seconds of this attempt.</param>
    public string Sign(string id, long seconds, string body)
    {
        var signed = Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{id}.{seconds}.{body}"));
        return string.Join(' ', keys.Select(key => "v1," + Convert.ToBase64String(HMACSHA256.HashData(key, signed))));
    }

    private static byte[] Read(string word, int index)
    {
        var bytes = new byte[64];
        return word.StartsWith(Prefix, StringComparison.Ordinal) && Convert.TryFromBase64String(word[Prefix.Length..], bytes, out var count) && count >= 24
            ? bytes[..count]
            : throw new FormatException($"secret {index + 1} is not whsec_ with 24 to 64 bytes in base64");
    }
}
