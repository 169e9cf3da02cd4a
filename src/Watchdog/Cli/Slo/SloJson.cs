using Watchdog.Slo.Alarms;
using Watchdog.Slo.Minutes;
using Watchdog.Slo.Objectives;
using Watchdog.Slo.Reading;
using Watchdog.Slo.Telling;

namespace Watchdog.Cli.Slo;

/// <summary>The report as JSON; its names are a contract. Shares are 0 to 1 and not rounded; minutes are VM-minutes.</summary>
internal sealed record SloJson(
    SloJson.SpanJson Span, IReadOnlyList<SloJson.RowJson> Objectives, IReadOnlyList<SloJson.AlarmJson> Alarms, int StepMinutes, IReadOnlyList<SloJson.StepJson> Fleet)
{
    public static SloJson Of(UptimeReport report) => new(
        SpanJson.Of(report.Span, report.Books, report.ClosedAt, report.Amendments), [.. report.Rows.Select(RowJson.Of)],
        [.. report.Alarms.Select(alarm => new AlarmJson(alarm.Key.Slo, alarm.Key.Group, alarm.Key.Rung, alarm.Firing, alarm.Frozen, Minute.At(alarm.Since), alarm.Reason))],
        report.StepMinutes, [.. report.Steps.Select(step => StepJson.Of(step)!)]);

    internal sealed record SpanJson(
        string Window, DateTimeOffset From, DateTimeOffset To, DateTimeOffset BooksBegin, DateTimeOffset BooksEnd, IReadOnlyList<string> LaggingRegions, DateTimeOffset? ClosedAt,
        long Amendments)
    {
        public static SpanJson Of(UptimeSpan span, BookState books, DateTimeOffset? closedAt, long amendments) => new(
            span.Month ? Standing.Month : Standing.Rolling, Minute.At(span.From), Minute.At(span.To), Minute.At(books.Begin), Minute.At(books.End.Minute),
            [.. books.End.Behind.Order(StringComparer.Ordinal)], closedAt, amendments);
    }

    internal sealed record RowJson(
        string Objective, string Dimension, string Group, decimal Target, double? Sli, double? Pessimistic, double? Optimistic, double? Coverage, string Verdict, MinutesJson Minutes,
        IReadOnlyDictionary<string, long>? Causes, BudgetJson Budget, AttainmentJson? Attainment, StepJson? WorstHour, StepJson? WorstDay, double? ProviderComparable, double? AgentReachable)
    {
        public static RowJson Of(UptimeRow row) => new(
            row.Objective.Name, row.By.ToString().ToLowerInvariant(), row.Group, row.Objective.Target, row.Minutes.Sli, row.Minutes.Pessimistic,
            row.Minutes.Optimistic, row.Minutes.Coverage, row.Verdict.ToString().ToLowerInvariant(), MinutesJson.Of(row.Minutes), Named(row.ByCause), BudgetJson.Of(row.Budget),
            row.Vms is { } vms ? new(row.VmTarget, vms.Kept, vms.Counted, vms.LeftOut, vms.Attainment) : null, StepJson.Of(row.WorstHour), StepJson.Of(row.WorstDay),
            row.Provider, row.Agent.Sli);
    }

    internal sealed record MinutesJson(long Good, long Bad, long Excluded, long Unknown)
    {
        public static MinutesJson Of(Tally minutes) => new(minutes.Good, minutes.Bad, minutes.Excluded, minutes.Unknown);
    }

    internal sealed record BudgetJson(decimal Minutes, decimal Left, double? LeftRatio)
    {
        public static BudgetJson Of(Budget budget) => new(budget.Minutes, budget.Left, budget.Share);
    }

    internal sealed record AttainmentJson(decimal Target, long Kept, long Counted, long LeftOut, double? Ratio);

    internal sealed record AlarmJson(string Objective, string Group, string Rung, bool Firing, bool Frozen, DateTimeOffset Since, string Reason);

    internal sealed record StepJson(DateTimeOffset At, double? Sli, MinutesJson Minutes)
    {
        public static StepJson? Of(SeriesPoint? point) => point is null ? null : new(Minute.At(point.At), point.Minutes.Tally.Sli, MinutesJson.Of(point.Minutes.Tally));
    }

    public static IReadOnlyDictionary<string, long>? Named(IReadOnlyDictionary<Cause, long>? causes) =>
        causes?.OrderBy(cause => cause.Key).ToDictionary(cause => Watchdog.Slo.Minutes.Causes.NameOf(cause.Key), cause => cause.Value);
}
