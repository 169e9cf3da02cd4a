using Npgsql;
using Watchdog.Detection;
using Watchdog.Detectors.Findings;
using Watchdog.Diagnostics;
using Watchdog.Diagnostics.Instruments;
using Watchdog.IdleShutdown;
using Watchdog.Inventory;
using Watchdog.Ledger;
using Watchdog.Storage;
using Watchdog.Telemetry;
using Watchdog.Telemetry.Spending;
using EpisodeChange = Watchdog.Detection.EpisodeChange;
using EpisodeStep = Watchdog.Detection.EpisodeStep;

namespace Watchdog.Sweeps;

/// <summary>What follows an episode's steps, in the transaction that stores them: Policy opens cases and proposes acts.</summary>
public delegate Task EpisodeFollower(
    NpgsqlConnection connection, NpgsqlTransaction transaction, IReadOnlyList<EpisodeChange> changes, DateTimeOffset now, CancellationToken ct);

/// <summary>
/// Sweeps a set of shards once: a function of AWS and the database, without state of its own. Quartz runs it for one shard, the command
/// line and the demo for all. Everything that it decides is written in one transaction at its end, under its leases.
/// </summary>
public sealed class ShardSweep(
    NpgsqlDataSource database, Clocks clocks, Node node, ShardFacts facts, ScopeCatalog scopes, Looks looks, Departed departed, SpendBook spending,
    EpisodeFollower follow, ILogger<ShardSweep> log)
{
    /// <summary>How long a run's verdicts stand; a shard that was not swept for longer has every VM due.</summary>
    private static readonly TimeSpan LastSweep = TimeSpan.FromDays(1);

    /// <summary>Runs once.</summary>
    /// <param name="shards">Shards, 0 to 63.</param>
    /// <exception cref="FencedException">Another worker took one of the shards; what was not written yet is void.</exception>
    /// <exception cref="NpgsqlException">The database is away; nothing is half written, and the next run starts anew.</exception>
    public async Task<SweepReport> RunAsync(IReadOnlyList<int> shards, SweepDepth depth, CancellationToken ct)
    {
        var seconds = new StageSeconds(clocks.Wall);
        var start = clocks.Wall.GetTimestamp();
        var fence = await Leases.TakeAsync(database, shards.Select(Leases.ShardOf), node.Name, clocks.Wall.GetUtcNow(), ct);
        var now = clocks.Fleet.GetUtcNow();
        short[] keys = [.. shards.Select(shard => (short)shard)];
        var last = await ShardRunTable.LastAsync(database, keys, now - LastSweep, now, ct);
        var blind = await ShardRunTable.BlindAsync(database, keys, ct);
        var thrift = (await spending.SettleAsync(ct)).Level;
        var everywhere = (await scopes.LoadAsync(ct)).ToDictionary(scope => scope.Id);
        var view = await seconds.TimeAsync("facts", () => facts.LoadAsync(keys, everywhere, blind, fence, now, depth == SweepDepth.Everything, ct));
        var before = blind.ToHashSet(StringComparer.Ordinal);

        looks.Health(view);
        await seconds.TimeAsync("screen", () => looks.ScreenAsync(view, Due(view, last, depth, ThriftRules.QuietTicks(thrift)), ct));
        await seconds.TimeAsync("triage", () => looks.TriageAsync(view, shards.Count, readPast: depth == SweepDepth.Cadence && thrift < Thrift.NoPast, ct));
        await seconds.TimeAsync("inspection", () => looks.InspectAsync(view, depth, ct));
        using (Spans.Begin("judgement"))
        {
            looks.Judge(view);
        }

        await seconds.TimeAsync("episodes", () => StoreAsync(view, keys, before, start, ct));
        await Leases.DoneAsync(database, fence, clocks.Wall.GetUtcNow(), ct);
        await spending.SettleAsync(ct);

        var report = ReportOf(view, seconds);
        Log.SweepEnded(log, shards.Count, report.Vms, report.Judged, report.Unknown, report.Findings.Count, report.Failures);
        return report;
    }

    // The screen's cadence, every suspect whose next look has come, and every failing VM that is to be judged: a verdict needs its numbers.
    private static List<Vm> Due(ShardView view, Dictionary<short, DateTimeOffset> last, SweepDepth depth, int quietTicks)
    {
        List<Vm> due = [];
        foreach (var vm in view.Vms)
        {
            var subject = view.SubjectOrNull(vm.InstanceId);
            var suspect = subject?.After ?? view.Suspects.GetValueOrDefault(vm.InstanceId);
            DateTimeOffset? before = last.TryGetValue(vm.Shard, out var at) ? at : null;
            var watched = suspect is { Stage: not SuspectStage.Benign } || view.Episodes.Contains(vm.InstanceId);
            if (depth == SweepDepth.Everything || ScreenCadence.IsDue(vm, watched, before, view.Now, quietTicks)
                || (subject is not null && Judging.IsDue(subject, view))
                || (suspect is { Stage: SuspectStage.Inspection or SuspectStage.Triage or SuspectStage.Recall } && Inspections.IsDue(suspect, view.Now))
                || (suspect is { Stage: SuspectStage.Inspection, Detail.Indicators: { } judgedBy } && judgedBy != view.Indicators.Version))
            {
                due.Add(vm);
            }
        }

        return due;
    }

    private async Task StoreAsync(ShardView view, short[] shards, HashSet<string> blindBefore, long start, CancellationToken ct)
    {
        var moves = await looks.FoldAsync(view, ct);
        var ended = await departed.EpisodesAsync(view, ct);
        var changed = view.Subjects.Values.Where(subject => !ReferenceEquals(subject.Before, subject.After)).ToList();
        List<Suspect> keep = [.. changed.Select(subject => subject.After).OfType<Suspect>()];
        List<string> forget = [.. Departed.Suspects(view), .. changed.Where(subject => subject.After is null).Select(subject => subject.Vm.InstanceId)];
        // Nobody will decide on what is remembered as benign.
        List<(string, KeptContext)> read = [.. view.Subjects.Values
            .Where(subject => subject is { Context: not null, After.Stage: not SuspectStage.Benign }).Select(subject => (subject.Vm.InstanceId, subject.Context!))];
        var counts = Counts(view, shards, blindBefore);
        IReadOnlyList<EpisodeChange> steps = [];
        await FencedWrite.RunAsync(database, view.Fence, async (connection, transaction) =>
        {
            await SuspectTable.SaveAsync(connection, transaction, keep, ct);
            await SuspectTable.KeepAsync(connection, transaction, read, ct);
            await SuspectTable.RemoveAsync(connection, transaction, forget, ct);
            steps = await EpisodeTable.SaveAsync(connection, transaction, [.. moves, .. ended], view.Now, ct);
            await follow(connection, transaction, steps, view.Now, ct);
            await IdleWatch.FollowAsync(connection, transaction, view.Resting, shards, view.Now, ct);
            await ShardRunTable.SaveAsync(
                connection, transaction, counts, view.Now, node.Name, clocks.Wall.GetElapsedTime(start).TotalSeconds, ct);
        }, ct);
        foreach (var step in steps)
        {
            Count(step, view.Now);
            Log.EpisodeStepped(log, step.Vm.InstanceId, Finding.NameOf(step.Finding.Class), step.Step, step.Finding.Score, step.Finding.Reason);
        }
    }

    private static void Count(EpisodeChange step, DateTimeOffset now)
    {
        if (step.Step == EpisodeStep.Opened)
        {
            CaseMeters.Suspected(Finding.NameOf(step.Finding.Class));
        }
        else if (step.Step == EpisodeStep.Confirmed)
        {
            CaseMeters.Confirmed(Finding.NameOf(step.Finding.Class), now - step.Onset);
        }
    }

    private static List<ShardCount> Counts(ShardView view, short[] shards, HashSet<string> blindBefore)
    {
        var epochs = view.Fence.Names.Zip(view.Fence.Epochs).ToDictionary(pair => pair.First, pair => pair.Second);
        var seen = view.Vms.ToLookup(vm => vm.Shard);
        var known = blindBefore.ToLookup(Shard.Of);
        List<ShardCount> counts = [];
        foreach (var shard in shards)
        {
            // A VM that stopped is not blind any more: it is not asked for.
            var blind = seen[shard].Select(vm => vm.InstanceId).Where(view.Blind.Contains).ToHashSet(StringComparer.Ordinal);
            counts.Add(new ShardCount(
                shard, epochs[Leases.ShardOf(shard)], seen[shard].Count(), blind, !blind.SetEquals(known[shard]), view.Levels.Of(shard)));
        }

        return counts;
    }

    private static SweepReport ReportOf(ShardView view, StageSeconds seconds)
    {
        var unknown = view.Vms.Count(vm => view.Blind.Contains(vm.InstanceId));
        var findings = view.Subjects.Values.SelectMany(subject => subject.Findings
                .Where(finding => finding.Class != FindingClass.Idle && finding.Verdict is Verdict.Suspicion or Verdict.Confirmed)
                .Select(finding => new SweepFinding(
                    subject.Vm.InstanceId, Finding.NameOf(finding.Class), finding.Verdict == Verdict.Confirmed, finding.Score, finding.Reason)))
            .OrderByDescending(finding => finding.Score).ThenBy(finding => finding.InstanceId, StringComparer.Ordinal).ToList();
        return new SweepReport(view.Vms.Count, view.Vms.Count - unknown, unknown, findings, seconds.All, view.Failures);
    }
}
