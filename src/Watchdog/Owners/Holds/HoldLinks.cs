using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Watchdog.Owners.Holds;

/// <summary>What a link lets its bearer do: place one hold on one VM, on account of one warning.</summary>
/// <param name="Warning">Key in <c>idle_warning</c>.</param>
/// <param name="Deadline">The warning's, to the second, fleet time.</param>
/// <param name="Expires">When the link ends, to the second, wall time.</param>
public sealed record HoldClaim(long Warning, string InstanceId, DateTimeOffset Deadline, DateTimeOffset Expires);

/// <summary>
/// Links by which owners keep a VM: a claim and its HMAC-SHA256 under a secret of their own, so that one can neither be made up, nor be used for another VM,
/// purpose or warning. They hold no secret themselves: whoever has the link may use it.
/// </summary>
public sealed class HoldLinks
{
    /// <summary>The query's name of a token.</summary>
    public const string Query = "link";
    /// <summary>No token of ours is longer.</summary>
    private const int Longest = 400;
    // Of this purpose and no other: a signature of anything else under the same secret does not pass.
    private const string Purpose = "watchdog-hold-1";

    private readonly Uri root;
    private readonly byte[][] keys;

    private HoldLinks(Uri root, byte[][] keys) => (this.root, this.keys) = (root, keys);

    /// <summary>Reads secrets, 32 to 64 bytes of base64 each, separated by white space.</summary>
    /// <exception cref="FormatException">One is none, or there is none; the message does not repeat it.</exception>
    public static HoldLinks Of(Uri root, string secrets)
    {
        var words = secrets.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        return new(root, words.Length == 0 ? throw new FormatException("there is no secret") : [.. words.Select(Read)]);
    }

    /// <summary>The link for a claim.</summary>
    public Uri LinkFor(HoldClaim claim) => new(
        $"{root.AbsoluteUri.TrimEnd('/')}/v1/vms/{Uri.EscapeDataString(claim.InstanceId)}/hold?{Query}={TokenFor(claim)}");

    /// <summary>The token for a claim: the claim and its signature in base64url.</summary>
    public string TokenFor(HoldClaim claim)
    {
        var text = Encoding.UTF8.GetBytes(string.Create(
            CultureInfo.InvariantCulture, $"{Purpose}|{claim.Warning}|{claim.InstanceId}|{claim.Deadline.ToUnixTimeSeconds()}|{claim.Expires.ToUnixTimeSeconds()}"));
        return $"{Base64Url.EncodeToString(text)}.{Base64Url.EncodeToString(HMACSHA256.HashData(keys[0], text))}";
    }

    /// <summary>Reads a token that one of the secrets has signed; null: it is none of ours. Whether it has expired is for the caller to see.</summary>
    public HoldClaim? Read(string? token)
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

        return ours && Encoding.UTF8.GetString(text).Split('|') is [Purpose, var warning, var vm, var deadline, var expires]
            ? new(Number(warning), vm, DateTimeOffset.FromUnixTimeSeconds(Number(deadline)), DateTimeOffset.FromUnixTimeSeconds(Number(expires))) : null;

        static long Number(string digits) => long.Parse(digits, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
    }

    private static byte[] Read(string word, int index)
    {
        var bytes = new byte[64];
        return Convert.TryFromBase64String(word, bytes, out var count) && count >= 32 ? bytes[..count]
            : throw new FormatException($"secret {index + 1} is not 32 to 64 bytes in base64");
    }
}
