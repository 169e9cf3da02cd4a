using Microsoft.Extensions.Options;
using Npgsql;
using Watchdog.Detectors.Findings;
using Watchdog.Detectors.Mining;
using Hysteresis = Watchdog.Detectors.Findings.EpisodeChange;

namespace Watchdog.Detection;

/// <summary>Folds a run's findings into episodes: opened, confirmed and closed with hysteresis, each step with its frozen evidence.</summary>
public sealed class Episodes(NpgsqlDataSource database, IOptions<DetectionOptions> options)
{
    // The classes of abuse and of failing health; idleness is another room's.
    private static readonly FindingClass[] Classes =
        [FindingClass.Miner, FindingClass.ForkBomb, FindingClass.Runaway, FindingClass.Panic, FindingClass.HostFault];

    /// <summary>Decides the moves, and what remains of each judged suspect. Writes nothing.</summary>
    public async Task<IReadOnlyList<EpisodeMove>> FoldAsync(ShardView view, CancellationToken ct)
    {
        var judged = view.Subjects.Values.Where(subject => subject.Findings.Count > 0).ToList();
        var suspicious = judged.Where(subject => subject.Findings.Any(IsSuspicious)).Select(subject => subject.Vm.InstanceId).ToArray();
        var quiet = view.Now.AddHours(-Classes.Max(@class => EpisodeOptions.For(@class).QuietHours));
        var closed = suspicious.Length == 0 ? [] : await EpisodeTable.ClosedAsync(database, suspicious, quiet, ct);
        List<EpisodeMove> moves = [];
        foreach (var subject in judged)
        {
            Fold(subject, closed, view, moves);
        }

        var ended = moves.Where(move => move.Step == EpisodeStep.Closed).Select(move => move.Open!.Id).ToHashSet();
        var begun = moves.Where(move => move.Open is null).Select(move => move.Vm.InstanceId).ToHashSet(StringComparer.Ordinal);
        foreach (var subject in view.Subjects.Values)
        {
            var open = begun.Contains(subject.Vm.InstanceId) || subject.Open.Any(episode => !ended.Contains(episode.Id));
            subject.After = Suspicion.After(subject, open, view.Now, options.Value);
        }

        return moves;
    }

    private static void Fold(
        Subject subject, Dictionary<(string, FindingClass), DateTimeOffset> closed, ShardView view, List<EpisodeMove> moves)
    {
        var now = view.Now;
        Dictionary<FindingClass, EpisodeState> states = [];
        foreach (var @class in Classes)
        {
            // Dead and host fault share a detector: the class that it did not speak of is clear by that.
            var finding = subject.Findings.FirstOrDefault(f => f.Class == @class) ?? Unspoken(subject, @class);
            var open = subject.Open.FirstOrDefault(episode => episode.Class == @class);
            var before = open?.State ?? (subject.After?.Detail.Hysteresis?.GetValueOrDefault(@class) ?? default) with
            {
                OpenedAt = null, ClosedAt = closed.TryGetValue((subject.Vm.InstanceId, @class), out var at) ? at : null,
            };
            var step = EpisodeRule.Next(before, finding.Verdict, now, EpisodeOptions.For(@class));
            if (open is null && step.Change != Hysteresis.Opened)
            {
                Keep(states, @class, step.State);
                continue;
            }

            var taken = StepOf(open, step.Change, finding);
            moves.Add(new EpisodeMove(
                subject.Vm, open, taken, step.State, OnsetOf(subject, finding, now), finding, taken is null ? null : Frozen.Of(subject),
                taken is not null && subject.Judged?.Guest.Snapshot is { } snapshot ? BusiestExecutable.Of(snapshot) : null));
        }

        if (subject.After is { } suspect)
        {
            subject.After = suspect with { Detail = suspect.Detail with { JudgedAt = now, Indicators = view.Indicators.Version, Hysteresis = states.Count == 0 ? null : states } };
        }
    }

    private static EpisodeStep? StepOf(Episode? open, Hysteresis change, Finding finding) =>
        change == Hysteresis.Closed ? EpisodeStep.Closed
        : finding.Verdict == Verdict.Confirmed && open?.ConfirmedAt is null ? EpisodeStep.Confirmed
        : open is null ? EpisodeStep.Opened
        : open is { ConfirmedAt: null, Silenced: false } && IsSuspicious(finding) && finding.StandsOnLostAgent() ? EpisodeStep.Silenced
        : null;

    // Only what the next finding needs: a class that was never suspicious has no state.
    private static void Keep(Dictionary<FindingClass, EpisodeState> states, FindingClass @class, in EpisodeState state)
    {
        if (state.Recent != 0)
        {
            states[@class] = state;
        }
    }

    private static Finding Unspoken(Subject subject, FindingClass @class)
    {
        var twin = subject.Findings.FirstOrDefault(f => f.Class is FindingClass.Panic or FindingClass.HostFault);
        return new Finding(@class, twin?.Verdict == Verdict.CannotTell ? Verdict.CannotTell : Verdict.Clear, 0, twin?.Reason ?? "Nobody asked.", []);
    }

    private static DateTimeOffset OnsetOf(Subject subject, Finding finding, DateTimeOffset now) => finding.Class switch
    {
        FindingClass.Panic or FindingClass.HostFault => subject.Status?.ImpairedSince ?? subject.After?.Onset ?? now,
        FindingClass.ForkBomb => subject.Judged?.Hypervisor.CeilingAt ?? subject.After?.Onset ?? subject.Screen?.Onset ?? now,
        _ => subject.After?.Detail.Triage?.Onset ?? subject.After?.Onset ?? subject.Screen?.Onset ?? now,
    };

    private static bool IsSuspicious(Finding finding) => finding.Verdict is Verdict.Suspicion or Verdict.Confirmed;
}
