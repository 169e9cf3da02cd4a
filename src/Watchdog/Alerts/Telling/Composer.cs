using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Watchdog.Alerts.Notifications;
using Watchdog.Ledger;

namespace Watchdog.Alerts.Telling;

/// <summary>What surrounds an incident when it is told.</summary>
/// <param name="DryRun">Nothing is done to any VM: the policy only observes.</param>
/// <param name="UsdPerHour">What an instance type costs an hour in a Region; null where no price is known.</param>
public sealed record Teller(bool DryRun, Func<string, string, decimal?> UsdPerHour, AlertLinkOptions Links);

/// <summary>Writes an incident as its receivers are told of it. Pure.</summary>
public static class Composer
{
    private const int LongestTitle = 199;
    private const int LongestName = 100;
    private const int LongestSentence = 300;
    private const int Most = 10;

    /// <summary>Writes it.</summary>
    /// <param name="generation">Which page it belongs to.</param>
    /// <param name="sequence">Which notification it is.</param>
    public static Notification Of(
        IncidentState incident, IncidentTally now, Severity severity, NotificationKind kind, int generation, int sequence, string reason, DateTimeOffset at, Teller telling)
    {
        var rule = KindTable.Of(incident.Key.Kind);
        var size = kind == NotificationKind.Resolve ? Math.Max(incident.Peak, now.Size) : now.Size;
        var dry = telling.DryRun && rule.ActsOnVms;
        var region = now.ByRegion is [var one] ? one.Name : null;
        var cases = now.Ten.Select(member => member.Facts.CaseId).OfType<long>().ToList();
        var ended = now.Live > 0 ? null : now.ClearedAt;
        List<string> done = [.. now.ByDone.Take(Most).Select(what => Invariant($"{what.Count} {(what.Count == 1 ? "VM" : "VMs")}: {what.Name}"))];
        return new(
            incident.Id, generation, sequence, kind, incident.Key, severity, region, dry, Title(incident.Key, rule, size, dry, region), Summary(now, size, done, ended, dry && rule.ActsOnVms),
            at, now.FirstAt, now.LastAt, ended, size, now.Owners, Usd(now, region, telling.UsdPerHour), reason, Names(now.ByOwner), Names(now.ByRegion), Names(now.ByType),
            [.. now.Ten.Take(Most).Select(member => new WorstMember(
                CleanText.Of(member.Member, LongestName), member.Facts.InstanceId, Name(member.Facts.Owner), CleanText.Of(member.Facts.Sentence ?? "", LongestSentence),
                Links.OfCase(telling.Links, member.Facts.CaseId)))],
            done, done.Count == 0 ? null : now.Undoable ?? true, rule.NextStep, now.Failing,
            Links.Of(telling.Links, incident, region, cases.Count == 0 ? null : cases[0], now.FirstAt, now.LastAt));
    }

    /// <summary>A hash of what a notification tells, whenever and why it is told: the same hash would tell the same again.</summary>
    public static byte[] Hash(Notification of) => SHA256.HashData(Encoding.UTF8.GetBytes(NotificationJson.Write(of with
    {
        Kind = NotificationKind.Update, Generation = 0, Sequence = 0, Reason = "", At = default, LastSeen = default, Links = new(null, null, null, null, null, null),
    })));

    private static string Title(IncidentKey key, KindRule rule, int size, bool dry, string? region)
    {
        var words = key == Gathering.StormRules.Key ? $"{(size == 1 ? "wave" : "waves")} of abuse at once"
            : string.Format(CultureInfo.InvariantCulture, size == 1 ? rule.One : rule.Many, Technique(key));
        var where = key.Scope != IncidentKey.Cluster ? key.Scope : region;
        return CleanText.Of($"{(dry ? "Dry run: " : "")}{size.ToString(CultureInfo.InvariantCulture)} {words}{(where is null ? "" : $" in {where}")}", LongestTitle);
    }

    private static string Technique(IncidentKey key) => (key.Kind, key.Technique) switch
    {
        (IncidentKinds.Abuse, "miner") => "signs of cryptocurrency mining",
        (IncidentKinds.Abuse, "forkbomb") => "signs of a fork bomb",
        (IncidentKinds.Abuse, "runaway") => "a runaway process",
        (IncidentKinds.Abuse, "panic") => "a dead or hanging kernel",
        (_, var technique) => technique,
    };

    private static string Summary(IncidentTally now, int size, List<string> done, DateTimeOffset? ended, bool dry)
    {
        var text = new StringBuilder(Invariant($"First seen {Minute(now.FirstAt)}"));
        text.Append(ended is { } end ? $", over {Minute(end)}. " : ". ");
        if (now.Owners > 0)
        {
            text.Append(Invariant($"{now.Owners} {(now.Owners == 1 ? "owner" : "owners")}, {now.ByRegion.Count} {(now.ByRegion.Count == 1 ? "Region" : "Regions")}. "));
        }

        if (now.Ten is [var worst, ..] && worst.Facts.Sentence is { Length: > 0 } sentence)
        {
            text.Append(size == 1 ? "" : "The worst: ").Append(CleanText.Of(sentence, LongestSentence).TrimEnd('.')).Append(". ");
        }

        if (now.Silenced > 0)
        {
            text.Append(Invariant($"{now.Silenced} more {(now.Silenced == 1 ? "is" : "are")} silenced. "));
        }

        text.Append(done.Count > 0 ? $"Done: {string.Join("; ", done)}." : dry ? "Nothing is done: the policy only observes." : "");
        return text.ToString().TrimEnd();
    }

    // Of one Region, and only where every VM's type is known with its price: a part would pass for the whole.
    private static decimal? Usd(IncidentTally now, string? region, Func<string, string, decimal?> price)
    {
        var priced = now.ByType.Select(type => (type.Count, Usd: region is null ? null : price(region, type.Name))).ToList();
        return priced.Sum(type => type.Count) < now.Size || priced.Any(type => type.Usd is null) ? null : priced.Sum(type => type.Count * type.Usd);
    }

    private static IReadOnlyList<Tally> Names(IReadOnlyList<Tally> of) => [.. of.Take(Most).Select(one => one with { Name = Name(one.Name)! })];

    private static string? Name(string? text) => text is null ? null : CleanText.Of(text, LongestName);

    private static string Minute(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd HH:mm'Z'", CultureInfo.InvariantCulture);

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}
