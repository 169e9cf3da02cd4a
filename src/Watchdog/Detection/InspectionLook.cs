using Microsoft.Extensions.Options;
using Watchdog.Detectors.Facts;
using Watchdog.Detectors.Findings;
using Watchdog.Detectors.Screening;
using Watchdog.Inventory;
using Watchdog.Telemetry;

namespace Watchdog.Detection;

/// <summary>
/// The deep look: reads the answers of commands on their way, then asks the agents of suspects that are due and sends new ones. Nothing
/// waits here: an answer that is not there yet is read by a later run.
/// </summary>
public sealed class InspectionLook(IGuestProbe probe, IOptions<DetectionOptions> options, ILogger<InspectionLook> log)
{
    /// <summary>Reads first, then sends.</summary>
    public async Task RunAsync(ShardView view, CancellationToken ct)
    {
        await ReadAsync(view, ct);
        var due = view.Subjects.Values.Where(subject => Inspections.IsOwed(subject.After, view.Now)).OrderByDescending(Urgency).ThenBy(s => s.After!.DueAt);
        foreach (var ofScope in due.Take(options.Value.LooksASweep).GroupBy(subject => subject.Vm.Scope).ToList())
        {
            await AskAsync(view, view.Scopes[ofScope.Key], [.. ofScope], ct);
        }
    }

    /// <summary>Reads the answers of commands that are on their way; true when some are not there yet.</summary>
    public async Task<bool> ReadAsync(ShardView view, CancellationToken ct)
    {
        var pending = view.Subjects.Values.Where(subject => subject.After is { Stage: SuspectStage.Inspection or SuspectStage.Recall, CommandId: not null }).ToList();
        await Parallel.ForEachAsync(pending, new ParallelOptions { MaxDegreeOfParallelism = 8, CancellationToken = ct }, async (subject, token) =>
        {
            var scope = view.Scopes[subject.Vm.Scope];
            var answer = await TryAsync(view, scope, "Reading an inspection", () => probe.ReadAsync(scope, subject.After!.CommandId!, subject.Vm.InstanceId, token));
            if (answer is not null)
            {
                subject.After = Inspections.AfterAnswer(subject.After!, answer, view.Now, options.Value);
                subject.After = Recall.AfterLook(subject.After, view.Indicators, view.Now, options.Value);
                // What is what it was says nothing new.
                subject.Looked |= subject.After is { CommandId: null, Stage: not SuspectStage.Benign };
            }
        });
        await ConsolesAsync(view, pending.Where(subject => subject.After!.CommandId is null), ct);
        return pending.Exists(subject => subject.After!.CommandId is not null);
    }

    private async Task AskAsync(ShardView view, Scope scope, List<Subject> subjects, CancellationToken ct)
    {
        var ids = subjects.ConvertAll(subject => subject.Vm.InstanceId);
        var agents = await TryAsync(view, scope, "Asking for agents", () => probe.AgentsAsync(scope, ids, ct));
        var online = subjects.Where(subject => StateOf(agents, subject) == AgentState.Online).ToList();
        var sent = online.Count == 0 ? null : await TryAsync(view, scope, "Sending inspections",
            () => probe.SendAsync(scope, online.ConvertAll(subject => subject.Vm.InstanceId), "Watchdog looks into a suspicion", ct));
        foreach (var subject in subjects)
        {
            var command = sent?.GetValueOrDefault(subject.Vm.InstanceId);
            if (command?.Refusal is { } refusal)
            {
                Log.LookRefused(log, subject.Vm.InstanceId, refusal);
            }

            subject.After = Inspections.AfterAsking(subject.After!, agents?.GetValueOrDefault(subject.Vm.InstanceId), command?.CommandId, view.Now, options.Value);
            subject.After = Recall.AfterLook(subject.After, view.Indicators, view.Now, options.Value);
            subject.Looked |= subject.After.Detail.LookedAt == view.Now;
        }

        await ConsolesAsync(view, subjects, ct);
    }

    // The console costs a call a VM: only where the guest cannot speak for itself, or its checks fail.
    private async Task ConsolesAsync(ShardView view, IEnumerable<Subject> subjects, CancellationToken ct)
    {
        var mute = subjects.Where(subject => subject.After!.CommandId is null && subject.After.Detail.Guest?.State is not GuestState.Read
            || subject.Status is { } status && HealthLook.Fails(status)).ToList();
        await Parallel.ForEachAsync(mute, new ParallelOptions { MaxDegreeOfParallelism = 4, CancellationToken = ct }, async (subject, token) =>
        {
            var scope = view.Scopes[subject.Vm.Scope];
            if (await TryAsync(view, scope, "Reading a console", () => probe.ConsoleAsync(scope, subject.Vm.InstanceId, token)) is { } text)
            {
                subject.After = subject.After! with { Detail = subject.After.Detail with { Console = new ConsoleReading(Inspections.Tail(text), null) } };
            }
        });
    }

    private async Task<T?> TryAsync<T>(ShardView view, Scope scope, string call, Func<Task<T>> ask) where T : class?
    {
        try
        {
            return await ask();
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            Log.CallFailed(log, fault, call, scope.Key, 1);
            view.Fail();
            return null;
        }
    }

    private static AgentState StateOf(IReadOnlyDictionary<string, AgentStatus>? agents, Subject subject) =>
        agents?.GetValueOrDefault(subject.Vm.InstanceId)?.State ?? AgentState.Unknown;

    // Death and its doubles first, then the ones that were looked at least; what work explains and what is remembered comes last.
    private static int Urgency(Subject subject) =>
        (subject.Status is { } status && HealthLook.Fails(status) ? 100 : 0) + (subject.After!.Class == Finding.NameOf(FindingClass.ForkBomb) ? 50 : 0)
        - Math.Min(subject.After.Looks, 10) - (subject.After.Detail.Triage is { Outcome: TriageOutcome.Explained } ? 20 : 0)
        - (subject.After.Stage == SuspectStage.Recall ? 20 : 0);
}
