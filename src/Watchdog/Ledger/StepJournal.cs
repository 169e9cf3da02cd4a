using Npgsql;
using Watchdog.Storage;

namespace Watchdog.Ledger;

/// <summary>The journal of steps: each change of state is one fenced transaction.</summary>
public sealed class StepJournal(NpgsqlDataSource database)
{
    /// <summary>A call is about to be made. Committed before it is.</summary>
    public Task ExecutingAsync(Fence fence, StepRecord step, DateTimeOffset at, CancellationToken ct) =>
        WriteAsync(fence,
            "update step set state = 'executing', started_at = $2, called_at = null where id = $1",
            [step.Id, at], ct);

    /// <summary>AWS accepted the call and its effect is not visible yet.</summary>
    public Task CalledAsync(Fence fence, StepRecord step, DateTimeOffset at, CancellationToken ct) =>
        WriteAsync(fence,
            "update step set called_at = $2, attempts = attempts + 1, detail = 'accepted, not visible yet' where id = $1",
            [step.Id, at], ct);

    /// <summary>The VM was read and is as wanted.</summary>
    public Task DoneAsync(Fence fence, StepRecord step, DateTimeOffset at, string detail, CancellationToken ct) =>
        WriteAsync(fence,
            "update step set state = 'done', started_at = coalesce(started_at, $2), done_at = $2, detail = $3 where id = $1",
            [step.Id, at, detail], ct);

    /// <summary>The call did not succeed.</summary>
    public Task SetbackAsync(Fence fence, StepRecord step, string detail, CancellationToken ct) =>
        WriteAsync(fence, "update step set detail = $2 where id = $1", [step.Id, CleanText.Of(detail)], ct);

    private Task WriteAsync(Fence fence, string sql, object?[] values, CancellationToken ct) =>
        FencedWrite.RunAsync(database, fence, async (connection, transaction) =>
        {
            await using var command = Statement.On(connection, transaction, sql, values);
            await command.ExecuteNonQueryAsync(ct);
        }, ct);
}
