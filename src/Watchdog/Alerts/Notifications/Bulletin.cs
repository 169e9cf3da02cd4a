using System.Text.Json;
using Watchdog.Ledger;

namespace Watchdog.Alerts.Notifications;

/// <summary>
/// A message for people that is no incident: it opens nothing, ends nothing and wakes nobody. Receivers that show messages are told (<see cref="Receivers.IBoard"/>);
/// a pager, a dead man's switch and an Alertmanager, which knows only what fires until it is over, are not.
/// </summary>
/// <param name="Id">The same in every attempt, and for every worker that would write it: <c>report_2026-03-02</c>.</param>
/// <param name="Type">What it is, for programs: <c>report.daily</c>.</param>
/// <param name="Title">In one line.</param>
/// <param name="Lines">The rest, a line each. Plain text: each receiver escapes it in its own way.</param>
/// <param name="Link">Where there is more; null where no such link is configured.</param>
/// <param name="Figures">The same as numbers, for programs.</param>
public sealed record Bulletin(string Id, string Type, DateTimeOffset At, string Title, IReadOnlyList<string> Lines, string? Link, JsonElement Figures)
{
    /// <summary>The kind of such a message in the outbox.</summary>
    public const string Kind = "bulletin";

    /// <summary>Characters of a line that are told, and of all lines: escaped in the widest way they fit every receiver.</summary>
    private const int LongestLine = 250;
    private const int Longest = 2_000;

    /// <summary>The lines within every receiver's limits; what is left out is counted.</summary>
    public IReadOnlyList<string> Told()
    {
        List<string> told = [];
        foreach (var line in Lines.Select(line => CleanText.Of(line, LongestLine)))
        {
            if (told.Sum(one => one.Length) + line.Length > Longest)
            {
                return [.. told, FormattableString.Invariant($"and {Lines.Count - told.Count} lines more")];
            }

            told.Add(line);
        }

        return told;
    }
}
