using Watchdog.Detectors.Findings;
using Watchdog.Sweeps.Explaining;

namespace Watchdog.Cli;

/// <summary>An explanation as JSON; its names are a contract. An absent number is null.</summary>
internal sealed record ExplainReport(
    string Subject, string About, DateTimeOffset At, string RuleVersion, IReadOnlyList<StageAnswer> Stages, IReadOnlyList<ExplainFinding> Findings,
    IReadOnlyList<ExplainChart> Charts)
{
    public static ExplainReport Of(Explanation of) => new(of.Subject, of.About, of.At, of.RuleVersion, of.Stages,
        [.. of.Findings.Select(finding => new ExplainFinding(
            Finding.NameOf(finding.Class), finding.Verdict.ToString().ToLowerInvariant(), finding.Score, finding.Reason,
            [.. finding.Evidence.Select(piece => new ExplainPiece(piece.Code, piece.Family.ToString(), piece.Weight, piece.Decisive, piece.Sentence))]))],
        [.. of.Charts.Select(chart => new ExplainChart(
            chart.Metric, chart.Unit, chart.Start, chart.PeriodSeconds, [.. chart.Values.Select(value => float.IsFinite(value) ? value : (float?)null)]))]);
}

/// <summary>One class.</summary>
internal sealed record ExplainFinding(string Class, string Verdict, double Score, string Reason, IReadOnlyList<ExplainPiece> Evidence);

/// <summary>One piece of evidence; a negative weight exculpates.</summary>
internal sealed record ExplainPiece(string Code, string Family, double Weight, bool Decisive, string Sentence);

/// <summary>One metric.</summary>
internal sealed record ExplainChart(string Metric, string Unit, DateTimeOffset Start, int PeriodSeconds, IReadOnlyList<float?> Values);
