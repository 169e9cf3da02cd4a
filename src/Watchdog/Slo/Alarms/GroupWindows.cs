using Watchdog.Slo.Minutes;

namespace Watchdog.Slo.Alarms;

/// <summary>One group's minutes in windows that end together.</summary>
/// <param name="Tallies">By the window's length in minutes.</param>
public sealed record GroupWindows(IReadOnlyDictionary<int, Tally> Tallies)
{
    /// <summary>A group without a minute in any window.</summary>
    public static GroupWindows Empty { get; } = new(new Dictionary<int, Tally>());

    /// <summary>The last <paramref name="minutes"/> minutes.</summary>
    public Tally Last(int minutes) => Tallies.GetValueOrDefault(minutes);

    /// <summary>Of the last <paramref name="wide"/> minutes those that lie before the last <paramref name="narrow"/>.</summary>
    public Tally Between(int wide, int narrow)
    {
        var (whole, late) = (Last(wide), Last(narrow));
        return new(whole.Good - late.Good, whole.Bad - late.Bad, whole.Excluded - late.Excluded, whole.Unknown - late.Unknown);
    }
}
