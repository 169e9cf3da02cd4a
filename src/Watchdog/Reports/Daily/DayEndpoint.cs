using System.Globalization;
using System.Text;
using Microsoft.Extensions.Options;
using Npgsql;
using Watchdog.Http;
using Watchdog.Http.Access;
using Watchdog.Policy;
using Watchdog.Reports.Pages;
using Watchdog.Reports.Quarantine;

namespace Watchdog.Reports.Daily;

/// <summary>
/// <c>/reports</c>: the days; <c>/reports/{yyyy-MM-dd}</c>: one day's quarantine report; with <c>.md</c>, <c>.csv</c> or <c>.json</c> behind it, the same as a file;
/// <c>/reports/{yyyy-MM-dd}/sums.csv</c>: its sums alone.
/// </summary>
public sealed class DayEndpoint(DayReads reads, NpgsqlDataSource database, IOptions<PolicyOptions> policy, PageDesk pages) : IEndpoints
{
    private static readonly Dictionary<string, (string Type, Func<TextWriter, IReportForm> Form)> Files = new(StringComparer.Ordinal)
    {
        ["md"] = ("text/markdown; charset=utf-8", output => new MarkdownForm(output)),
        ["csv"] = ("text/csv; charset=utf-8", output => new CsvForm(output)),
        ["sums.csv"] = ("text/csv; charset=utf-8", output => new SumsCsvForm(output)),
        ["json"] = ("application/json", output => new JsonForm(output)),
    };

    /// <inheritdoc/>
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapRead("/reports", Entry.For(Role.Viewer), async context =>
            await pages.ShowAsync<DaysPage>(context, await reads.DaysAsync(Read(context.Request.Query["before"]), context.RequestAborted)));
        routes.MapRead("/reports/{day}", Entry.For(Role.Viewer), ShowAsync);
        routes.MapRead("/reports/{day}.{form}", Entry.For(Role.Viewer), context => SendAsync(context, (string)context.GetRouteValue("form")!));
        routes.MapRead("/reports/{day}/sums.csv", Entry.For(Role.Viewer), context => SendAsync(context, "sums.csv"));
    }

    private async Task ShowAsync(HttpContext context)
    {
        if (await DayOfAsync(context) is not { } day)
        {
            return;
        }

        var page = context.Request.Query["page"].ToString();
        var number = page == "all" ? 0 : int.TryParse(page, NumberStyles.None, CultureInfo.InvariantCulture, out var asked) ? Math.Clamp(asked, 1, 100_000) : 1;
        await pages.ShowAsync<DayPage>(context, await reads.DayAsync(day, number, context.RequestAborted));
    }

    private async Task SendAsync(HttpContext context, string form)
    {
        if (!Files.TryGetValue(form, out var file))
        {
            await Problem.AnswerAsync(context, StatusCodes.Status404NotFound, "no such form", "A report is to be had as .md, .csv or .json, or without an ending as a page.");
            return;
        }

        if (await DayOfAsync(context) is not { } day)
        {
            return;
        }

        var answer = context.Response;
        answer.ContentType = file.Type;
        answer.Headers.ContentDisposition = $"attachment; filename=\"quarantine-{Written(day)}.{form}\"";
        // Written as it is read: a day of ten thousand cases needs no more memory than one of ten.
        await using var output = new StreamWriter(answer.Body, new UTF8Encoding(false), 16 * 1024, leaveOpen: true);
        await new QuarantineReport(database, new EvidenceOnly(), policy.Value.Precision.Window).WriteAsync(reads.SpanOf(day), file.Form(output), context.RequestAborted);
        await output.FlushAsync(context.RequestAborted);
    }

    private async Task<DateOnly?> DayOfAsync(HttpContext context)
    {
        if (Read((string)context.GetRouteValue("day")!) is not { } day)
        {
            await Problem.AnswerAsync(context, StatusCodes.Status404NotFound, "no such day", "A report is of a UTC day, written as 2026-01-31.");
            return null;
        }

        if (day > reads.Today)
        {
            await Problem.AnswerAsync(context, StatusCodes.Status404NotFound, "not yet", $"{Written(day)} has not begun; today is {Written(reads.Today)}.");
            return null;
        }

        return day;
    }

    /// <summary>A day as addresses write it.</summary>
    internal static string Written(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static DateOnly? Read(string? text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day.Year is > 2000 and < 9000 ? day : null;
}
