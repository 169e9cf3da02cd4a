using System.Globalization;
using Watchdog.Detectors.Findings;
using Watchdog.Diagnostics;
using Watchdog.Ledger;

namespace Watchdog.Reports.Quarantine;

/// <summary>Markdown for people: the sums first, then a section a case with its curves. Every text of others is shown and not obeyed.</summary>
public sealed class MarkdownForm(TextWriter output) : IReportForm
{
    /// <inheritdoc/>
    public bool ShowsCurves => true;

    /// <inheritdoc/>
    public async Task BeginAsync(ReportSpan span, Summary summary)
    {
        await LineAsync($"# Quarantine report, {At(span.Since)} to {At(span.Until)}");
        await LineAsync();
        await LineAsync($"Cases opened in that span, as of {At(span.At)}; Watchdog {ProgramVersion.Current}. Times are UTC.");
        await LineAsync();
        await MarkdownSummary.WriteAsync(output, summary);
        if (summary.Cases > 0)
        {
            await LineAsync("## Cases");
            await LineAsync();
        }
    }

    /// <inheritdoc/>
    public async Task CaseAsync(ReportedCase of, Curves curves)
    {
        var times = of.Times;
        await LineAsync($"### Case {of.Case.Id}: {Safe(of.Case.Class)} on {Safe(of.Case.InstanceId)} of {Safe(of.Case.Owner)}, {CaseOutcomes.NameOf(of.Outcome)}");
        await LineAsync();
        await LineAsync(Safe(of.Case.Reason));
        await LineAsync();
        await LineAsync(string.Create(CultureInfo.InvariantCulture, $"Score {of.Case.Score:F2}, rules {Safe(of.Case.RuleVersion)}, opened {At(of.Case.OpenedAt)}, state {Safe(of.Case.State)}{(of.Case.Clock is { } clock ? $", {clock.Words()}" : "")}."));
        await LineAsync(TimesOf(times));
        await LineAsync();
        foreach (var (episode, finding) in of.Findings)
        {
            await WhyAsync(episode, finding);
        }

        await DoneAsync(of);
        foreach (var ruling in of.Rulings)
        {
            await LineAsync($"- {At(ruling.At)}: {Safe(ruling.Actor)} ruled **{Safe(ruling.Ruling.Replace('_', ' '))}**: {Safe(ruling.Reason)}");
        }

        await LineAsync(of.Rulings.Count == 0 ? "Nobody has ruled." : "");
        await LineAsync();
        await ChartAsync("CPU", CurveSvg.Of([curves.Cpu], curves.DecidedAt, 100));
        await ChartAsync("network", CurveSvg.Of([curves.NetworkIn, curves.NetworkOut], curves.DecidedAt, null));
    }

    /// <inheritdoc/>
    public Task EndAsync() => Task.CompletedTask;

    private async Task WhyAsync(CaseEpisodeRecord episode, Finding? finding)
    {
        await LineAsync($"**Why {Safe(episode.Class)}**, since {At(episode.Onset)}{(episode.EndedAt is { } end ? $" until {At(end)}" : "")}:");
        await LineAsync();
        if (finding?.Evidence is not { Count: > 0 } evidence)
        {
            await LineAsync($"- {Safe(episode.Reason)} (its evidence cannot be read by this version)");
        }
        else
        {
            foreach (var piece in evidence.OrderByDescending(piece => piece.Weight))
            {
                var speaks = piece.Weight < 0 ? "against" : piece.Decisive ? "for, decisive" : "for";
                await LineAsync(string.Create(CultureInfo.InvariantCulture, $"- {speaks} ({piece.Weight:+0.0;-0.0;0.0}): {Safe(piece.Sentence)}"));
            }
        }

        await LineAsync();
    }

    private async Task DoneAsync(ReportedCase of)
    {
        if (of.Acts.Count == 0)
        {
            await LineAsync("Nothing was done and nothing is proposed.");
            await LineAsync();
            return;
        }

        await LineAsync("| at | what | by | detail |");
        await LineAsync("|---|---|---|---|");
        foreach (var (at, what, by, detail) in of.Acts.SelectMany(EventsOf).OrderBy(e => e.At))
        {
            await LineAsync($"| {At(at)} | {Safe(what)} | {Safe(by)} | {Safe(detail ?? "")} |");
        }

        await LineAsync();
        foreach (var act in of.Acts.Where(act => act.VerificationJson is not null || act.Exhibits.Count > 0))
        {
            var kept = string.Join(", ", act.Exhibits.Select(e => string.Create(CultureInfo.InvariantCulture, $"{e.Kind} of {At(e.At)} ({e.Bytes} bytes)")));
            await LineAsync($"- Act {act.Act.Id}{(act.VerificationJson is { } proof ? $", verification: {Safe(proof)}" : "")}{(kept.Length > 0 ? $"; kept: {kept}" : "")}");
        }

        await LineAsync();
    }

    private static IEnumerable<(DateTimeOffset At, string What, string By, string? Detail)> EventsOf(ReportedAct of)
    {
        var act = of.Act;
        yield return (act.ProposedAt, $"{act.Kind} proposed", act.Actor, of.EscalatedFrom is { } from ? $"escalated from act {from}: {act.Reason}" : act.Reason);
        if (act.AdmittedAt is { } admitted)
        {
            yield return (admitted, $"{act.Kind} admitted", act.ApprovedBy ?? Audit.Machine, null);
        }

        foreach (var step in of.Steps)
        {
            var open = step.ExposedAt is not { } exposed ? null
                : step.CoveredAt is { } covered ? string.Create(CultureInfo.InvariantCulture, $"interface open for {(covered - exposed).TotalSeconds:0.0} s")
                : $"interface open since {At(exposed)}, no cover recorded";
            if (step.At is { } at)
            {
                yield return (at, $"{step.Step.IamAction} on {step.Step.Target}: {step.Step.State}", Audit.Machine, open ?? step.Step.Detail);
            }
        }

        yield return (act.DoneAt ?? act.AdmittedAt ?? act.ProposedAt, $"{act.Kind} {act.State}", act.ApprovedBy ?? act.Actor, act.Detail);
    }

    private async Task ChartAsync(string what, string? svg)
    {
        await LineAsync(svg ?? $"No points of the {what} around the decision: neither the evidence nor the chosen source has any.");
        await LineAsync();
    }

    private static string TimesOf(CaseTimes times)
    {
        if (times.Onset is not { } onset)
        {
            return "When it began is not recorded.";
        }

        return $"Began {At(onset)}; detected {After(times.Detected)}, contained {After(times.Contained)}, verified {After(times.Verified)}{(times.MinutesToRuling is { } minutes ? string.Create(CultureInfo.InvariantCulture, $"; first ruled {minutes:0.0} min after the opening") : "")}.";

        string After(DateTimeOffset? at) => times.MinutesTo(at) is { } passed
            ? string.Create(CultureInfo.InvariantCulture, $"after {passed:0.0} min") : "not";
    }

    private static string At(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    private static string Safe(string text) => SafeText.Markdown(text);

    private Task LineAsync(string text = "") => output.WriteAsync(text + "\n");
}
