namespace Watchdog.Reports.Bulks;

/// <summary>What is in a set of cases, counted; the largest first.</summary>
/// <param name="Owners">At most 20.</param>
/// <param name="OwnerCount">How many owners there are.</param>
public sealed record SetCounts(
    int Total, IReadOnlyList<(string Name, int Cases)> Classes, IReadOnlyList<(string Name, int Cases)> States, IReadOnlyList<(string Name, int Cases)> Owners, int OwnerCount)
{
    private const int MostOwners = 20;

    /// <summary>Counts groups of equal cases.</summary>
    public static SetCounts Of(IReadOnlyList<(string Class, string State, string Owner, int Cases)> groups)
    {
        var owners = By(groups, group => group.Owner);
        return new(groups.Sum(group => group.Cases), By(groups, group => group.Class), By(groups, group => group.State), [.. owners.Take(MostOwners)], owners.Count);
    }

    private static List<(string Name, int Cases)> By(IReadOnlyList<(string Class, string State, string Owner, int Cases)> groups, Func<(string Class, string State, string Owner, int Cases), string> of) =>
        [.. groups.GroupBy(of).Select(group => (Name: group.Key, Cases: group.Sum(one => one.Cases))).OrderByDescending(one => one.Cases).ThenBy(one => one.Name, StringComparer.Ordinal)];
}
