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
    /// <summary>Whether the form shows each case; where it does not, none is read.</summary>
    bool ShowsCases => true;

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
/// The quarantine report: what was found, why, what was done and when, and who ruled what. The sums come first, counted by the database, then the cases one by one, of
/// which it keeps none; all out of one snapshot.
/// </summary>
/// <param name="window">How far back rulings count for the detectors' precision: <c>Policy:Precision:Window</c>.</param>
public sealed class QuarantineReport(NpgsqlDataSource database, ICurveSource source, TimeSpan window)
{
    /// <summary>The sums alone.</summary>
    public async Task<Summary> SummarizeAsync(ReportSpan span, CancellationToken ct)
    {
        await using var reader = await CaseReader.OpenAsync(database, span, ct);
        return await reader.SummaryAsync(window, ct);
    }

    /// <summary>Writes it; returns how many cases there are.</summary>
    public async Task<int> WriteAsync(ReportSpan span, IReportForm form, CancellationToken ct)
    {
        await using var reader = await CaseReader.OpenAsync(database, span, ct);
        var summary = await reader.SummaryAsync(window, ct);
        await form.BeginAsync(span, summary);
        if (form.ShowsCases)
        {
            await foreach (var of in reader.CasesAsync(ct))
            {
                await form.CaseAsync(of, await CurvesAsync(reader, of, form, ct));
            }
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
