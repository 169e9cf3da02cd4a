using System.Globalization;
using Microsoft.AspNetCore.WebUtilities;
using Watchdog.Ledger;

namespace Watchdog.Reports.Queue;

/// <summary>Which cases the queue shows; the whole of it stands in the page's address. Null or empty does not narrow.</summary>
/// <param name="Show"><c>open</c> (default), <c>closed</c> or <c>all</c>.</param>
/// <param name="Detector">A class that was found, be it the headline or not.</param>
/// <param name="Age">Opened so many hours ago at least.</param>
/// <param name="Ruling">The latest ruling, or <c>none</c>.</param>
/// <param name="Assignee">Who has taken it on, or <c>none</c>.</param>
/// <param name="Text">An instance id or an owner, as it begins.</param>
/// <param name="Page">From 1 on.</param>
public sealed record QueueFilter(
    string Show = "open", string? Class = null, string? State = null, string? Owner = null, short? Scope = null, int? Age = null, string? Detector = null,
    string? Ruling = null, string? Assignee = null, string? Text = null, int Page = 1)
{
    /// <summary>The values of <see cref="Show"/>.</summary>
    public static IReadOnlyList<string> Shows { get; } = ["open", "closed", "all"];

    /// <summary>No ruling, or nobody who has it.</summary>
    public const string None = "none";

    /// <summary>The highest <see cref="Age"/>.</summary>
    public const int MostHours = 100_000;

    private const int LongestText = 200;
    private static readonly string[] Texts = ["owner", "assignee", "q"];

    /// <summary>Reads an address's query; what it does not understand does not narrow.</summary>
    public static QueueFilter Of(IQueryCollection query) => new(
        Shows.Contains(query["show"].ToString()) ? query["show"].ToString() : "open",
        Word(query, "class"), Word(query, "state"), Word(query, "owner"),
        short.TryParse(query["scope"], NumberStyles.None, CultureInfo.InvariantCulture, out var scope) ? scope : null,
        int.TryParse(query["age"], NumberStyles.None, CultureInfo.InvariantCulture, out var age) && age is > 0 and <= MostHours ? age : null,
        Word(query, "detector"),
        Rulings.All.Append(None).Contains(query["ruling"].ToString()) ? query["ruling"].ToString() : null,
        Word(query, "assignee"),
        Word(query, "q"),
        int.TryParse(query["page"], NumberStyles.None, CultureInfo.InvariantCulture, out var page) ? Math.Clamp(page, 1, 10_000) : 1)
    {
        Unclear = Texts.Any(name => query[name].ToString().Length > LongestText),
    };

    /// <summary>Reads a path of this site with its query, as a page bears it to come back to; the default where it is no queue's.</summary>
    public static QueueFilter OfPath(string path) => path.Split('?', 2) is ["/cases", var query] ? Of(new QueryCollection(QueryHelpers.ParseQuery(query))) : new();

    /// <summary>Whether something was asked that cannot be a filter: then nothing matches, rather than everything.</summary>
    public bool Unclear { get; init; }

    /// <summary>The cases that it stands for.</summary>
    public CaseFilter Cases(DateTimeOffset now) => new(Show switch { "open" => true, "closed" => false, _ => null }, State, Detector, Owner)
    {
        Headline = Class, Before = Age is { } hours ? now.AddHours(-hours) : null, Scope = Scope, Ruling = Ruling == None ? "" : Ruling,
        Assignee = Assignee == None ? "" : Assignee, Text = this.Text,
    };

    /// <summary>The address of this filter.</summary>
    public string Href(string path = "/cases")
    {
        List<string> parts = [];
        Add("show", Show == "open" ? null : Show);
        Add("class", Class);
        Add("state", State);
        Add("owner", Owner);
        Add("scope", Scope?.ToString(CultureInfo.InvariantCulture));
        Add("age", Age?.ToString(CultureInfo.InvariantCulture));
        Add("detector", Detector);
        Add("ruling", Ruling);
        Add("assignee", Assignee);
        Add("q", this.Text);
        Add("page", Page == 1 ? null : Page.ToString(CultureInfo.InvariantCulture));
        return parts.Count == 0 ? path : $"{path}?{string.Join('&', parts)}";

        void Add(string name, string? value)
        {
            if (!string.IsNullOrEmpty(value))
            {
                parts.Add($"{name}={Uri.EscapeDataString(value)}");
            }
        }
    }

    private static string? Word(IQueryCollection query, string name) => query[name].ToString().Trim() is { Length: > 0 and <= LongestText } word ? word : null;
}
