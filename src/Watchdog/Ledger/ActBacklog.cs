using Npgsql;

namespace Watchdog.Ledger;

/// <summary>An act that has not ended, as the backlog shows it.</summary>
/// <param name="Scope">The scope's key.</param>
/// <param name="DueAt">Not before then; null: at once.</param>
/// <param name="Detail">What holds it; null where nothing was said.</param>
/// <param name="StepKinds">Kinds of its steps that are left; where a release has no plan yet, kinds of the steps that are in force on the VM.</param>
/// <param name="Purpose">One of <see cref="ActPurposes"/>.</param>
/// <param name="StepActions">Its own steps' permissions, in the same order; empty without a plan.</param>
public sealed record BacklogAct(
    long Id, string Scope, string Kind, string State, DateTimeOffset? DueAt, string? Detail, IReadOnlyList<string> StepKinds, IReadOnlyList<string> StepActions,
    string Purpose = ActPurposes.Abuse);

/// <summary>Reads the acts that have not ended, and what undoing cases takes.</summary>
public sealed class ActBacklog(NpgsqlDataSource database)
{
    private const string InForce =
        """
        b.kind <> 'release' and b.state in ('executing', 'applied', 'verified', 'unverifiable', 'escalated', 'failed') and t.started_at is not null and t.undo is not null
        """;

    /// <summary>Every act that is proposed, admitted, under way or being verified, releases first, then by severity and age.</summary>
    public async Task<IReadOnlyList<BacklogAct>> ReadAsync(CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var command = Statement.On(connection, null,
            $"""
            select a.id, s.key, a.kind, a.state, a.due_at, a.detail,
              case when a.kind = 'release' and a.state = 'admitted'
                then array(select t.kind from step t join act b on b.id = t.act_id where b.instance_id = a.instance_id and b.purpose = a.purpose and {InForce} order by t.id)
                else array(select t.kind from step t where t.act_id = a.id and t.state in ('planned', 'executing') order by t.ordinal) end,
              array(select t.iam_action from step t where t.act_id = a.id and t.state in ('planned', 'executing') order by t.ordinal), a.purpose
            from act a join scope s on s.id = a.scope
            where a.state in ('proposed', 'admitted', 'planned', 'executing', 'applied')
            order by s.key, a.kind = 'release' desc, a.severity desc, a.id
            """);
        return await Rows.AllAsync(command, r => new BacklogAct(
            r.GetInt64(0), r.GetString(1), r.GetString(2), r.GetString(3), r.IsDBNull(4) ? null : r.GetFieldValue<DateTimeOffset>(4),
            r.IsDBNull(5) ? null : r.GetString(5), r.GetFieldValue<string[]>(6), r.GetFieldValue<string[]>(7), r.GetString(8)), ct);
    }

    /// <summary>Kinds of the steps in force of each of these cases; a case with none is absent.</summary>
    public async Task<IReadOnlyDictionary<long, IReadOnlyList<string>>> InForceAsync(IReadOnlyList<long> cases, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var command = Statement.On(connection, null,
            $"select b.case_id, array_agg(t.kind order by t.id) from step t join act b on b.id = t.act_id where b.case_id = any($1) and {InForce} group by b.case_id",
            cases.ToArray());
        return (await Rows.AllAsync(command, r => (Case: r.GetInt64(0), Kinds: (IReadOnlyList<string>)r.GetFieldValue<string[]>(1)), ct))
            .ToDictionary(row => row.Case, row => row.Kinds);
    }
}
