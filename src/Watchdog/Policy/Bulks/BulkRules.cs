using System.Globalization;

namespace Watchdog.Policy.Bulks;

/// <summary>When a bulk may be frozen, started and undone. Pure; each answer is a sentence, null where it may.</summary>
public static class BulkRules
{
    /// <summary>Most cases at once.</summary>
    public const int MostCases = 10_000;

    /// <summary>Above so many cases their count has to be typed.</summary>
    public const int TypedAbove = 25;

    /// <summary>Why a set is not frozen.</summary>
    public static string? FreezeFault(int cases) => cases switch
    {
        0 => "No case matches: nothing was frozen.",
        > MostCases => string.Create(CultureInfo.InvariantCulture, $"More than {MostCases:N0} cases match: narrow the set."),
        _ => null,
    };

    /// <summary>Why a bulk is not started by a person who typed a count, or none.</summary>
    public static string? StartFault(Bulk bulk, string actor, int? typed) => bulk switch
    {
        _ when bulk.Actor != actor => $"{bulk.Actor} froze bulk {bulk.Id}: freeze a set of your own and look at it.",
        { Cases: > TypedAbove } when typed != bulk.Cases => string.Create(CultureInfo.InvariantCulture,
            $"Bulk {bulk.Id} is of {bulk.Cases} cases: type {bulk.Cases} to start it{(typed is { } wrong ? $", not {wrong}" : "")}."),
        _ => null,
    };

    /// <summary>Why nothing of a bulk is taken back.</summary>
    public static string? UndoFault(Bulk bulk) => bulk.StartedAt is null ? $"Bulk {bulk.Id} was never started: there is nothing to undo." : null;
}
