using Microsoft.Extensions.Options;
using Npgsql;
using Watchdog.Detectors.Verdicts;
using Watchdog.Diagnostics;
using Watchdog.Inventory;
using Watchdog.Ledger;
using Watchdog.Policy;
using Watchdog.Storage;

namespace Watchdog.IdleShutdown;

/// <summary>
/// Looks at the resting VMs of shards that are due, each stage at fewer of them: what inventory and the ledger know is free, network is asked where that
/// keeps nobody, a look inside where the network rests too. Who is idle gets a stop recorded; whose ground went away has it withdrawn.
/// </summary>
public sealed class IdleEvaluation(
    NpgsqlDataSource database, IdleMetricsReader metrics, GuestLook look, IdlePolicies policies, IOptions<IdleShutdownOptions> options, DetectorOptions detectors, Clocks clocks,
    ILogger<IdleEvaluation> log)
{
    private const int MostVms = 5_000;
    // There was no room for a look: its metrics are not paid for again at once.
    private static readonly TimeSpan NoRoom = TimeSpan.FromMinutes(15);
    // What a tag or a person keeps is free sooner than anybody said.
    private static readonly TimeSpan LongestPause = TimeSpan.FromHours(1);
    // Its CPU is seen all the while, and the stop itself is judged anew.
    private static readonly TimeSpan WaitingPause = TimeSpan.FromHours(4);
    /// <summary>Between two evaluations; what is asked in one is read in the next.</summary>
    public static readonly TimeSpan Cadence = TimeSpan.FromMinutes(5);

    /// <summary>Runs once over shards.</summary>
    /// <param name="fence">The shards' idle leases.</param>
    /// <exception cref="FencedException">Another worker took one of the shards; what was not written yet is void.</exception>
    public async Task RunAsync(short[] shards, IReadOnlyDictionary<short, Scope> scopes, Fence fence, CancellationToken ct)
    {
        var now = clocks.Fleet.GetUtcNow();
        var due = (await IdleWatch.DueAsync(database, shards, MostVms, now, ct)).Where(vm => scopes.ContainsKey(vm.Scope)).ToList();
        var records = await RecordsAsync(due, now, ct);
        List<Watched> looked = [];
        foreach (var ofScope in due.Where(vm => records.ContainsKey(vm.InstanceId)).GroupBy(vm => vm.Scope))
        {
            looked.AddRange(await LookAsync(scopes[ofScope.Key], [.. ofScope], records, IdleRoom.Of(options.Value.LooksAPass, shards.Length), now, ct));
        }

        // One that runs no more is nobody to watch; its stop, where one waits, is withdrawn with it.
        string[] gone = [.. due.Where(vm => !records.TryGetValue(vm.InstanceId, out var record) || record.State != "running").Select(vm => vm.InstanceId)];
        var (proposed, withdrawn) = await FencedWrite.RunAsync(database, fence, async (connection, transaction) =>
        {
            await IdleWatch.SaveAsync(connection, transaction, looked, ct);
            await IdleWatch.ForgetAsync(connection, transaction, gone, ct);
            await IdleProposals.EndAsync(connection, transaction, shards, now, ct);
            return (await IdleProposals.AddAsync(connection, transaction, looked, options.Value.Mode, now, ct),
                await IdleProposals.WithdrawAsync(connection, transaction, looked, shards, now, ct));
        }, ct);
        if (due.Count > 0)
        {
            Log.Evaluated(log, due.Count, proposed, withdrawn);
        }
    }

    private async Task<IReadOnlyDictionary<string, IdleRecord>> RecordsAsync(IReadOnlyList<Watched> due, DateTimeOffset now, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        return await IdleRecords.ReadAsync(connection, null, [.. due.Select(vm => vm.InstanceId)], now, ct);
    }

    private async Task<IReadOnlyList<Watched>> LookAsync(
        Scope scope, IReadOnlyList<Watched> vms, IReadOnlyDictionary<string, IdleRecord> records, int room, DateTimeOffset now, CancellationToken ct)
    {
        var policy = vms.ToDictionary(vm => vm.InstanceId, vm => policies.Of(records[vm.InstanceId]), StringComparer.Ordinal);
        List<Watched> done = [];
        List<Watched> free = [];
        foreach (var vm in vms)
        {
            List<Keeper> keepers = [.. RecordKeepers.Of(records[vm.InstanceId], now, policy[vm.InstanceId], detectors.Idle)];
            (keepers.Count > 0 ? done : free).Add(keepers.Count > 0 ? Kept(vm, new IdleVerdict(now, keepers), policy[vm.InstanceId]) : vm);
        }

        // Answers beyond the room stay due as they are, unread.
        var unread = free.Where(vm => vm.Asked is not null).Skip(room).ToHashSet();
        free.RemoveAll(unread.Contains);
        var begun = IdleRoom.New(room, unread.Count + free.Count(vm => vm.Asked is not null));
        // A look is free and a metric is not: where a look is to be read, or one decided last time, it comes first.
        var looksFirst = free.ToLookup(vm => vm.Asked is null && vm.Verdict is { } last && (last.Idle || GuestKeepers.AreAll(last.Keepers)));
        Dictionary<string, IdleGuest> heard = new(StringComparer.Ordinal);
        List<Watched> measured = [];
        foreach (var vm in looksFirst[false])
        {
            if (vm.Asked is null)
            {
                measured.Add(vm);
            }
            else if (await look.HearAsync(scope, vm.InstanceId, vm.Asked, vm.Heard, vm.AskedAt ?? now, now, ct) is not { } guest)
            {
                done.Add(vm with { DueAt = now });
            }
            else if (GuestKeepers.Of(guest, now, policy[vm.InstanceId]).ToList() is { Count: > 0 } keepers)
            {
                done.Add(Seen(vm, guest, new IdleVerdict(now, keepers)));
            }
            else
            {
                heard[vm.InstanceId] = guest;
                measured.Add(vm);
            }
        }

        var read = await MetricsAsync(scope, measured, policy, now, ct);
        List<Watched> unseen = [];
        foreach (var vm in measured)
        {
            if (MetricKeepers.Of(read.GetValueOrDefault(vm.InstanceId), policy[vm.InstanceId].Rest, policy[vm.InstanceId]).ToList() is { Count: > 0 } keepers)
            {
                done.Add(Kept(vm, new IdleVerdict(now, keepers), policy[vm.InstanceId]));
            }
            else if (heard.TryGetValue(vm.InstanceId, out var guest))
            {
                done.Add(Seen(vm, guest, Judge(vm, guest, read)));
            }
            else
            {
                unseen.Add(vm);
            }
        }

        // Whose metrics were paid for goes first.
        unseen.AddRange(looksFirst[true]);
        done.AddRange(unseen.Skip(begun).Select(vm => vm with { DueAt = now + NoRoom }));
        List<Watched> silent = [];
        List<Watched> asking = [.. unseen.Take(begun)];
        var asked = asking.Count == 0 ? new Dictionary<string, LookAsked>() : await look.AskAsync(scope, [.. asking.Select(vm => vm.InstanceId)], ct);
        foreach (var vm in asking)
        {
            var answer = asked.GetValueOrDefault(vm.InstanceId);
            (answer is { Silent: true, Command: null } ? silent : done).Add(
                answer?.Command is { } command ? vm with { Asked = command, AskedAt = now, DueAt = now } : vm with { DueAt = now });
        }

        // Whose agent is not there is judged by its metrics alone, where its policy lets that suffice.
        var more = await MetricsAsync(scope, [.. silent.Where(vm => !read.ContainsKey(vm.InstanceId) && policy[vm.InstanceId].SilentRest is not null)], policy, now, ct);
        done.AddRange(silent.Select(vm => Seen(vm, IdleGuest.Silent,
            policy[vm.InstanceId].SilentRest is null ? new IdleVerdict(now, [.. GuestKeepers.Of(IdleGuest.Silent, now, policy[vm.InstanceId])])
            : Judge(vm, IdleGuest.Silent, read.ContainsKey(vm.InstanceId) ? read : more))));
        return done;

        IdleVerdict Judge(Watched vm, IdleGuest guest, IReadOnlyDictionary<string, IdleMetrics> metrics) =>
            IdleRules.Judge(new IdleFacts(now, records[vm.InstanceId], metrics.GetValueOrDefault(vm.InstanceId), guest), policy[vm.InstanceId], detectors.Idle);

        Watched Seen(Watched vm, IdleGuest guest, IdleVerdict verdict)
        {
            var after = vm with { Asked = null, AskedAt = null, Heard = guest.Answers ? vm.Asked : vm.Heard };
            // A process may have rested for the last minutes of a busy life: a second look tells.
            return verdict.Keepers is [{ Code: "process" }] && vm.Heard is null ? after with { Verdict = verdict, DueAt = now } : Kept(after, verdict, policy[vm.InstanceId]);
        }
    }

    // Those whose policies ask for more than the screen's window are asked for by themselves: the others' points are fewer.
    private async Task<IReadOnlyDictionary<string, IdleMetrics>> MetricsAsync(
        Scope scope, IReadOnlyList<Watched> vms, Dictionary<string, IdlePolicy> policy, DateTimeOffset now, CancellationToken ct)
    {
        Dictionary<string, IdleMetrics> found = new(StringComparer.Ordinal);
        foreach (var alike in vms.GroupBy(vm => policy[vm.InstanceId].LongestRest is var rest && rest > Telemetry.Windows.Screen ? rest : Telemetry.Windows.Screen))
        {
            foreach (var (id, read) in await metrics.ReadAsync(scope, [.. alike.Select(vm => vm.InstanceId)], alike.Key, now, ct))
            {
                found[id] = read;
            }
        }

        return found;
    }

    // Looked at again when what keeps it may have ended; an idle one too, while its stop waits: seldom where that takes a person's word.
    private Watched Kept(Watched vm, IdleVerdict verdict, IdlePolicy policy)
    {
        var (soonest, latest) = (verdict.At + Cadence, verdict.At + (policy.Rest < LongestPause ? policy.Rest : LongestPause));
        if (verdict.Idle)
        {
            return vm with { Verdict = verdict, DueAt = options.Value.Mode == PolicyMode.Enforce ? latest : verdict.At + WaitingPause, Asked = null, AskedAt = null };
        }

        var until = verdict.StopsAt ?? latest;
        return vm with { Verdict = verdict, DueAt = until < soonest ? soonest : until > latest ? latest : until, Asked = null, AskedAt = null };
    }
}
