using Npgsql;
using Watchdog.Ledger;

namespace Watchdog.Policy;

/// <summary>A VM that is kept from idle stops until an instant. It keeps nobody from a verdict of abuse, and no act on one waits for it.</summary>
/// <param name="EndedAt">When a person ended it before its time; null where nobody has.</param>
public sealed record Hold(long Id, string InstanceId, string Reason, string Author, DateTimeOffset FromAt, DateTimeOffset UntilAt, DateTimeOffset? EndedAt);

/// <summary>Where holds are written, ended and read; each change has its audit line.</summary>
public sealed class HoldBook(NpgsqlDataSource database)
{
    private const string Columns = "id, instance_id, reason, author, from_at, until_at, ended_at";

    /// <summary>Writes one that begins at once; a second click, at the same moment too, finds the one that there is.</summary>
    /// <returns>Its number.</returns>
    public async Task<long> AddAsync(string instanceId, string reason, string author, DateTimeOffset at, DateTimeOffset until, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        await VmLock.TakeAsync(connection, transaction, instanceId, ct);
        var id = await SameAsync(connection, transaction, instanceId, reason, at, until, ct)
            ?? await AddAsync(connection, transaction, instanceId, reason, author, at, until, ct);
        await transaction.CommitAsync(ct);
        return id;
    }

    /// <summary>The hold in force that says the same, whoever asked for it; null: there is none. The caller's transaction has taken the VM's lock.</summary>
    internal static async Task<long?> SameAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, string instanceId, string reason, DateTimeOffset at, DateTimeOffset until, CancellationToken ct)
    {
        await using var command = Statement.On(connection, transaction,
            "select max(id) from hold where instance_id = $1 and until_at = $2 and reason = $3 and ended_at is null and from_at <= $4",
            CleanText.Of(instanceId, 64), until, CleanText.Of(reason), at);
        return await command.ExecuteScalarAsync(ct) as long?;
    }

    /// <summary>Writes one that begins at once, in the caller's transaction, which has taken the VM's lock.</summary>
    /// <returns>Its number.</returns>
    internal static async Task<long> AddAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, string instanceId, string reason, string author, DateTimeOffset at, DateTimeOffset until, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(
            "insert into hold (instance_id, reason, author, from_at, until_at) values ($1, $2, $3, $4, $5) returning id", connection, transaction)
        {
            Parameters =
            {
                new() { Value = CleanText.Of(instanceId, 64) }, new() { Value = CleanText.Of(reason) }, new() { Value = CleanText.Of(author, 200) },
                new() { Value = at }, new() { Value = until },
            },
        };
        var id = (long)(await command.ExecuteScalarAsync(ct))!;
        await Audit.AppendAsync(connection, transaction, at, author, "hold.added", $"hold:{id}", new { vm = instanceId, reason, until }, ct);
        return id;
    }

    /// <summary>Ends one before its time.</summary>
    /// <returns>False when there is none of that number in force.</returns>
    public Task<bool> EndAsync(long id, string reason, string actor, DateTimeOffset at, CancellationToken ct) => EarlyEnd.WriteAsync(
        database, "update hold set ended_at = $2, ended_by = $3, end_reason = $4 where id = $1 and ended_at is null and until_at > $2", "hold",
        id, reason, actor, at, ct);

    /// <summary>Those in force, or all there ever were, newest first.</summary>
    public async Task<IReadOnlyList<Hold>> ListAsync(bool all, DateTimeOffset now, CancellationToken ct)
    {
        await using var command = database.CreateCommand($"select {Columns} from hold where $1 or (ended_at is null and until_at > $2) order by id desc");
        command.Parameters.Add(new() { Value = all });
        command.Parameters.Add(new() { Value = now });
        return await ReadAsync(command, ct);
    }

    /// <summary>One, also when it has ended; null when there is none of that number.</summary>
    public async Task<Hold?> FindAsync(long id, CancellationToken ct)
    {
        await using var command = database.CreateCommand($"select {Columns} from hold where id = $1");
        command.Parameters.Add(new() { Value = id });
        return (await ReadAsync(command, ct)).SingleOrDefault();
    }

    private static async Task<IReadOnlyList<Hold>> ReadAsync(NpgsqlCommand command, CancellationToken ct)
    {
        List<Hold> holds = [];
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            holds.Add(new(
                reader.GetInt64(0), reader.GetString(1), reader.GetString(2), reader.GetString(3), reader.GetFieldValue<DateTimeOffset>(4),
                reader.GetFieldValue<DateTimeOffset>(5), await reader.IsDBNullAsync(6, ct) ? null : reader.GetFieldValue<DateTimeOffset>(6)));
        }

        return holds;
    }
}
