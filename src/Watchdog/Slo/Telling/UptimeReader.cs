using Npgsql;
using Watchdog.Slo.Alarms;
using Watchdog.Slo.Minutes;
using Watchdog.Slo.Objectives;
using Watchdog.Slo.Reading;

namespace Watchdog.Slo.Telling;

/// <summary>Reads what every promise came to.</summary>
public sealed class UptimeReader(NpgsqlDataSource database)
{
    /// <summary>Rows with a worst hour and day: each is a read of its own.</summary>
    private const int MostCurves = 200;

    /// <summary>The report; without rows where the books hold no minute of the span.</summary>
    /// <param name="objectives">What is promised.</param>
    /// <param name="books">How far the books are written.</param>
    /// <param name="span">Which minutes.</param>
    /// <param name="by">One kind of groups; null: every objective's own.</param>
    /// <param name="ct">Gives up.</param>
    public async Task<UptimeReport> ReadAsync(IReadOnlyList<Objective> objectives, BookState books, UptimeSpan span, Grouping? by, CancellationToken ct)
    {
        var windows = books.Holds(span) ? await new WindowBook(database).ReadAsync(span.To, [span.To - span.From], ct) : [];
        var (closed, amendments) = span.Month ? await ClosingAsync(span.FirstDay, ct) : (null, 0);
        if (!windows.Any(window => window.Windows[0].Tally.All > 0))
        {
            return new(books, span, closed, amendments, [], [], [], Minute.Day);
        }

        var promised = Promised(objectives, by);
        List<UptimeRow> rows = [];
        Dictionary<(Grouping, decimal), Dictionary<string, GroupTally>> days = [];
        foreach (var objective in promised)
        {
            var vmTarget = objectives.FirstOrDefault(one => one.Of == Dimension.Vm)?.Target ?? objective.Target;
            var of = by ?? GroupingOf(objective.Of);
            // The fleet's days are the same for each VM and for all together; at 150,000 VMs a read takes seconds.
            if (!days.TryGetValue((of, vmTarget), out var vms))
            {
                vms = (await new DayBook(database).ReadAsync(span.FirstDay, span.DayAfter, of, vmTarget, ct)).ToDictionary(group => group.Name, StringComparer.Ordinal);
                days.Add((of, vmTarget), vms);
            }

            var found = of == Grouping.Owner
                ? vms.Values.Select(group => new UptimeRow(objective, of, group.Name, group.Tally, null, group.Agent, group, vmTarget, null, null, null))
                : windows.Where(window => window.Key.Dimension == DimensionOf(of) && objective.Covers(window.Key.Name) && window.Windows[0].Tally.All > 0)
                    .Select(window => Row(objective, of, window, vms.GetValueOrDefault(window.Key.Name), vmTarget, span));
            rows.AddRange(found.OrderBy(row => row.Budget.Share ?? double.MaxValue).ThenBy(row => row.Group, StringComparer.Ordinal));
        }

        for (var i = 0; i < Math.Min(rows.Count, MostCurves); i++)
        {
            rows[i] = await WithWorstAsync(rows[i], span, books, ct);
        }

        var step = Steps.LengthFor(span.To - Math.Max(span.From, books.Begin));
        return new(
            books, span, closed, amendments, rows, span.Month ? [] : await AlarmsAsync(ct), await SeriesAsync(new("fleet", "fleet"), span, books, step, ct), step);
    }

    // Where nothing is promised to such groups, what is promised to each VM is what they are held against.
    private static IReadOnlyList<Objective> Promised(IReadOnlyList<Objective> objectives, Grouping? by)
    {
        if (by is not { } groups)
        {
            return objectives;
        }

        Objective[] own = [.. objectives.Where(objective => objective.Of != Dimension.Vm && GroupingOf(objective.Of) == groups)];
        return own.Length > 0 ? own
            : [objectives.FirstOrDefault(objective => objective.Of == Dimension.Vm) ?? Objective.Recommended[0]];
    }

    private static UptimeRow Row(Objective objective, Grouping of, WindowTally window, GroupTally? vms, decimal vmTarget, UptimeSpan span)
    {
        var minutes = window.Windows[0];
        var provider = minutes.ByCause.Where(cause => ProviderFigure.Answers(cause.Key)).Sum(cause => cause.Value);
        return new(
            objective, of, window.Key.Name, minutes.Tally, minutes.ByCause, minutes.Agent, vms, vmTarget, null, null,
            span.Month && vms is not null ? ProviderFigure.Of(provider, vms.Counted + vms.LeftOut, span.From) : null);
    }

    private async Task<UptimeRow> WithWorstAsync(UptimeRow row, UptimeSpan span, BookState books, CancellationToken ct)
    {
        if (row.By == Grouping.Owner)
        {
            return row;
        }

        var hours = await SeriesAsync(new(DimensionOf(row.By), row.Group), span, books, 60, ct);
        return row with { WorstHour = SeriesBook.Worst(hours), WorstDay = SeriesBook.Worst(Steps.Days(hours)) };
    }

    private Task<IReadOnlyList<SeriesPoint>> SeriesAsync(BookKey key, UptimeSpan span, BookState books, int step, CancellationToken ct) =>
        new SeriesBook(database).ReadAsync(key, Math.Max(span.From, books.Begin) / step * step, span.To, step, ct);

    private async Task<IReadOnlyList<SloAlarm>> AlarmsAsync(CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        return [.. (await AlarmTable.ReadAsync(connection, null, ct)).Values.Where(alarm => alarm.Firing || alarm.Frozen)
            .OrderByDescending(alarm => alarm.Firing).ThenBy(alarm => alarm.Since).ThenBy(alarm => alarm.Key.Slo, StringComparer.Ordinal).ThenBy(alarm => alarm.Key.Group, StringComparer.Ordinal)];
    }

    private async Task<(DateTimeOffset? ClosedAt, long Amendments)> ClosingAsync(DateOnly month, CancellationToken ct)
    {
        await using var command = database.CreateCommand(
            "select (select closed_at from slo_month where month = $1), (select count(*) from slo_amendment where month = $1)");
        command.Parameters.Add(new() { Value = month });
        await using var reader = await command.ExecuteReaderAsync(ct);
        await reader.ReadAsync(ct);
        return (reader.IsDBNull(0) ? null : reader.GetFieldValue<DateTimeOffset>(0), reader.GetInt64(1));
    }

    private static string DimensionOf(Grouping of) => of.ToString().ToLowerInvariant();

    private static Grouping GroupingOf(Dimension of) => of switch
    {
        Dimension.Region => Grouping.Region,
        Dimension.Type => Grouping.Type,
        Dimension.Plan => Grouping.Plan,
        _ => Grouping.Fleet,
    };
}
