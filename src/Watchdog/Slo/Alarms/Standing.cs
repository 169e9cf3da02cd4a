using Watchdog.Slo.Minutes;

namespace Watchdog.Slo.Alarms;

/// <summary>What a promise came to in one group and window: a row of <c>slo_standing</c>.</summary>
/// <param name="Slo">The objective's name.</param>
/// <param name="Group">The group's name in <c>slo_key</c>.</param>
/// <param name="Span">The window's name: <c>28d</c>, <c>month</c>, <c>1h</c>.</param>
/// <param name="From">First minute.</param>
/// <param name="To">First minute after.</param>
/// <param name="Minutes">What it held.</param>
public sealed record Standing(string Slo, string Group, string Span, int From, int To, Tally Minutes)
{
    /// <summary>The name of the calendar month so far.</summary>
    public const string Month = "month";

    /// <summary>The name of the trailing 28 days.</summary>
    public const string Rolling = "28d";
}
