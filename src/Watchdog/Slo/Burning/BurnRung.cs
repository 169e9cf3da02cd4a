using System.Globalization;
using System.Text.RegularExpressions;

namespace Watchdog.Slo.Burning;

/// <summary>
/// One rate at which an error budget may not burn, over two windows: the long one says that it matters, the short one that it still goes on.
/// </summary>
/// <param name="Factor">How many times faster than the budget allows; 1 spends it just in time.</param>
/// <param name="LongMinutes">The long window, minutes; a multiple of five.</param>
/// <param name="ShortMinutes">The short one, minutes; shorter, a multiple of five.</param>
public sealed partial record BurnRung(decimal Factor, int LongMinutes, int ShortMinutes)
{
    /// <summary>The longest window, minutes: 28 days.</summary>
    public const int Longest = 28 * 1_440;

    /// <summary>The rates of the SRE workbook: 2 % of a month's budget in an hour, 5 % in six, 10 % in a day, 10 % in three.</summary>
    public static IReadOnlyList<BurnRung> Standard { get; } = [new(14.4m, 60, 5), new(6, 360, 30), new(3, 1_440, 120), new(1, 4_320, 360)];

    /// <summary>Reads <c>14.4/1h+5m, 6/6h+30m</c>; <c>none</c> is an empty list.</summary>
    /// <exception cref="FormatException">What is wrong and what to write; goes on from the option's name.</exception>
    public static IReadOnlyList<BurnRung> ParseAll(string text)
    {
        if (text.Trim() == "none")
        {
            return [];
        }

        BurnRung[] rungs = [.. text.Split(',').Select(part => Parse(part.Trim()))];
        return rungs.Distinct().Count() == rungs.Length ? rungs : throw new FormatException($"is '{text}', which says one rate twice; say each once.");
    }

    /// <summary>A span of minutes as written: <c>5m</c>, <c>6h</c>, <c>3d</c>.</summary>
    public static string Spell(int minutes) => string.Create(CultureInfo.InvariantCulture, $"{(minutes % 1_440 == 0 ? $"{minutes / 1_440}d" : minutes % 60 == 0 ? $"{minutes / 60}h" : $"{minutes}m")}");

    /// <summary>As written.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Factor}/{Spell(LongMinutes)}+{Spell(ShortMinutes)}");

    private static BurnRung Parse(string text)
    {
        var match = Written().Match(text);
        if (!match.Success || !decimal.TryParse(match.Groups["factor"].ValueSpan, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var factor))
        {
            throw new FormatException($"has '{text}'; write factor/long+short, e.g. 14.4/1h+5m, or none.");
        }

        var (wide, narrow) = (Minutes(match.Groups["long"].Value), Minutes(match.Groups["short"].Value));
        return factor <= 0 ? throw new FormatException($"has '{text}'; its factor must be over 0.")
            : narrow == 0 || narrow % 5 != 0 || wide % 5 != 0 ? throw new FormatException($"has '{text}'; its windows must be whole steps of five minutes, since the books are kept by five minutes.")
            : narrow >= wide ? throw new FormatException($"has '{text}'; its first window must be the longer one.")
            : wide > Longest ? throw new FormatException($"has '{text}'; its windows may have 28 days at most.")
            : new(factor, wide, narrow);
    }

    private static int Minutes(string span) => int.Parse(span.AsSpan(0, span.Length - 1), CultureInfo.InvariantCulture) * (span[^1] switch { 'm' => 1, 'h' => 60, _ => 1_440 });

    [GeneratedRegex(@"^(?<factor>[0-9]{1,6}(\.[0-9]{1,6})?)/(?<long>[0-9]{1,5}[mhd])\+(?<short>[0-9]{1,5}[mhd])$")]
    private static partial Regex Written();
}
