using System.Globalization;
using Watchdog.Alerts.Notifications;

namespace Watchdog.Alerts.Receivers;

/// <summary>A notification's parts in words, as every receiver that shows text says them.</summary>
internal static class Lines
{
    /// <summary>The blast radius.</summary>
    public static string Size(Notification of) => string.Create(CultureInfo.InvariantCulture, $"{of.Size} now")
        + (of.Owners > 0 ? string.Create(CultureInfo.InvariantCulture, $", {of.Owners} owners") : "")
        + (of.UsdPerHour is { } usd ? string.Create(CultureInfo.InvariantCulture, $", US$ {usd:0.00} an hour") : "");

    /// <summary>An instant, UTC.</summary>
    public static string At(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    /// <summary>Counts by name; null where there are none.</summary>
    public static string? Counts(IReadOnlyList<Tally> of) =>
        of.Count == 0 ? null : string.Join(", ", of.Select(one => string.Create(CultureInfo.InvariantCulture, $"{one.Name} {one.Count}")));

    /// <summary>What was done and whether it can be undone.</summary>
    public static string Done(Notification of) => of.Done.Count == 0 ? "Nothing was done."
        : $"{string.Join(" ", of.Done)} {(of.Undoable == true ? "It can be undone." : of.Undoable == false ? "Not all of it can be undone." : "")}".TrimEnd();

    /// <summary>One member.</summary>
    public static string Member(WorstMember one) =>
        string.Join(" · ", new[] { one.Member, one.InstanceId, one.Owner, one.Sentence }.Where(part => !string.IsNullOrEmpty(part)));

    /// <summary>How many members are not among those listed; null where all are.</summary>
    public static string? Others(Notification of) =>
        of.Worst.Count > 0 && of.Size > of.Worst.Count ? string.Create(CultureInfo.InvariantCulture, $"and {of.Size - of.Worst.Count} others") : null;

    /// <summary>The links there are, with their names.</summary>
    public static IEnumerable<(string Name, string Url)> Links(Notification of) => new[]
    {
        ("Incident", of.Links.Incident), ("Case", of.Links.Case), ("Runbook", of.Links.Runbook), ("Dashboard", of.Links.Dashboard), ("Silence", of.Links.Silence),
        ("Release", of.Links.Release),
    }.Where(link => link.Item2 is not null).Select(link => (link.Item1, link.Item2!));
}
