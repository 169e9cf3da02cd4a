using Npgsql;
using Watchdog.Alerts.Gathering;
using Watchdog.Ledger;

namespace Watchdog.Alerts.Storing;

/// <summary>Writes what a batch of signals came to: a few statements, however many members.</summary>
internal static class MemberStore
{
    /// <summary>Writes it; incidents that it touched are looked at now, or as soon as they have settled.</summary>
    /// <returns>Incidents that were opened.</returns>
    public static async Task<int> WriteAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, Folded folded, DateTimeOffset now, CancellationToken ct)
    {
        if (folded.Patches.Count == 0)
        {
            return 0;
        }

        HashSet<long> touched = [.. await PatchAsync(connection, transaction, folded.Patches, ct)];
        var opened = await OpenAsync(connection, transaction, [.. folded.Changes.GroupBy(change => change.Key)], now, ct);
        touched.UnionWith(await PutAsync(connection, transaction, await KnownAsync(connection, transaction, folded.Changes, ct), ct));
        await using var due = Statement.On(connection, transaction,
            "update incident set due_at = least(due_at, greatest(settles_at, $2)) where id = any($1) and resolved_at is null", touched.ToArray(), now);
        await due.ExecuteNonQueryAsync(ct);
        return opened;
    }

    private static async Task<IReadOnlyList<long>> PatchAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, IReadOnlyList<MemberPatch> patches, CancellationToken ct)
    {
        await using var command = Statement.On(connection, transaction,
            """
            with gone as (
              update incident_member m set cleared_at = case when p.cleared_at is null then m.cleared_at else coalesce(m.cleared_at, p.cleared_at) end,
                facts = m.facts || p.facts::jsonb
              from unnest($1, $2, $3, $4) as p(kind, member, cleared_at, facts), incident i
              where m.member = p.member and i.id = m.incident_id and i.kind = p.kind and i.resolved_at is null
                and (p.cleared_at is not null and m.cleared_at is null or p.facts <> '{}')
              returning m.incident_id)
            select distinct incident_id from gone
            """,
            patches.Select(p => p.Kind).ToArray(), patches.Select(p => p.Member).ToArray(), patches.Select(p => p.ClearedAt).ToArray(),
            patches.Select(p => p.Facts.Json()).ToArray());
        return await Rows.AllAsync(command, r => r.GetInt64(0), ct);
    }

    private static async Task<int> OpenAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, IReadOnlyList<IGrouping<IncidentKey, MemberChange>> keys, DateTimeOffset now, CancellationToken ct)
    {
        await using var command = Statement.On(connection, transaction,
            """
            insert into incident (kind, technique, scope, severity, opened_at, settles_at, due_at)
            select k.kind, k.technique, k.scope, 'info', k.at, k.settles, k.settles from unnest($1, $2, $3, $4, $5) as k(kind, technique, scope, at, settles)
            on conflict (kind, technique, scope) where resolved_at is null do nothing
            """,
            keys.Select(k => k.Key.Kind).ToArray(), keys.Select(k => k.Key.Technique).ToArray(), keys.Select(k => k.Key.Scope).ToArray(),
            keys.Select(k => k.Min(change => change.FirstAt)).ToArray(), keys.Select(k => now + KindTable.Of(k.Key.Kind).Settles).ToArray());
        return await command.ExecuteNonQueryAsync(ct);
    }

    private static async Task<IReadOnlyList<long>> PutAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, IReadOnlyList<MemberChange> changes, CancellationToken ct)
    {
        await using var command = Statement.On(connection, transaction,
            """
            with put as (
              insert into incident_member (incident_id, member, severity, first_at, last_at, cleared_at, facts, traceparent)
              select i.id, c.member, c.severity, c.first_at, c.last_at, c.cleared_at, c.facts::jsonb, c.traceparent
              from unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) as c(kind, technique, scope, member, severity, first_at, last_at, cleared_at, facts, traceparent)
              join incident i on i.kind = c.kind and i.technique = c.technique and i.scope = c.scope and i.resolved_at is null
              on conflict (incident_id, member) do update set severity = excluded.severity, first_at = least(incident_member.first_at, excluded.first_at),
                last_at = greatest(incident_member.last_at, excluded.last_at), cleared_at = excluded.cleared_at, facts = incident_member.facts || excluded.facts,
                traceparent = coalesce(excluded.traceparent, incident_member.traceparent)
              returning incident_id)
            select distinct incident_id from put
            """,
            Each(c => c.Key.Kind), Each(c => c.Key.Technique), Each(c => c.Key.Scope), Each(c => c.Member), Each(c => Words.Of(c.Severity)), Each(c => c.FirstAt),
            Each(c => c.LastAt), Each(c => c.ClearedAt), Each(c => c.Facts.Json()), Each(c => c.Traceparent));
        return await Rows.AllAsync(command, r => r.GetInt64(0), ct);

        T[] Each<T>(Func<MemberChange, T> of) => [.. changes.Select(of)];
    }

    // What inventory knows of the VMs that an event names by their ids only.
    private static async Task<IReadOnlyList<MemberChange>> KnownAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, IReadOnlyList<MemberChange> changes, CancellationToken ct)
    {
        await using var command = Statement.On(connection, transaction, "select instance_id, instance_type, plan from vm where instance_id = any($1)",
            [changes.Select(change => change.Facts.InstanceId).OfType<string>().Distinct().ToArray()]);
        var vms = (await Rows.AllAsync(command, r => (Id: r.GetString(0), Type: r.GetString(1), Plan: r.IsDBNull(2) ? null : r.GetString(2)), ct)).ToDictionary(vm => vm.Id);
        return
        [
            .. changes.Select(change => change.Facts.InstanceId is { } id && vms.TryGetValue(id, out var vm)
                ? change with { Facts = change.Facts.With(new(Type: vm.Type, Plan: vm.Plan)) } : change),
        ];
    }
}
