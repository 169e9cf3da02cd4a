using Npgsql;
using Watchdog.Ledger;
using Watchdog.Slo.Classing;
using Watchdog.Slo.History;
using Watchdog.Slo.Minutes;

namespace Watchdog.Slo.Books;

/// <summary>A VM whose minutes are to be judged anew.</summary>
/// <param name="From">The first minute that news reach back to.</param>
/// <param name="Watermark">First minute that nobody knows yet.</param>
/// <param name="Why">What the news are.</param>
internal sealed record DirtyVm(int Id, string InstanceId, short Scope, int From, int Watermark, string Why)
{
    // A boot's first reading of the checks speaks for the boot from its begin: news may reach back by a boot's grace.
    /// <summary>The next VMs whose news reach below their scope's watermark; what lies above it waits, and so do those that are put off.</summary>
    public static async Task<IReadOnlyList<DirtyVm>> NextAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, MinuteRules rules, int[] putOff, int limit, CancellationToken ct)
    {
        await using var command = Statement.On(connection, transaction,
            """
            select v.id, v.instance_id, v.scope, v.dirty_min - $2, s.watermark_min, coalesce(v.dirty_why, '')
            from slo_scope s join slo_vm v on v.scope = s.scope and v.dirty_min < s.watermark_min and s.from_min < s.watermark_min
            where v.id <> all($3)
            order by v.scope, v.id limit $1
            """, limit, (int)Math.Ceiling(rules.BootGrace.TotalMinutes), putOff);
        return await Ledger.Rows.AllAsync(command, static r => new DirtyVm(
            r.GetInt32(0), r.GetString(1), r.GetInt16(2), r.GetInt32(3), r.GetInt32(4), r.GetString(5)), ct);
    }

    /// <summary>
    /// The first minute that the news change, not before the VM's books begin: a stop's reason speaks for the stop from its begin, and a containment
    /// that nobody ruled on in time is bad from its begin.
    /// </summary>
    public int ReachOf(VmHistory history, IReadOnlyDictionary<short, BookScope> books, MinuteRules rules, int firstKept)
    {
        var from = From;
        foreach (var hold in history.Holds)
        {
            if (hold.Ruling is null && hold.From + rules.RulingDue <= Minute.At(Watermark))
            {
                from = Math.Min(from, Minute.Of(hold.From));
            }
        }

        // A reading dates an impairment back no further than to the boot before it, which the news may have moved.
        foreach (var check in history.Checks)
        {
            if (check.ImpairedSince is { } since && Minute.Of(check.SeenAt) >= From)
            {
                from = Math.Min(from, Minute.Of(since));
            }
        }

        StateFact[] states = [.. history.States.OrderBy(state => state.At)];
        var first = Array.FindIndex(states, state => Minute.Of(state.At) >= from);
        for (; first >= 0 && PowerLine.KindOf(states[first].State) == PowerKind.Down; first--)
        {
            from = Math.Min(from, Minute.Of(states[first].At));
        }

        var begins = history.States.Select(state => state.Scope).Append(Scope).Distinct().Where(books.ContainsKey).Min(scope => books[scope].From);
        return Math.Max(from, Math.Max(begins, firstKept));
    }

    /// <summary>Writes why they could not be judged; their news wait on.</summary>
    public static async Task PutOffAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, IReadOnlyCollection<Unjudged> vms, CancellationToken ct)
    {
        if (vms.Count == 0)
        {
            return;
        }

        await using var command = Statement.On(connection, transaction,
            $"""
            update slo_vm v set dirty_why = '{NotJudged}' || u.why || case when v.dirty_why is null then '' else '; ' || v.dirty_why end
            from unnest($1, $2) as u(vm, why) where v.id = u.vm and coalesce(v.dirty_why, '') not like '{NotJudged}%'
            """, vms.Select(vm => vm.Id).ToArray(), vms.Select(vm => vm.Why).ToArray());
        await command.ExecuteNonQueryAsync(ct);
    }

    /// <summary>How the reason of a VM begins whose minutes could not be judged.</summary>
    public const string NotJudged = "not judged: ";

    /// <summary>Writes that they are judged.</summary>
    public static async Task DoneAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, IReadOnlyList<(int Vm, int? DueMin)> judged, CancellationToken ct)
    {
        await using var command = Statement.On(connection, transaction,
            // The range spares reading every VM: those of a run lie together.
            """
            update slo_vm v set dirty_min = null, dirty_why = null, due_min = nullif(j.due_min, -1)
            from unnest($1, $2) as j(vm, due_min) where v.id = j.vm and v.id between $3 and $4
            """,
            judged.Select(j => j.Vm).ToArray(), judged.Select(j => j.DueMin ?? -1).ToArray(), judged.Min(j => j.Vm), judged.Max(j => j.Vm));
        await command.ExecuteNonQueryAsync(ct);
    }
}
