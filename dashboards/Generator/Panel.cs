namespace Watchdog.Dashboards;

/// <summary>How a panel shows what it asked for.</summary>
internal enum PanelKind
{
    /// <summary>The present value, large.</summary>
    Number,
    /// <summary>Curves over time.</summary>
    Lines,
    /// <summary>Curves over time, one upon the other.</summary>
    Stack,
    /// <summary>Rows and columns, from SQL.</summary>
    Table,
}

/// <summary>One panel. Every one has a unit and a sentence that says how to read it.</summary>
/// <param name="Unit">Id of a unit of Grafana's catalogue, of every column but those in <see cref="Units"/>.</param>
internal sealed record Panel(PanelKind Kind, string Title, string Description, string Unit, params Query[] Queries)
{
    /// <summary>Columns of Grafana's grid of 24.</summary>
    public int Width { get; init; } = Kind == PanelKind.Number ? 4 : 12;

    /// <summary>Rows of the grid.</summary>
    public int Height { get; init; } = Kind == PanelKind.Number ? 4 : 8;

    /// <summary>From which values on it turns yellow and red; falling where the second is the lower one.</summary>
    public (double Warning, double Critical)? Thresholds { get; init; }

    /// <summary>The highest value on the axis; null lets it float.</summary>
    public double? Max { get; init; }

    /// <summary>Units of single columns, or of series by their exact name.</summary>
    public IReadOnlyDictionary<string, string> Units { get; init; } = new Dictionary<string, string>();

    /// <summary>Words for the values of a number, e.g. 1 for "on".</summary>
    public IReadOnlyDictionary<string, string> Words { get; init; } = new Dictionary<string, string>();

    /// <summary>Its queries are of the database.</summary>
    public bool FromSql => Queries[0].Sql;

    /// <summary>Columns, or series by their exact names, that have a unit of their own.</summary>
    public Panel In(string unit, params string[] columns) =>
        this with { Units = Units.Concat(columns.Select(column => KeyValuePair.Create(column, unit))).ToDictionary() };

    public static Panel Number(string title, string description, string unit, Query query) => new(PanelKind.Number, title, description, unit, query);

    public static Panel Lines(string title, string description, string unit, params Query[] queries) => new(PanelKind.Lines, title, description, unit, queries);

    public static Panel Stack(string title, string description, string unit, params Query[] queries) => new(PanelKind.Stack, title, description, unit, queries);

    public static Panel Table(string title, string description, string sql) => new(PanelKind.Table, title, description, "short", Query.Of(sql));
}
