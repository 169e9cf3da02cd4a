using Watchdog.Slo.Alarms;
using Watchdog.Slo.Reading;

namespace Watchdog.Slo.Telling;

/// <summary>What every promise came to.</summary>
/// <param name="Books">From when to when the books are written.</param>
/// <param name="Span">What it is about.</param>
/// <param name="ClosedAt">When the month was closed; null while it is open, and for 28 days.</param>
/// <param name="Amendments">Changes in it after that.</param>
/// <param name="Rows">The one with the least budget left first, by objective in their configured order.</param>
/// <param name="Alarms">Burn rates and steps that fire or are frozen; empty for months.</param>
/// <param name="Steps">The fleet's minutes in equal steps, which are shorter where the span is short.</param>
/// <param name="StepMinutes">A step's length.</param>
public sealed record UptimeReport(
    BookState Books, UptimeSpan Span, DateTimeOffset? ClosedAt, long Amendments, IReadOnlyList<UptimeRow> Rows, IReadOnlyList<SloAlarm> Alarms,
    IReadOnlyList<SeriesPoint> Steps, int StepMinutes);
