using Npgsql;
using Watchdog.Slo.Minutes;
using Watchdog.Slo.Objectives;
using Watchdog.Slo.Reading;

namespace Watchdog.Slo.Telling;

/// <summary>What the promise to each VM came to for one of them.</summary>
/// <param name="InstanceId">EC2's id.</param>
/// <param name="Whose">Whose it was last, and what; null where it has no minute.</param>
/// <param name="Promise">The promise.</param>
/// <param name="Span">What it is about.</param>
/// <param name="Intervals">Its minutes, in order.</param>
/// <param name="Steps">The same in equal steps, which are shorter where the span is short.</param>
/// <param name="StepMinutes">A step's length.</param>
public sealed record VmUptime(
    string InstanceId, VmGroups? Whose, Objective Promise, UptimeSpan Span, IReadOnlyList<BookedInterval> Intervals, IReadOnlyList<SeriesPoint> Steps,
    int StepMinutes)
{
    /// <summary>Its minutes by cause and class.</summary>
    public CauseMinutes Minutes { get; } = CauseMinutes.Of(Intervals.Select(booked => booked.Interval));

    /// <summary>Whether the promise was kept.</summary>
    public SloVerdict Verdict => SloVerdicts.Of(Minutes.Tally, Promise.Target);

    /// <summary>What may be bad, and what is left of it.</summary>
    public Budget Budget => Budget.Of(Minutes.Tally, Promise.Target);

    /// <summary>The hour with the lowest SLI.</summary>
    public SeriesPoint? WorstHour => SeriesBook.Worst(Telling.Steps.Cut(Intervals.Select(booked => booked.Interval), 60));

    /// <summary>The UTC day with the lowest SLI.</summary>
    public SeriesPoint? WorstDay => SeriesBook.Worst(Telling.Steps.Cut(Intervals.Select(booked => booked.Interval), Minute.Day));

    /// <summary>The figure beside a cloud provider's own; of calendar months only.</summary>
    public double? Provider => Span.Month
        ? ProviderFigure.Of(Minutes.ByCause.Where(cause => ProviderFigure.Answers(cause.Key)).Sum(cause => cause.Value), 1, Span.From) : null;

    /// <summary>Reads it; null for a VM that the books do not know.</summary>
    public static async Task<VmUptime?> ReadAsync(
        NpgsqlDataSource database, IReadOnlyList<Objective> objectives, string instanceId, UptimeSpan span, CancellationToken ct)
    {
        if (!await VmGroups.KnowsAsync(database, instanceId, ct))
        {
            return null;
        }

        var intervals = await new VmBook(database).IntervalsAsync(instanceId, span.From, span.To, ct);
        var step = intervals.Count == 0 ? Minute.Day : Telling.Steps.LengthFor(span.To - intervals[0].Interval.From);
        return new(
            instanceId, intervals.Count == 0 ? null : await VmGroups.ReadAsync(database, intervals[^1].Group, ct),
            objectives.FirstOrDefault(objective => objective.Of == Dimension.Vm) ?? Objective.Recommended[0], span, intervals,
            Telling.Steps.Cut(intervals.Select(booked => booked.Interval), step), step);
    }
}
