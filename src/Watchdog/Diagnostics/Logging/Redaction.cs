using System.Text.RegularExpressions;

namespace Watchdog.Diagnostics.Logging;

/// <summary>Takes out of a text what must not stand in a log: secrets, and what command lines carry. The text may be a guest's: it is bounded too.</summary>
public static partial class Redaction
{
    private const string Gone = "[redacted]";
    private const int Longest = 4_000;

    /// <summary>The text without them, at most 4,000 characters of it, control characters as spaces.</summary>
    public static string Of(string text)
    {
        var bounded = text.Length <= Longest ? text : string.Concat(text.AsSpan(0, Longest), " …");
        if (!Suspicious().IsMatch(bounded))
        {
            return bounded;
        }

        bounded = Credentials().Replace(bounded, "${key}" + Gone);
        bounded = Named().Replace(bounded, "${name}${is}" + Gone);
        bounded = Keys().Replace(bounded, Gone);
        bounded = InAddress().Replace(bounded, "://" + Gone + "@");
        return Flags().Replace(bounded, "${flag} " + Gone);
    }

    // One cheap look spares most lines the others.
    [GeneratedRegex("pass|pwd|secret|token|api.?key|authorization|bearer|wdk_|whsec_|AKIA|ASIA|://[^/\\s]*@| --?[a-z]", RegexOptions.IgnoreCase)]
    private static partial Regex Suspicious();

    [GeneratedRegex(@"(?<key>\b(?:authorization\s*[:=]\s*)?\b(?:bearer|basic)\s+)\S+", RegexOptions.IgnoreCase)]
    private static partial Regex Credentials();

    [GeneratedRegex("""(?<name>\b[\w-]*(?:password|passwd|passphrase|pwd|secret|token|api[_-]?key)\b)(?<is>["']?\s*[=:]\s*)(?:"[^"]*"|'[^']*'|[^\s;,]+)""", RegexOptions.IgnoreCase)]
    private static partial Regex Named();

    [GeneratedRegex(@"\b(?:wdk_|whsec_)[\w\-+/=]+|\b(?:AKIA|ASIA)[A-Z0-9]{16}\b")]
    private static partial Regex Keys();

    [GeneratedRegex(@"://[^/\s@]+@")]
    private static partial Regex InAddress();

    [GeneratedRegex(@"(?<=\s)(?<flag>--?(?:password|passwd|pass|token|secret|user|wallet|rig-id|u|p))(?:=|\s+)[^\s-]\S*", RegexOptions.IgnoreCase)]
    private static partial Regex Flags();
}
