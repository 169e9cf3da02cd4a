using System.Globalization;
using Spectre.Console;
using Watchdog.Slo.Minutes;
using Watchdog.Slo.Objectives;
using Watchdog.Slo.Reading;
using Watchdog.Slo.Telling;

namespace Watchdog.Cli.Slo;

/// <summary>How figures of the uptime books are written for people.</summary>
internal static class SloFormat
{
    private const int BarWidth = 10;

    /// <inheritdoc cref="SloWords.Percent"/>
    public static string Percent(double? share, int digits = 3) => SloWords.Percent(share, digits);

    /// <inheritdoc cref="SloWords.Target"/>
    public static string Target(decimal target) => SloWords.Target(target);

    /// <summary>From the SLI with all unknown bad to that with all of it good; one figure where they are the same.</summary>
    public static string Between(Tally minutes)
    {
        var (low, high) = (Percent(minutes.Pessimistic), Percent(minutes.Optimistic));
        return minutes.Pessimistic is null ? "-" : low == high ? "the same" : $"{low[..^2]} .. {high}";
    }

    /// <summary>A verdict in its colour; the word says it without.</summary>
    public static string Verdict(SloVerdict verdict) => verdict switch
    {
        SloVerdict.Met => "[green]met[/]",
        SloVerdict.Breached => "[red]BREACHED[/]",
        _ => "[yellow]undetermined[/]",
    };

    /// <summary>What is left of a budget: a bar, and the share with its sign.</summary>
    public static string Left(Budget budget)
    {
        if (budget.Share is not { } share)
        {
            return "-";
        }

        var full = (int)Math.Ceiling(Math.Clamp(share, 0, 1) * BarWidth);
        var colour = share < 0 ? "red" : share < 0.25 ? "yellow" : "green";
        return $"[{colour}]{new string('█', full)}[/][grey]{new string('░', BarWidth - full)}[/] {Share(share)}";
    }

    /// <summary>A signed share of a budget: percent, or how many times over where percent would be long.</summary>
    public static string Share(double share) => SloWords.Share(share).PadLeft(6);

    /// <summary>The worst hour or day: when, and its SLI; a dash where no minute was bad.</summary>
    public static string Worst(SeriesPoint? step, bool hour) => step is { Minutes.Tally: { Bad: > 0 } minutes }
        ? $"{(hour ? Short(step.At) : Day(step.At))} {Percent(minutes.Sli, hour ? 1 : 2)}" : "-";

    /// <summary>A minute, short: the year is in the headline.</summary>
    public static string Short(int minute) => Minute.At(minute).UtcDateTime.ToString("MM-dd HH:mm'Z'", CultureInfo.InvariantCulture);

    /// <summary>A UTC day, short.</summary>
    public static string Day(int minute) => Minute.At(minute).UtcDateTime.ToString("MM-dd", CultureInfo.InvariantCulture);

    /// <summary>A minute in full.</summary>
    public static string Full(int minute) => Minute.At(minute).UtcDateTime.ToString("yyyy-MM-dd HH:mm'Z'", CultureInfo.InvariantCulture);

    /// <summary>A count.</summary>
    public static string Count(long count) => count.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>A number of minutes as a span.</summary>
    public static string Minutes(long minutes) => minutes < 120 ? string.Create(CultureInfo.InvariantCulture, $"{minutes} min")
        : minutes < 2 * Minute.Day ? string.Create(CultureInfo.InvariantCulture, $"{minutes / 60} h {minutes % 60:00} min")
        : string.Create(CultureInfo.InvariantCulture, $"{minutes / Minute.Day} d {minutes % Minute.Day / 60} h");

    /// <summary>Causes of a class with their VM-minutes, the largest first; null without one.</summary>
    public static string? Causes(IReadOnlyDictionary<Cause, long>? byCause, MinuteClass of)
    {
        var causes = (byCause ?? new Dictionary<Cause, long>()).Where(cause => Watchdog.Slo.Minutes.Causes.ClassOf(cause.Key) == of && cause.Value > 0)
            .OrderByDescending(cause => cause.Value).Select(cause => $"{Watchdog.Slo.Minutes.Causes.NameOf(cause.Key)} {Count(cause.Value)}").ToList();
        return causes.Count == 0 ? null : string.Join(", ", causes);
    }

    /// <summary>The name of a group; VMs without a plan have none.</summary>
    public static string Group(string name) => name.Length == 0 ? "(none)" : Screen.Cell(name);
}
