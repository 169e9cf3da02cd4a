using Microsoft.Extensions.Options;
using Npgsql;
using Watchdog.Diagnostics;
using Watchdog.Ledger;
using Watchdog.Policy;
using Watchdog.Reports.Pages;
using Watchdog.Reports.Quarantine;

namespace Watchdog.Reports.Daily;

/// <summary>A UTC day of the list.</summary>
/// <param name="Classes">Its cases by class, the most first; empty where there was none.</param>
/// <param name="Released">Cases whose acts were undone.</param>
/// <param name="Unruled">Cases on which nobody has ruled.</param>
public sealed record DayLine(DateOnly Day, IReadOnlyList<(string Class, int Cases)> Classes, int Cases, int Released, int Unruled);

/// <summary>A page of days, the newest first.</summary>
/// <param name="Before">Where the older ones go on; null: there are none.</param>
public sealed record DaysModel(IReadOnlyList<DayLine> Days, DateOnly? Before);

/// <summary>One day's report.</summary>
/// <param name="Over">Whether the day is; what comes until then is missing otherwise.</param>
/// <param name="Cases">Those of the page, in order of opening.</param>
/// <param name="Page">From 1 on; 0: all on one.</param>
public sealed record DayModel(DateOnly Day, bool Over, Summary Summary, IReadOnlyList<ReportedCase> Cases, int Page)
{
    /// <summary>Cases a page.</summary>
    public const int PageSize = 50;

    /// <summary>Up to so many cases may stand on one page, for print.</summary>
    public const int MostOnOne = 1_000;

    /// <summary>How many pages there are, 1 at least.</summary>
    public int Pages => PagesOf(Summary.Cases);

    /// <summary>How many pages so many cases take, 1 at least.</summary>
    public static int PagesOf(int cases) => Math.Max(1, (cases + PageSize - 1) / PageSize);
}

/// <summary>Reads the daily quarantine reports. A day is a UTC day of the cases' opening.</summary>
public sealed class DayReads(NpgsqlDataSource database, IOptions<PolicyOptions> policy, Clocks clocks)
{
    private const int DaysAPage = 31;

    // A day of 20,000 cases takes a good part of a second to count.
    private readonly Remembered<DateOnly, Summary> sums = new(TimeSpan.FromSeconds(5), clocks.Wall);

    /// <summary>Today, fleet time.</summary>
    public DateOnly Today => DateOnly.FromDateTime(clocks.Fleet.GetUtcNow().UtcDateTime);

    /// <summary>A day's span, as of now.</summary>
    public ReportSpan SpanOf(DateOnly day) => new(Begin(day), Begin(day.AddDays(1)), clocks.Fleet.GetUtcNow());

    /// <summary>The days before one, back to the first case; days without a case are there too.</summary>
    /// <param name="before">Null: the latest.</param>
    public async Task<DaysModel> DaysAsync(DateOnly? before, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var oldest = Statement.On(connection, null, "select min(opened_at) from case_file");
        var first = await oldest.ExecuteScalarAsync(ct) is DateTime at ? DateOnly.FromDateTime(at) : Today;
        var end = before is { } asked && asked <= Today ? asked : Today.AddDays(1);
        var start = end.AddDays(-DaysAPage) is var back && back > first ? back : first;
        await using var command = Statement.On(connection, null,
            """
            select (c.opened_at at time zone 'UTC')::date, c.class, count(*)::int, count(*) filter (where c.state = 'released')::int,
              count(*) filter (where not exists (select 1 from ruling r where r.case_id = c.id))::int
            from case_file c where c.opened_at >= $1 and c.opened_at < $2 group by 1, 2 order by 3 desc, 2
            """, Begin(start), Begin(end));
        var rows = (await Rows.AllAsync(command, r => (
            Day: r.GetFieldValue<DateOnly>(0), Class: r.GetString(1), Cases: r.GetInt32(2), Released: r.GetInt32(3), Unruled: r.GetInt32(4)), ct)).ToLookup(row => row.Day);
        List<DayLine> days = [];
        for (var day = end.AddDays(-1); day >= start; day = day.AddDays(-1))
        {
            days.Add(new(day, [.. rows[day].Select(row => (row.Class, row.Cases))], rows[day].Sum(row => row.Cases), rows[day].Sum(row => row.Released), rows[day].Sum(row => row.Unruled)));
        }

        return new(days, start > first ? start : null);
    }

    /// <summary>A day's sums over all of its cases, seconds old at most, and one page of them.</summary>
    /// <param name="page">From 1 on; 0: all on one, as far as that goes.</param>
    public async Task<DayModel> DayAsync(DateOnly day, int page, CancellationToken ct)
    {
        var span = SpanOf(day);
        var summary = await sums.GetAsync(day, () => new QuarantineReport(database, new EvidenceOnly(), policy.Value.Precision.Window).SummarizeAsync(span, CancellationToken.None), ct);
        await using var reader = await CaseReader.OpenAsync(database, span, ct);
        // Behind the last page lies the last.
        var shown = Math.Min(page, DayModel.PagesOf(summary.Cases));
        var (skip, take) = shown == 0 ? (0, DayModel.MostOnOne) : ((shown - 1) * DayModel.PageSize, DayModel.PageSize);
        return new(day, span.At >= span.Until, summary, await reader.PageAsync(skip, take, ct), shown);
    }

    private static DateTimeOffset Begin(DateOnly day) => new(day.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);
}
