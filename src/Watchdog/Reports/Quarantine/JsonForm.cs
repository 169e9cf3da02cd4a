using System.Text.Encodings.Web;
using System.Text.Json;
using Watchdog.Diagnostics;
using Watchdog.Ledger;

namespace Watchdog.Reports.Quarantine;

/// <summary>One JSON document, written as it is read; its shape is documented in docs/reports.md and is a contract.</summary>
public sealed class JsonForm(TextWriter output) : IReportForm
{
    internal static readonly JsonSerializerOptions Shape = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        // A file is no web page: a plus sign may look like one. Control characters are escaped all the same.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private string _separator = "\n";

    /// <inheritdoc/>
    public bool ShowsCurves => true;

    /// <inheritdoc/>
    public async Task BeginAsync(ReportSpan span, Summary summary)
    {
        await output.WriteAsync($"{{\"since\":{Write(span.Since)},\"until\":{Write(span.Until)},\"generated_at\":{Write(span.At)},");
        await output.WriteAsync($"\"version\":{Write(ProgramVersion.Current)},\n\"summary\":{SummaryJson.Of(summary).GetRawText()},\n\"cases\":[");
    }

    /// <inheritdoc/>
    public async Task CaseAsync(ReportedCase of, Curves curves)
    {
        await output.WriteAsync(_separator + Write(CaseShape(of, curves)));
        _separator = ",\n";
    }

    /// <inheritdoc/>
    public Task EndAsync() => output.WriteAsync("\n]}\n");

    private static string Write<T>(T value) => JsonSerializer.Serialize(value, Shape);

    private static object CaseShape(ReportedCase of, Curves curves) => new
    {
        of.Case.Id, of.Case.InstanceId, of.Case.Owner, of.Case.Class, of.Case.State, Outcome = CaseOutcomes.NameOf(of.Outcome), of.Case.Score,
        of.Case.Reason, of.Case.RuleVersion, of.Case.OpenedAt, of.Case.ClosedAt, of.Case.LeadCase,
        Clock = of.Case.Clock is { } clock ? new { clock.At, clock.Does, clock.FiredAt } : null,
        Times = new
        {
            of.Times.Onset, of.Times.Contained, of.Times.Verified, of.Times.Released,
            MinutesToDetection = of.Times.MinutesTo(of.Times.Detected), MinutesToContainment = of.Times.MinutesTo(of.Times.Contained),
            MinutesToVerification = of.Times.MinutesTo(of.Times.Verified), of.Times.Ruled, of.Times.MinutesToRuling, ExposedSeconds = of.Times.Exposures.Select(Known),
        },
        Episodes = of.Findings.Select(f => new
        {
            f.Episode.Class, f.Episode.Onset, f.Episode.EndedAt, f.Episode.Score, f.Episode.Reason,
            Evidence = (f.Finding?.Evidence ?? []).Select(e => new
            {
                Family = JsonNamingPolicy.KebabCaseLower.ConvertName(e.Family.ToString()), e.Code, e.Weight, e.Decisive, e.Sentence,
            }),
        }),
        Acts = of.Acts.Select(ActShape),
        Rulings = of.Rulings.Select(r => new { r.At, r.Ruling, By = r.Actor, r.Reason }),
        Timeline = of.Timeline.Select(line => new { line.At, line.What, By = line.Actor, line.RuleVersion, line.EvidenceSha256 }),
        Curves = new { curves.DecidedAt, Curves.PeriodSeconds, Start = curves.Cpu.Start, Cpu = Points(curves.Cpu), NetworkIn = Points(curves.NetworkIn), NetworkOut = Points(curves.NetworkOut) },
    };

    private static object ActShape(ReportedAct of) => new
    {
        of.Act.Id, of.Act.Kind, of.Act.State, By = of.Act.Actor, of.Act.ApprovedBy, of.Act.Reason, of.Act.Detail, of.Act.RuleVersion,
        of.Act.ProposedAt, of.Act.AdmittedAt, of.Act.DoneAt, of.EscalatedFrom, Verification = LedgerJson.Embed(of.VerificationJson),
        Steps = of.Steps.Select(s => new
        {
            s.Step.Kind, s.Step.Target, s.Step.IamAction, s.Step.State, s.Step.StartedAt, s.Step.CalledAt, s.Step.DoneAt, s.ExposedAt, s.CoveredAt, s.Step.Detail,
        }),
        Exhibits = of.Exhibits.Select(e => new { e.Kind, e.At, e.Bytes }),
    };

    private static double? Known(double value) => double.IsNaN(value) ? null : value;

    // Null where there is no point at all: two hundred nulls say no more.
    private static IEnumerable<float?>? Points(Curve curve) => curve.HasData ? curve.Values.Select(v => float.IsNaN(v) ? (float?)null : v) : null;
}
