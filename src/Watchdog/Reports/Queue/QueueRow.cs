using Watchdog.Ledger;

namespace Watchdog.Reports.Queue;

/// <summary>A line of the queue.</summary>
/// <param name="Act">Its latest act; null: nothing was done and nothing is proposed.</param>
/// <param name="Ruling">The latest ruling; null: nobody has ruled.</param>
/// <param name="Cpu">Percent, by five minutes, of the hours before the decision; NaN where nothing is known, empty where nothing was frozen.</param>
public sealed record QueueRow(CaseRecord Case, ActRecord? Act, string? Ruling, float[] Cpu);

/// <summary>A page of the queue.</summary>
/// <param name="Total">How many cases match in all.</param>
/// <param name="Classes">How many of the cases that match but for their class have which.</param>
/// <param name="States">Likewise by state.</param>
/// <param name="Scopes">Every scope there is, by key.</param>
public sealed record QueueModel(
    QueueFilter Filter, IReadOnlyList<QueueRow> Rows, int Total, IReadOnlyList<(string Name, int Count)> Classes, IReadOnlyList<(string Name, int Count)> States,
    IReadOnlyList<(short Id, string Key)> Scopes)
{
    /// <summary>The visitor's saved views.</summary>
    public IReadOnlyList<SavedView> Views { get; init; } = [];

    /// <summary>Who has open cases.</summary>
    public IReadOnlyList<string> Names { get; init; } = [];

    /// <summary>Cases a page.</summary>
    public const int PageSize = 50;

    /// <summary>How many pages there are, 1 at least.</summary>
    public int Pages => Math.Max(1, (Total + PageSize - 1) / PageSize);
}
