using System.Globalization;
using Microsoft.AspNetCore.WebUtilities;
using Watchdog.Ledger;
using Watchdog.Policy.Bulks;
using Watchdog.Reports.Queue;

namespace Watchdog.Reports.Bulks;

/// <summary>The cases that somebody wants to act on: those selected by number, or where none is, all that a filter of the queue matches, folded ones too.</summary>
public sealed record BulkSet(QueueFilter Filter, IReadOnlyList<long> Ids)
{
    /// <summary>What the form of the queue's boxes bears, so that none chosen is nothing rather than everything.</summary>
    public const string Selected = "selected";

    // What an address bears beside the set.
    private static readonly string[] Beside = ["id", "act", "page", Selected];

    /// <summary>Reads an address's query.</summary>
    public static BulkSet Of(IQueryCollection query) => new(
        QueueFilter.Of(query),
        [.. query["id"].Select(text => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : 0).Where(id => id > 0).Distinct().Take(BulkRules.MostCases)])
    {
        Unclear = query["id"].Any(text => !long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out _))
            || query.ContainsKey(Selected) && query["id"].Count == 0 || Missed(query),
    };

    // The queue passes over what it does not understand; who acts on a filter does not mean everything by it.
    private static bool Missed(IQueryCollection query)
    {
        var taken = QueryHelpers.ParseQuery(QueueFilter.Of(query).Href("")).Keys.ToHashSet(StringComparer.OrdinalIgnoreCase);
        return query.Any(pair => !string.IsNullOrWhiteSpace(pair.Value) && !Beside.Contains(pair.Key, StringComparer.OrdinalIgnoreCase) && !taken.Contains(pair.Key)
            && !(pair.Key.Equals("show", StringComparison.OrdinalIgnoreCase) && pair.Value == QueueFilter.Shows[0]));
    }

    /// <summary>Reads a query that a form bore.</summary>
    public static BulkSet Of(string query) => Of(new QueryCollection(QueryHelpers.ParseQuery(query)));

    /// <summary>Whether something was asked that cannot be a set: then it is empty, rather than everything.</summary>
    public bool Unclear { get; init; }

    /// <summary>The cases; null: none, since it is not clear which.</summary>
    public CaseFilter? Cases(DateTimeOffset now) => Unclear || Filter.Unclear ? null : Ids.Count > 0 ? new CaseFilter { Ids = Ids } : Filter.Cases(now);

    /// <summary>Its address, with an act chosen.</summary>
    public string Href(string? act = null, int page = 1)
    {
        var path = Ids.Count > 0
            ? QueryHelpers.AddQueryString("/cases/bulk", Ids.Select(id => KeyValuePair.Create("id", (string?)id.ToString(CultureInfo.InvariantCulture))))
            : (Filter with { Page = 1 }).Href("/cases/bulk");
        return QueryHelpers.AddQueryString(path, new Dictionary<string, string?> { ["act"] = act, ["page"] = page == 1 ? null : page.ToString(CultureInfo.InvariantCulture) });
    }

    /// <summary>Its query, as <see cref="Of(string)"/> reads it.</summary>
    public string Query => Href() is var path && path.IndexOf('?', StringComparison.Ordinal) is >= 0 and var mark ? path[mark..] : "";
}
