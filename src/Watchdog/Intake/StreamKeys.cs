using System.Security.Cryptography;
using System.Text;

namespace Watchdog.Intake;

/// <summary>The access keys that Firehose may send, as digests; two are valid while they rotate.</summary>
internal sealed class StreamKeys(IEnumerable<string> keys)
{
    private readonly byte[][] digests = [.. keys.Select(Digest)];

    /// <summary>Whether any key is set: without one nothing is received.</summary>
    public bool Any => digests.Length > 0;

    /// <summary>Whether it is one of them, in the same time for every wrong one.</summary>
    public bool Opens(string key)
    {
        var digest = Digest(key);
        var opens = false;
        foreach (var known in digests)
        {
            opens |= CryptographicOperations.FixedTimeEquals(known, digest);
        }

        return opens;
    }

    private static byte[] Digest(string key) => SHA256.HashData(Encoding.UTF8.GetBytes(key));
}
