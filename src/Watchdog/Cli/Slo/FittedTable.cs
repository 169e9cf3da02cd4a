using Spectre.Console;

namespace Watchdog.Cli.Slo;

/// <summary>A table whose lines never wrap: where the terminal is too narrow, the columns that matter least are left out, and that is told.</summary>
internal sealed class FittedTable
{
    private const int Padding = 2;
    private readonly List<(string Header, bool Right, int Rank)> columns = [];
    private readonly List<string[]> rows = [];

    /// <summary>Adds a column.</summary>
    /// <param name="rank">0: always shown; of the others the highest is left out first.</param>
    public FittedTable Column(string header, bool right = false, int rank = 0)
    {
        columns.Add((header, right, rank));
        return this;
    }

    /// <summary>Adds a line of markup; what is missing at its end is blank.</summary>
    public void Row(params string[] cells) => rows.Add([.. cells, .. Enumerable.Repeat("", columns.Count - cells.Length)]);

    /// <summary>Prints it.</summary>
    public void Print(IAnsiConsole console)
    {
        var widths = columns.Select((column, i) => Padding + rows.Select(row => row[i]).Append(column.Header).Max(text => Markup.Remove(text).Length)).ToList();
        var shown = Enumerable.Range(0, columns.Count).ToHashSet();
        foreach (var i in Enumerable.Range(0, columns.Count).Where(i => columns[i].Rank > 0).OrderByDescending(i => columns[i].Rank))
        {
            if (shown.Sum(one => widths[one]) > console.Profile.Width - 1)
            {
                shown.Remove(i);
            }
        }

        var table = new Table().Border(TableBorder.None).HideHeaders();
        foreach (var i in shown.Order())
        {
            table.AddColumn(new TableColumn("") { NoWrap = true, Alignment = columns[i].Right ? Justify.Right : Justify.Left, Padding = new(0, 0, Padding, 0) });
        }

        table.AddRow([.. shown.Order().Select(i => $"[grey]{columns[i].Header}[/]")]);
        foreach (var row in rows)
        {
            table.AddRow([.. shown.Order().Select(i => row[i])]);
        }

        console.Write(table);
        if (shown.Count < columns.Count)
        {
            console.MarkupLine($"[grey](no room for: {string.Join(", ", Enumerable.Range(0, columns.Count).Where(i => !shown.Contains(i)).Select(i => columns[i].Header))}; a wider terminal or --json has it)[/]");
        }
    }
}
