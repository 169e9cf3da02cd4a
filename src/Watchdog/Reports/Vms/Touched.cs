using Watchdog.Detection;
using Watchdog.Inventory;
using Watchdog.Ledger;
using Watchdog.Policy;
using Watchdog.Reports.Pages;
using static System.FormattableString;

namespace Watchdog.Reports.Vms;

/// <summary>What is stored of a VM that tells why it was touched, or was not.</summary>
/// <param name="Open">Its open case; null: it has none.</param>
/// <param name="InForce">Acts that hold it, or are about to.</param>
/// <param name="Suspect">What it is looked at more closely for; null: for nothing.</param>
/// <param name="Blind">The last screen had no point of it.</param>
/// <param name="ScreenedAt">When its shard was last screened; null: never.</param>
/// <param name="HistoryHours">Hours of usual CPU that are known.</param>
/// <param name="Brake">Why the brake is on; null: it is off.</param>
public sealed record TouchFacts(
    VmSheet Vm, CaseRecord? Open, IReadOnlyList<ActRecord> InForce, Suspect? Suspect, bool Blind, DateTimeOffset? ScreenedAt, int HistoryHours, Exemption? Exemption,
    PolicyMode Mode, string? Brake);

/// <summary>Tells why a VM was touched, or was not; pure. What decides comes first.</summary>
public static class Touched
{
    /// <summary>The reasons, a sentence each.</summary>
    public static IEnumerable<string> Why(TouchFacts facts)
    {
        foreach (var act in facts.InForce)
        {
            yield return Invariant($"Act {act.Id}, {act.Kind}, is {act.State} since {Say.Minute(act.DoneAt ?? act.AdmittedAt ?? act.ProposedAt)}")
                + (act.Reason == facts.Open?.Reason ? "." : $": {act.Reason}");
        }

        if (facts.Open is { } of)
        {
            yield return Invariant($"Case {of.Id} is {of.State}: {ClassMark.Words(of.Class)}, {Say.Percent(of.Score)}. {of.Reason}");
        }

        if (facts.Vm.GoneAt is { } gone)
        {
            yield return Invariant($"It is gone since {Say.Minute(gone)}: two complete listings did not show it any more.");
            yield break;
        }

        if (facts.Vm.State != "running")
        {
            yield return Invariant($"It is {facts.Vm.State} since {Say.Minute(facts.Vm.StateSince)}: only a running VM is judged.");
            yield break;
        }

        yield return Seen(facts);
        foreach (var belt in Belts(facts))
        {
            yield return belt;
        }
    }

    private static string Seen(TouchFacts facts) => facts switch
    {
        { ScreenedAt: null } => "It was never screened so far: nothing is known of it.",
        { Blind: true } => Invariant($"The screen of {Say.Minute(facts.ScreenedAt.Value)} had no point of its CPU: it counts as neither healthy nor guilty."),
        { Suspect: { } suspect } => Of(suspect),
        { HistoryHours: 0 } => Invariant($"The screen of {Say.Minute(facts.ScreenedAt.Value)} saw nothing to look into; no hour of its usual CPU is known yet."),
        _ => Invariant($"The screen of {Say.Minute(facts.ScreenedAt.Value)} saw nothing that is new for this VM; {facts.HistoryHours} h of its usual CPU are known."),
    };

    private static string Of(Suspect suspect) => suspect.Stage switch
    {
        SuspectStage.Hot => Invariant($"Its CPU is high since {Say.Minute(suspect.Onset)}, not yet long enough to tell: it is screened more often."),
        SuspectStage.Triage => Invariant($"A plateau since {Say.Minute(suspect.Onset)} is new for it; its network, disk and credits of 48 h are to be read."),
        SuspectStage.Inspection => Invariant($"It is looked into since {Say.Minute(suspect.OpenedAt)} ({suspect.Looks} looks inside so far, the next at {Say.Minute(suspect.DueAt)}): it most looks like {ClassMark.Words(suspect.Class)}.")
            + (suspect.Detail.Triage?.Reason is { } triage ? $" {triage}" : ""),
        SuspectStage.Benign when suspect.Detail.Cleared is { } cleared => Invariant($"Its plateau was found benign at {Say.Minute(cleared.At)} at {cleared.Level:0.#} % CPU{(cleared.Executable is { } program ? $", run by {program}" : "")}; the same one is not looked into again before {Say.Minute(suspect.DueAt)}."),
        SuspectStage.Benign => Invariant($"Its plateau was found benign; the same one is not looked into again before {Say.Minute(suspect.DueAt)}."),
        _ => Invariant($"A new plateau at a level that was found benign before: one look is owed, whether the same program runs it."),
    };

    private static IEnumerable<string> Belts(TouchFacts facts)
    {
        if (facts.Exemption is { } exemption)
        {
            yield return $"Nothing is done to it for abuse: {exemption.Sentence}.";
        }

        if (facts.Brake is { } brake)
        {
            yield return $"The brake is on, so that nothing new is done to any VM: {brake}";
        }

        if (facts.Mode != PolicyMode.Enforce)
        {
            yield return facts.Mode == PolicyMode.Observe ? "The policy's mode is observe: nothing is done to any VM."
                : "The policy's mode is propose: an act begins when a person confirms its case.";
        }
    }
}
