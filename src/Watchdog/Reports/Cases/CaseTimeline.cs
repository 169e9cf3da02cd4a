using System.Text.Json;
using Watchdog.Ledger;
using Watchdog.Reports.Pages;
using Watchdog.Reports.Quarantine;

namespace Watchdog.Reports.Cases;

/// <summary>Something that happened to a case.</summary>
/// <param name="What">In a few words.</param>
/// <param name="Detail">A sentence; null where there is no more to say.</param>
public sealed record Happening(DateTimeOffset At, string What, string Who, string? Detail);

/// <summary>All that happened to a case in the order of time: what the audit trail says, and between its lines the calls that were made.</summary>
public static class CaseTimeline
{
    private static readonly string[] Reasons = ["reason", "outcome", "detail"];

    /// <summary>Tells it.</summary>
    public static IReadOnlyList<Happening> Of(ReportedCase of) =>
        [.. Of(of.Findings.Select(found => found.Episode)).Concat(of.Timeline.Select(line => Of(line, of.Case.Reason))).Concat(of.Acts.SelectMany(Of)).OrderBy(one => one.At)];

    private static IEnumerable<Happening> Of(IEnumerable<CaseEpisodeRecord> episodes)
    {
        foreach (var episode in episodes)
        {
            yield return new(episode.Onset, $"{ClassMark.Words(episode.Class)} begins", "the VM", "By the data; it was found later.");
            if (episode.EndedAt is { } ended)
            {
                yield return new(ended, $"{ClassMark.Words(episode.Class)} ended", Audit.Machine, null);
            }
        }
    }

    private static Happening Of(AuditRecord line, string headline)
    {
        using var data = JsonDocument.Parse(line.DataJson);
        var (kind, detail) = (Text(data.RootElement, "kind"), Reasons.Select(name => Text(data.RootElement, name)).FirstOrDefault(text => text is not null));
        var what = line.What.Split('.', 2) switch
        {
            ["act", var state] when kind is not null => $"{kind} {state}",
            ["request", "done" or "refused" or "failed" or "accepted"] when kind is not null => $"{kind}, as asked for: {line.What["request.".Length..]}",
            ["request", var asked] => $"{asked} asked for",
            ["case", "ruled"] when Text(data.RootElement, "ruling") is { } ruling => $"ruled {Say.Words(ruling)}",
            _ => Say.Words(line.What.Replace('.', ' ')),
        };
        // The case's own reason stands above already; said with the opening alone.
        return new(line.At, what, line.Actor, detail == headline && line.What != "case.opened" ? null : detail);
    }

    private static IEnumerable<Happening> Of(ReportedAct act) => act.Steps
        .Where(step => step.Step.DoneAt is not null && step.Step.State != StepStates.Skipped)
        .Select(step => new Happening(step.At!.Value, $"{step.Step.IamAction} on {step.Step.Target}: {step.Step.State}", Audit.Machine, step.Step.Detail));

    private static string? Text(JsonElement data, string name) =>
        data.ValueKind == JsonValueKind.Object && data.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
