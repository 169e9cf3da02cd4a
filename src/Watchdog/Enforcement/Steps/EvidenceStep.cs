using Microsoft.Extensions.Options;
using Watchdog.Diagnostics;
using Watchdog.Enforcement.Plans;
using Watchdog.Ledger;
using Watchdog.Telemetry;

namespace Watchdog.Enforcement.Steps;

/// <summary>
/// Console text, screenshot and a look inside, each where it is to be had, all within a time limit: what the act that follows takes away.
/// Nothing that goes wrong here delays the containment beyond the limit.
/// </summary>
public sealed class EvidenceStep(
    IActuator actuator, IGuestProbe probe, StepGate gate, StepJournal journal, ExhibitTable exhibits, Clocks clocks, IOptions<EnforcementOptions> options,
    ILogger<EvidenceStep> log) : IStep
{
    private static readonly TimeSpan ReadAgain = TimeSpan.FromSeconds(5);

    /// <inheritdoc/>
    public IReadOnlyCollection<string> Kinds { get; } = [StepKinds.Evidence];

    /// <inheritdoc/>
    public async Task<StepOutcome> AdvanceAsync(StepRun run, CancellationToken ct)
    {
        var now = clocks.Fleet.GetUtcNow();
        if (run.Step.StartedAt is not { } started)
        {
            if (!await gate.OpenAsync(run, exposing: false, ct))
            {
                return StepOutcome.Braked;
            }

            var sent = await TakeAsync(run, ct);
            if (sent is null)
            {
                return await EndAsync(run, "no look inside: its agent did not take the command", ct);
            }

            await journal.NotedAsync(run.Fence, run.Step, sent, now, ct);
            return StepOutcome.WaitsUntil(Earlier(now + ReadAgain, now.AddSeconds(options.Value.EvidenceSeconds)));
        }

        // Cut off before it was noted whether a command was sent: what was stored stays, the look is not repeated.
        if (run.Step.Detail is not { Length: > 0 } command || run.Step.CalledAt is null)
        {
            return await EndAsync(run, "interrupted", ct);
        }

        if (await ReadAsync(run, command, ct) is { } output)
        {
            await exhibits.AddAsync(run.Fence, run.Act.Id, ExhibitTable.Guest, now, System.Text.Encoding.UTF8.GetBytes(output), "application/json", ct);
            return await EndAsync(run, "taken", ct);
        }

        var end = started.AddSeconds(options.Value.EvidenceSeconds);
        return now >= end ? await EndAsync(run, $"the guest did not answer within {options.Value.EvidenceSeconds} s", ct)
            : StepOutcome.WaitsUntil(Earlier(now + ReadAgain, end));
    }

    private async Task<StepOutcome> EndAsync(StepRun run, string how, CancellationToken ct)
    {
        await journal.DoneAsync(run.Fence, run.Step, clocks.Fleet.GetUtcNow(), how, ct);
        return StepOutcome.Done;
    }

    // Console, screenshot and the command go out together; the slowest of them has the limit's wall time.
    private async Task<string?> TakeAsync(StepRun run, CancellationToken ct)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(TimeSpan.FromSeconds(options.Value.EvidenceSeconds));
        var id = run.Act.InstanceId;
        var console = TryAsync(run, "console", async () =>
            await probe.ConsoleAsync(run.Scope, id, limit.Token) is { } text ? System.Text.Encoding.UTF8.GetBytes(text) : null, ct);
        var screen = TryAsync(run, "screenshot", async () => await actuator.ScreenshotAsync(run.Scope, id, limit.Token), ct);
        var command = TryAsync(run, "guest", async () =>
            (await probe.SendAsync(run.Scope, [id], $"evidence of act {run.Act.OperationId}", limit.Token)).GetValueOrDefault(id)?.CommandId, ct);
        await Task.WhenAll(console, screen, command);
        var now = clocks.Fleet.GetUtcNow();
        if (await console is { Length: > 0 } text)
        {
            await exhibits.AddAsync(run.Fence, run.Act.Id, ExhibitTable.Console, now, text, "text/plain", ct);
        }

        if (await screen is { Length: > 0 } picture)
        {
            await exhibits.AddAsync(run.Fence, run.Act.Id, ExhibitTable.Screenshot, now, picture, "image/jpeg", ct);
        }

        return await command;
    }

    private async Task<string?> ReadAsync(StepRun run, string command, CancellationToken ct) =>
        await TryAsync(run, "guest", async () =>
            await probe.ReadAsync(run.Scope, command, run.Act.InstanceId, ct) is { State: InvocationState.Done, Output: { Length: > 0 } output } ? output : null, ct);

    private async Task<T?> TryAsync<T>(StepRun run, string what, Func<Task<T?>> take, CancellationToken ct)
        where T : class
    {
        try
        {
            return await take();
        }
        catch (Exception fault) when (!ct.IsCancellationRequested)
        {
            Log.EvidenceMissed(log, run.Act.InstanceId, what, fault.Message);
            return null;
        }
    }

    private static DateTimeOffset Earlier(DateTimeOffset a, DateTimeOffset b) => a < b ? a : b;
}
