using Npgsql;
using Watchdog.Storage;

namespace Watchdog.Ledger;

/// <summary>The journal of steps: each change of state is one fenced transaction.</summary>
public sealed class StepJournal(NpgsqlDataSource database)
{
    /// <summary>A call is about to be made, and its act is executing. Committed before it is.</summary>
    /// <param name="exposing">It opens an interface: exposed from now on, until <see cref="CoveredAsync"/>.</param>
    public Task ExecutingAsync(Fence fence, StepRecord step, bool exposing, DateTimeOffset at, CancellationToken ct) =>
        WriteAsync(fence,
            """
            with begun as (update act set state = 'executing' where id = $4 and state = 'planned')
            update step set state = 'executing', started_at = $2, called_at = null,
              exposed_at = case when $3 then $2 else exposed_at end, covered_at = case when $3 then null else covered_at end
            where id = $1
            """,
            [step.Id, at, exposing, step.ActId], ct);

    /// <summary>The same for one call that many steps share.</summary>
    public Task ExecutingAsync(Fence fence, IReadOnlyList<StepRecord> steps, DateTimeOffset at, CancellationToken ct) =>
        WriteAsync(fence,
            """
            with begun as (update act set state = 'executing' where id = any($3) and state = 'planned')
            update step set state = 'executing', started_at = $2, called_at = null where id = any($1)
            """,
            [Ids(steps), at, steps.Select(step => step.ActId).ToArray()], ct);

    /// <summary>AWS refused the call outright: it was not made, and may be made again.</summary>
    public Task NotCalledAsync(Fence fence, StepRecord step, CancellationToken ct) =>
        WriteAsync(fence, "update step set state = 'planned', started_at = null where id = $1", [step.Id], ct);

    /// <summary>Which of several ways the call goes that is about to be made. Committed before it is.</summary>
    /// <param name="way">Null: there is only one any more.</param>
    public Task TriesAsync(Fence fence, StepRecord step, string? way, CancellationToken ct) =>
        WriteAsync(fence, "update step set tried = $2::text where id = $1", [step.Id, way is null ? null : CleanText.Of(way)], ct);

    /// <summary>What was asked for goes on elsewhere, under a name that is needed to ask for it.</summary>
    public Task NotedAsync(Fence fence, StepRecord step, string name, DateTimeOffset at, CancellationToken ct) =>
        WriteAsync(fence, "update step set called_at = $2, attempts = attempts + 1, detail = $3 where id = $1", [step.Id, at, name], ct);

    /// <summary>Steps of a scope whose interface stands, or may stand, in the allow-all group, with their acts.</summary>
    public async Task<IReadOnlyList<(ActRecord Act, StepRecord Step)>> ExposedAsync(short scope, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var steps = Statement.On(connection, null,
            $"""
            select {Rows.Step} from step s join act a on a.id = s.act_id
            where s.exposed_at is not null and s.covered_at is null and a.scope = $1 order by s.exposed_at
            """, scope);
        var open = await Rows.AllAsync(steps, Rows.ReadStep, ct);
        await using var acts = Statement.On(connection, null, $"select {Rows.Act} from act a where a.id = any($1)", open.Select(s => s.ActId).ToArray());
        var byId = (await Rows.AllAsync(acts, Rows.ReadAct, ct)).ToDictionary(a => a.Id);
        return [.. open.Select(s => (byId[s.ActId], s))];
    }

    /// <summary>An interface is closed again; where it was open for longer than it should, or was found so, an event tells people.</summary>
    /// <param name="bound">For how long it may be open.</param>
    /// <param name="tell">Whether an event is written in any case.</param>
    /// <returns>Seconds of exposure when an event was written; else null.</returns>
    public Task<double?> CoveredAsync(
        Fence fence, ActRecord act, long step, DateTimeOffset at, string how, TimeSpan bound, bool tell, CancellationToken ct) =>
        FencedWrite.RunAsync(database, fence, async (connection, transaction) =>
        {
            await using var command = Statement.On(connection, transaction,
                """
                update step set covered_at = $2 where id = $1 and exposed_at is not null and covered_at is null
                returning extract(epoch from $2 - exposed_at)::double precision, target
                """, step, at);
            double seconds;
            string target;
            await using (var reader = await command.ExecuteReaderAsync(ct))
            {
                if (!await reader.ReadAsync(ct))
                {
                    return null;
                }

                (seconds, target) = (reader.GetDouble(0), reader.GetString(1));
            }

            if (!tell && seconds <= bound.TotalSeconds)
            {
                return null;
            }

            var told = new { act.CaseId, act.InstanceId, Act = act.Id, Interface = target, Seconds = seconds, How = how };
            await EventLog.AppendAsync(connection, transaction, at, "interface.exposed", act.Subject, LedgerJson.Write(told), ct);
            await Audit.AppendAsync(connection, transaction, at, Audit.Machine, "interface.exposed", act.Subject, told, ct);
            return (double?)seconds;
        }, ct);

    /// <summary>AWS accepted the call and its effect is not visible yet.</summary>
    public Task CalledAsync(Fence fence, StepRecord step, DateTimeOffset at, CancellationToken ct) =>
        WriteAsync(fence,
            "update step set called_at = $2, attempts = attempts + 1, detail = 'accepted, not visible yet' where id = $1",
            [step.Id, at], ct);

    /// <summary>AWS accepted a call that many steps share, and its effect is not visible yet.</summary>
    public Task CalledAsync(Fence fence, IReadOnlyList<StepRecord> steps, DateTimeOffset at, CancellationToken ct) =>
        WriteAsync(fence,
            "update step set called_at = $2, attempts = attempts + 1, detail = 'accepted, not visible yet' where id = any($1)", [Ids(steps), at], ct);

    /// <summary>The VMs were read and are as wanted.</summary>
    public Task DoneAsync(Fence fence, IReadOnlyList<StepRecord> steps, DateTimeOffset at, string detail, CancellationToken ct) =>
        WriteAsync(fence,
            "update step set state = 'done', started_at = coalesce(started_at, $2), done_at = $2, detail = $3 where id = any($1)",
            [Ids(steps), at, detail], ct);

    /// <summary>The VM was read and is as wanted.</summary>
    public Task DoneAsync(Fence fence, StepRecord step, DateTimeOffset at, string detail, CancellationToken ct) =>
        WriteAsync(fence,
            "update step set state = 'done', started_at = coalesce(started_at, $2), done_at = $2, detail = $3 where id = $1",
            [step.Id, at, detail], ct);

    /// <summary>The call did not succeed.</summary>
    public Task SetbackAsync(Fence fence, StepRecord step, string detail, CancellationToken ct) =>
        WriteAsync(fence, "update step set detail = $2 where id = $1", [step.Id, CleanText.Of(detail)], ct);

    private static long[] Ids(IReadOnlyList<StepRecord> steps) => [.. steps.Select(step => step.Id)];

    private Task WriteAsync(Fence fence, string sql, object?[] values, CancellationToken ct) =>
        FencedWrite.RunAsync(database, fence, async (connection, transaction) =>
        {
            await using var command = Statement.On(connection, transaction, sql, values);
            await command.ExecuteNonQueryAsync(ct);
        }, ct);
}
