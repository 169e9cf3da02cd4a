using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using Watchdog.Inventory;

namespace Watchdog.Reports.Abuse;

/// <summary>An address at an instant, as a notice names it.</summary>
/// <param name="Port">Null where the notice names none beside it.</param>
public sealed record NamedSighting(IPAddress Address, int? Port, DateTimeOffset At);

/// <summary>What was found in a notice.</summary>
/// <param name="Addresses">Every address in it, once; at most <see cref="NoticeText.MostAddresses"/>.</param>
/// <param name="Sightings">Each address with the instant that belongs to it; empty where no instant was found.</param>
/// <param name="Remarks">What was assumed, left out or not understood, in sentences.</param>
public sealed record Notice(IReadOnlyList<IPAddress> Addresses, IReadOnlyList<NamedSighting> Sightings, IReadOnlyList<string> Remarks);

/// <summary>
/// Finds addresses, ports and instants in a pasted mail. It is hostile text: bounded, matched without backtracking, never followed. What it
/// finds is only ever looked up.
/// </summary>
public static partial class NoticeText
{
    /// <summary>Characters read; the rest is left out, and said.</summary>
    public const int Longest = 1_000_000;
    /// <summary>Addresses kept.</summary>
    public const int MostAddresses = 50;
    private const int MostSightings = 100;
    private const int MostTimes = 5;
    private const int LongestLine = 4_000;
    private static readonly char[] Around = [' ', '\t', ',', ';', '<', '>', '(', ')', '"', '\'', '=', '|', '{', '}', '`', '*', '!', '?', '>'];
    private static readonly string[] PortWords = ["port", "sport", "spt", "srcport", "src_port", "source_port", "source-port", "dport", "dpt", "dst_port"];
    private static readonly string[] Headers = ["date:", "received:", "x-", "by ", "delivered"];
    private static readonly string[] Formats =
    [
        "yyyy-M-d H:m", "yyyy-M-d H:m:s", "yyyy-M-d H:m:s.FFFFFFF", "d MMM yyyy H:m", "d MMM yyyy H:m:s", "d/MMM/yyyy H:m:s",
    ];

    /// <summary>Reads a notice.</summary>
    /// <param name="at">Counts for every address where it is given; else the instants of the text do.</param>
    public static Notice Read(string text, DateTimeOffset? at)
    {
        List<string> remarks = [];
        if (text.Length > Longest)
        {
            remarks.Add($"Only the first {Longest} characters were read.");
            text = text[..Longest];
        }

        var lines = text.ReplaceLineEndings("\n").Split('\n').Select(line => LineOf(line, remarks)).ToList();
        var addresses = lines.SelectMany(line => line.Mentions.Select(m => m.Address)).Distinct().ToList();
        if (addresses.Count > MostAddresses)
        {
            remarks.Add($"Only the first {MostAddresses} of {addresses.Count} addresses were looked up.");
            addresses = addresses[..MostAddresses];
        }

        var sightings = SightingsOf(lines, addresses, at).Distinct().Take(MostSightings).ToList();
        if (at is null && sightings.Count == 0 && addresses.Count > 0)
        {
            remarks.Add("No instant was found in the text: name it with --at.");
        }

        return new Notice(addresses, sightings, [.. remarks.Distinct().Take(20)]);
    }

    private static IEnumerable<NamedSighting> SightingsOf(List<Line> lines, List<IPAddress> addresses, DateTimeOffset? at)
    {
        // An instant of the report's own lines before that of the mail's headers.
        var times = lines.Where(line => !line.Header).SelectMany(line => line.Times).Distinct().Take(MostTimes).ToList();
        times = times.Count > 0 ? times : [.. lines.SelectMany(line => line.Times).Distinct().Take(1)];
        var port = lines.SelectMany(line => line.Ports).Cast<int?>().FirstOrDefault();
        foreach (var line in lines)
        {
            // Whose own instant could not be read is not looked up at another's: addresses move between VMs.
            foreach (var (address, own) in line.Mentions.Where(m => addresses.Contains(m.Address) && (at is not null || !line.Unread)))
            {
                var beside = own ?? line.Ports.Cast<int?>().FirstOrDefault() ?? port;
                foreach (var instant in at is { } given ? [given] : line.Times.Count > 0 && !line.Header ? line.Times : times)
                {
                    yield return new NamedSighting(address, beside, instant);
                }
            }
        }
    }

    private sealed record Line(bool Header, bool Unread, List<(IPAddress Address, int? Port)> Mentions, List<int> Ports, List<DateTimeOffset> Times);

