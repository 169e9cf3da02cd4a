using Watchdog.Detectors.Findings;
using Watchdog.Ledger;
using Watchdog.Policy;

namespace Watchdog.Reports.Queue;

/// <summary>
/// The queue's order, worst first: by class, then by how sure the verdict is, then the oldest. Each class is a stretch of its own, in the order of an index; a page
/// reads the stretches that it lies in, and not the queue.
/// </summary>
internal static class QueueOrder
{
    /// <summary>The order within a class; its index is on these.</summary>
    public const string Within = "(-c.score), c.opened_at, c.id";

    /// <summary>The same, backwards.</summary>
    public const string Backwards = "(-c.score) desc, c.opened_at desc, c.id desc";

    /// <summary>The classes, the worst first.</summary>
    public static string[] Classes { get; } = [.. Enum.GetValues<FindingClass>().OrderByDescending(PolicyRules.SeverityOf).Select(Finding.NameOf)];

    /// <summary>A class's place; what this version does not know comes last.</summary>
    public static int RankOf(string name) => Array.IndexOf(Classes, name) is >= 0 and var at ? at : Classes.Length;

    /// <summary>The part of a page that each class has.</summary>
    /// <param name="counts">How many cases each class has, in the queue's order.</param>
    /// <param name="skip">Cases before the page.</param>
    /// <param name="take">Cases a page.</param>
    public static IEnumerable<(string Class, int Skip, int Take)> Stretches(IEnumerable<(string Class, int Cases)> counts, int skip, int take)
    {
        foreach (var (name, cases) in counts)
        {
            var here = Math.Min(take, cases - skip);
            if (here > 0)
            {
                yield return (name, skip, here);
                (skip, take) = (0, take - here);
            }
            else
            {
                skip -= cases;
            }
        }
    }

    /// <summary>Whether a class comes behind another one.</summary>
    public static bool IsBehind(string name, string other) => (RankOf(name) - RankOf(other)) switch { 0 => string.CompareOrdinal(name, other) > 0, var ranks => ranks > 0 };

    /// <summary>Asks for the keys of what is behind a place in its class, at most the filter's limit.</summary>
    public static IReadOnlyList<long> Ask(Questions asked, CaseFilter filter, QueuePlace after)
    {
        List<object?> values = [filter.Limit, -after.Score, after.OpenedAt, after.Id];
        return asked.Ask(
            $"select c.id from case_file c where {(filter with { Headline = after.Class }).FoldedCondition(values)} and ((-c.score), c.opened_at, c.id) > ($2, $3, $4) order by {Within} limit $1",
            r => r.GetInt64(0), [.. values]);
    }

    /// <summary>Asks for the keys of a stretch.</summary>
    public static IReadOnlyList<long> Ask(Questions asked, CaseFilter filter, (string Class, int Skip, int Take) stretch)
    {
        List<object?> values = [stretch.Take, stretch.Skip];
        return asked.Ask(
            $"select c.id from case_file c where {(filter with { Headline = stretch.Class }).FoldedCondition(values)} order by {Within} limit $1 offset $2", r => r.GetInt64(0), [.. values]);
    }
}
