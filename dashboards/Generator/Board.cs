namespace Watchdog.Dashboards;

/// <summary>A dashboard. Its uid is in links and in alerts, and never changes.</summary>
/// <param name="Name">A word: the file's name, and the uid's end.</param>
/// <param name="From">The time range that it opens with, e.g. <c>now-6h</c>.</param>
internal sealed record Board(string Name, string Title, string Description, string From, params Row[] Rows)
{
    public string Uid => $"watchdog-{Name}";

    public string FileName => $"{Name}.json";

    /// <summary>Variables beyond those that every board has.</summary>
    public IReadOnlyList<Variable> Variables { get; init; } = [];
}

/// <summary>Panels under a heading.</summary>
internal sealed record Row(string Title, params Panel[] Panels);

/// <summary>A variable of the values that a label has, or, without <paramref name="Query"/>, a constant.</summary>
/// <param name="Query">PromQL's <c>label_values(…)</c>; null for a constant.</param>
internal sealed record Variable(string Name, string Label, string Description, string? Query, string Value = "");