    private static Line LineOf(string text, List<string> remarks)
    {
        var line = text.Length > LongestLine ? text[..LongestLine] : text;
        // Reports write addresses so that nothing follows them.
        line = line.Replace("[.]", ".", StringComparison.Ordinal).Replace("(.)", ".", StringComparison.Ordinal).Replace("[:]", ":", StringComparison.Ordinal);
        var words = line.Split(Around, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        List<(IPAddress, int?)> mentions = [];
        List<int> ports = [];
        for (var i = 0; i < words.Length; i++)
        {
            if (AddressOf(words[i]) is { } found)
            {
                mentions.Add(found);
            }
            else if (i + 1 < words.Length && PortWords.Contains(words[i].TrimEnd(':').ToLowerInvariant()) && PortOf(words[i + 1].Trim(':', '.')) is { } port)
            {
                ports.Add(port);
            }
        }

        var (times, unread) = TimesOf(line, remarks);
        var header = Headers.Any(h => line.StartsWith(h, StringComparison.OrdinalIgnoreCase));
        if (unread && !header && mentions.Count > 0)
        {
            remarks.Add($"The instant beside {mentions[0].Item1} is not understood, so that it was not looked up: name the instant with --at.");
        }

        return new Line(header, unread && !header, mentions, ports, times);
    }

    private static (IPAddress Address, int? Port)? AddressOf(string word)
    {
        var text = word.TrimEnd('.', ':');
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        text = slash > 0 ? text[..slash] : text;
        // A port beside it: 192.0.2.1:80, [2001:db8::1]:80.
        if (text.Count(c => c == '.') == 3 && text.Count(c => c == ':') <= 1)
        {
            var parts = text.Split(':');
            return Parse(parts[0]) is { AddressFamily: AddressFamily.InterNetwork } v4 ? (v4, parts.Length == 2 ? PortOf(parts[1]) : null) : null;
        }

        var bracket = text.IndexOf("]:", StringComparison.Ordinal);
        return text.Count(c => c == ':') >= 2 && Parse((bracket > 0 ? text[..bracket] : text).Trim('[', ']')) is { } v6
            ? (v6, bracket > 0 ? PortOf(text[(bracket + 2)..]) : null) : null;
    }

    // One spelling each, as the intervals are stored.
    private static IPAddress? Parse(string text) => VmAddress.Normal(text) is { } normal ? IPAddress.Parse(normal) : null;

    private static int? PortOf(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port is > 0 and <= ushort.MaxValue ? port : null;

    // What is left of the line may still hold a clock's time in a form that nobody foresaw.
    private static (List<DateTimeOffset> Times, bool Unread) TimesOf(string line, List<string> remarks)
    {
        List<DateTimeOffset> times = [];
        var unread = Instant().Replace(line, " ").Split(Around, StringSplitOptions.RemoveEmptyEntries).Any(IsClock);
        foreach (Match match in Instant().Matches(line))
        {
            var zone = match.Groups["zone"].Value.Trim();
            var local = match.Groups["local"].Value.Replace('T', ' ').Trim();
            local = local.Length > 8 && local[4] == '/' ? local.Replace('/', '-') : local;
            // The common log format has a colon between date and time.
            local = local.Length > 12 && local.IndexOf('/', StringComparison.Ordinal) is > 0 and < 3
                ? string.Concat(local.AsSpan(0, local.IndexOf(':', StringComparison.Ordinal)), " ", local.AsSpan(local.IndexOf(':', StringComparison.Ordinal) + 1)) : local;
            if (OffsetOf(zone) is not { } offset)
            {
                unread = true;
                remarks.Add($"The time zone of '{SafeText.Plain(match.Value.Trim())}' is not understood: name the instant with --at.");
            }
            else if (DateTime.TryParseExact(local, Formats, CultureInfo.InvariantCulture, DateTimeStyles.AllowWhiteSpaces, out var at) && at.Year > 1970)
            {
                times.Add(new DateTimeOffset(DateTime.SpecifyKind(at, DateTimeKind.Unspecified), offset).ToUniversalTime());
                if (zone.Length == 0)
                {
                    remarks.Add("An instant without a time zone was taken for UTC.");
                }
            }
        }

        return (times, unread);
    }

    private static bool IsClock(string word) => word.Split(':') is [{ Length: 1 or 2 } hour, { Length: 2 } minute, { Length: 2 } second]
        && (hour + minute + second).All(char.IsAsciiDigit);

    private static TimeSpan? OffsetOf(string zone)
    {
        if (zone is "" or "Z" or "UTC" or "GMT")
        {
            return TimeSpan.Zero;
        }

        var digits = zone.Replace(":", "", StringComparison.Ordinal);
        return digits.Length == 5 && digits[0] is '+' or '-' && int.TryParse(digits.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture, out var clock)
            && clock / 100 <= 14 && clock % 100 < 60
            ? (digits[0] == '-' ? -1 : 1) * new TimeSpan(clock / 100, clock % 100, 0) : null;
    }

    [GeneratedRegex(
        """(?<local>[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}[T ][0-9]{1,2}:[0-9]{2}(:[0-9]{2}(\.[0-9]{1,7})?)?|[0-9]{4}/[0-9]{1,2}/[0-9]{1,2} [0-9]{1,2}:[0-9]{2}(:[0-9]{2})?|[0-9]{1,2} (Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) [0-9]{4} [0-9]{1,2}:[0-9]{2}(:[0-9]{2})?|[0-9]{1,2}/(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)/[0-9]{4}:[0-9]{2}:[0-9]{2}:[0-9]{2})(?<zone> ?(Z|[A-Z]{2,5}|[+-][0-9]{2}:?[0-9]{2}))?""",
        RegexOptions.NonBacktracking | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Instant();
}
