using Npgsql;

namespace Watchdog.Reports.Quarantine;

/// <summary>What a report is about.</summary>
/// <param name="Since">Cases opened since then.</param>
/// <param name="Until">And before then.</param>
/// <param name="At">When the report is made, fleet time.</param>
public sealed record ReportSpan(DateTimeOffset Since, DateTimeOffset Until, DateTimeOffset At);

/// <summary>How a report is written.</summary>
public interface IReportForm
{
    /// <summary>Whether the form shows curves; where it does not, none are read.</summary>
    bool ShowsCurves { get; }

    /// <summary>The beginning, with what all cases come to.</summary>
    Task BeginAsync(ReportSpan span, Summary summary);

    /// <summary>One case.</summary>
    Task CaseAsync(ReportedCase of, Curves curves);

    /// <summary>The end.</summary>
    Task EndAsync();
}

/// <summary>
/// The quarantine report: what was found, why, what was done and when, and who ruled what. Walks through the cases twice in one snapshot,
/// first for the sums and then for the cases, and keeps none of them.
/// </summary>
public sealed class QuarantineReport(NpgsqlDataSource database, ICurveSource source)
{
    /// <summary>Writes it; returns how many cases there are.</summary>
    public async Task<int> WriteAsync(ReportSpan span, IReportForm form, CancellationToken ct)
    {
        await using var reader = await CaseReader.OpenAsync(database, span.Since, span.Until, ct);
        var summary = new Summary();
        await foreach (var of in reader.CasesAsync(ct))
        {
            summary.Add(of);
        }

        await form.BeginAsync(span, summary);
        await foreach (var of in reader.CasesAsync(ct))
        {
            await form.CaseAsync(of, await CurvesAsync(reader, of, form, ct));
        }

        await form.EndAsync();
        return summary.Cases;
    }

    private async Task<Curves> CurvesAsync(CaseReader reader, ReportedCase of, IReportForm form, CancellationToken ct)
    {
        if (!form.ShowsCurves)
        {
            return Curves.Absent(of.DecidedAt);
        }

        var curves = Curves.OfEvidence(of.DecidedAt, await reader.FrozenAsync(of, ct));
        await source.FillAsync(of.Case, curves, ct);
        return curves;
    }
}
