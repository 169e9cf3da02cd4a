using System.Globalization;

namespace Watchdog.Policy.Exempting;

/// <summary>A case that an exemption would have covered.</summary>
/// <param name="Ruling">The latest ruling on it; null where nobody has ruled.</param>
public sealed record PreviewCase(long Id, string InstanceId, string Owner, string Class, string State, DateTimeOffset OpenedAt, string? Ruling);

/// <summary>How many cases of a name.</summary>
public sealed record PreviewCount(string Name, int Cases);

/// <summary>Cases that share class, owner and ruling.</summary>
internal sealed record PreviewGroup(string Class, string Owner, string? Ruling, int Cases);

/// <summary>Which cases an exemption would have covered, had it been in force.</summary>
/// <param name="Since">Cases opened since.</param>
/// <param name="Cases">How many.</param>
/// <param name="Right">How many of them people ruled true positives: those it would have let go.</param>
/// <param name="ByClass">By class, the most first.</param>
/// <param name="ByOwner">By owner, the most first; at most 20.</param>
/// <param name="Owners">How many owners.</param>
/// <param name="First">The newest, at most 50.</param>
public sealed record ExemptionPreview(
    string Kind, string Subject, DateTimeOffset Since, int Cases, int Right, IReadOnlyList<PreviewCount> ByClass, IReadOnlyList<PreviewCount> ByOwner, int Owners,
    IReadOnlyList<PreviewCase> First)
{
    /// <summary>Most cases that are named one by one.</summary>
    public const int MostCases = 50;

    private const int MostOwners = 20;

    /// <summary>The preview in a sentence.</summary>
    public string Sentence => Cases == 0
        ? string.Create(CultureInfo.InvariantCulture, $"It would have covered no case opened since {Since.UtcDateTime:yyyy-MM-dd}.")
        : string.Create(CultureInfo.InvariantCulture,
            $"It would have covered {Cases} case{(Cases == 1 ? "" : "s")} of {Owners} owner{(Owners == 1 ? "" : "s")} opened since {Since.UtcDateTime:yyyy-MM-dd}; {Right} of them ruled true positive.");

    /// <summary>Counts what was read.</summary>
    internal static ExemptionPreview Of(string kind, string subject, DateTimeOffset since, IReadOnlyList<PreviewGroup> groups, IReadOnlyList<PreviewCase> first)
    {
        var owners = Counts(groups, group => group.Owner);
        return new(
            kind, subject, since, groups.Sum(group => group.Cases), groups.Where(group => group.Ruling == Ledger.Rulings.TruePositive).Sum(group => group.Cases),
            Counts(groups, group => group.Class), [.. owners.Take(MostOwners)], owners.Count, first);
    }

    private static List<PreviewCount> Counts(IReadOnlyList<PreviewGroup> groups, Func<PreviewGroup, string> by) =>
        [.. groups.GroupBy(by).Select(group => new PreviewCount(group.Key, group.Sum(one => one.Cases)))
            .OrderByDescending(count => count.Cases).ThenBy(count => count.Name, StringComparer.Ordinal)];
}
