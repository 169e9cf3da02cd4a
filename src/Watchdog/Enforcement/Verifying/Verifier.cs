using Microsoft.Extensions.Options;
using Watchdog.Diagnostics;
using Watchdog.Enforcement.Steps;
using Watchdog.Inventory;
using Watchdog.Ledger;
using Watchdog.Storage;
using Watchdog.Telemetry;

namespace Watchdog.Enforcement.Verifying;

/// <summary>
/// Watches a quarantine whose changes are all in force until its traffic is seen at rest, or not. Holds nothing between two looks but what is
/// stored with the act.
/// </summary>
public sealed class Verifier(
    VmReader reader, IMetricSource metrics, IGuestProbe probe, EarlierLook earlier, ActJournal journal, ActEndings endings, Clocks clocks,
    IOptions<EnforcementOptions> options, ILogger<Verifier> log)
{
    private static readonly Metric[] Out = [Metric.NetworkOut];
    private static readonly TimeSpan Before = TimeSpan.FromHours(3);
    // A look inside needs a moment for the guest to try again; the second one is for a guest that did not answer.
    private static readonly TimeSpan FirstLook = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Again = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan NextPeriod = TimeSpan.FromMinutes(5);
    private const int MostLooks = 2;

    /// <summary>What is stored when the last interface was read back, and when to look first.</summary>
    public static (string Json, DateTimeOffset Until) Begin(DateTimeOffset now) => (LedgerJson.Write(new Observed(now)), now + FirstLook);

    /// <summary>Looks once.</summary>
    /// <exception cref="ActuatorException">The VM could not be read; Gone when it is.</exception>
    public async Task<ActOutcome> AdvanceAsync(Scope scope, Fence fence, ActRecord act, CancellationToken ct)
    {
        var now = clocks.Fleet.GetUtcNow();
        var vm = (await reader.ReadAsync(scope, act, guards: false, ct)).Vm;
        var seen = act.VerificationJson is { } json ? LedgerJson.Read<Observed>(json) : new Observed(now);
        seen = await InsideAsync(scope, act, seen, now, ct);
        if (now >= VerificationRules.FirstTraffic(seen.ContainedAt))
        {
            seen = await TrafficAsync(scope, act, seen, now, ct);
        }

        var verdict = VerificationRules.Judge(seen, vm.State, now, options.Value.VerifyMinutes);
        switch (verdict.Holding)
        {
            case Holding.Verified:
                await endings.VerifiedAsync(fence, act, verdict.Reason, now, ct);
                Log.ActVerified(log, act.Id, act.Kind, act.InstanceId);
                return ActOutcome.Done;
            case Holding.Unverifiable:
                await endings.UnverifiableAsync(fence, act, verdict.Reason, now, ct);
                Log.ActUnverifiable(log, act.Id, act.Kind, act.InstanceId, verdict.Reason);
                return ActOutcome.Ended;
            case Holding.Leaking:
                await endings.EscalatedAsync(fence, act, verdict.Reason, now, ct);
                Log.ActEscalated(log, act.Id, act.Kind, act.InstanceId, verdict.Reason);
                return ActOutcome.Ended;
            default:
                await journal.VerifyingAsync(fence, act, LedgerJson.Write(seen), NextLook(seen, now), verdict.Reason, ct);
                return ActOutcome.Waits;
        }
    }

    private static DateTimeOffset NextLook(Observed seen, DateTimeOffset now) =>
        seen.CommandId is not null || (seen.LookedAt is null && seen.Asked < MostLooks && seen.Asked > 0) ? now + Again
        : VerificationRules.FirstTraffic(seen.ContainedAt) is var first && first > now ? first
        : now + NextPeriod;

    private async Task<Observed> InsideAsync(Scope scope, ActRecord act, Observed seen, DateTimeOffset now, CancellationToken ct)
    {
        if (seen.LookedAt is not null || now < seen.ContainedAt + FirstLook)
        {
            return seen;
        }

        try
        {
            if (seen.CommandId is { } command)
            {
                var answer = await probe.ReadAsync(scope, command, act.InstanceId, ct);
                return answer.State switch
                {
                    InvocationState.Pending => seen,
                    InvocationState.Done when GuestSnapshotParser.Parse(answer.Output, now) is { } look => seen with
                    {
                        CommandId = null, LookedAt = now, Peers = ForeignPeers.In(look, await earlier.OfAsync(act, ct), seen.ContainedAt),
                    },
                    _ => seen with { CommandId = null },
                };
            }

            if (seen.Asked >= MostLooks)
            {
                return seen;
            }

            var sent = await probe.SendAsync(scope, [act.InstanceId], $"verification of act {act.OperationId}", ct);
            return seen with { Asked = seen.Asked + 1, CommandId = sent.GetValueOrDefault(act.InstanceId)?.CommandId };
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            // Nobody could be asked: that says nothing about the VM.
            Log.EvidenceMissed(log, act.InstanceId, "verification", fault.Message);
            return seen;
        }
    }

    private async Task<Observed> TrafficAsync(Scope scope, ActRecord act, Observed seen, DateTimeOffset now, CancellationToken ct)
    {
        var span = Telemetry.Windows.Trailing(now, now - seen.ContainedAt + Before);
        try
        {
            using var batch = (await metrics.ReadAsync(scope, [act.InstanceId], Out, span.Start, span.End, span.PeriodSeconds, ct))[0];
            return batch.Answered[0] ? seen.With(batch.Window(0)) : seen;
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            Log.EvidenceMissed(log, act.InstanceId, "NetworkOut", fault.Message);
            return seen;
        }
    }
}
