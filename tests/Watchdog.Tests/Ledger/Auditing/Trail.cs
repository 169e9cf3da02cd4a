using Npgsql;
using Watchdog.Ledger;
using Watchdog.Ledger.Auditing;
using Watchdog.Storage;
using Watchdog.Testing;

namespace Watchdog.Tests.Ledger.Auditing;

/// <summary>A database with an audit trail, its sealer, and somebody who may do everything to it.</summary>
internal sealed class Trail(TestDatabase database) : IAsyncDisposable
{
    public static readonly DateTimeOffset Start = new(2026, 1, 5, 0, 0, 0, TimeSpan.Zero);

    public TestDatabase Database => database;
    public AuditSealer Sealer { get; } = new(database.Source);
    public AuditVerifier Verifier { get; } = new(database.Source);

    public static async Task<Trail> CreateAsync() => new(await TestDatabase.CreateAsync());

    /// <summary>Appends lines, each in a transaction of its own.</summary>
    public async Task AppendAsync(int lines, string actor = "ann")
    {
        for (var i = 0; i < lines; i++)
        {
            await using var connection = await database.Source.OpenConnectionAsync();
            await using var transaction = await connection.BeginTransactionAsync();
            await AppendAsync(connection, transaction, actor);
            await transaction.CommitAsync();
        }
    }

    public static Task AppendAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, string actor) =>
        Audit.AppendAsync(connection, transaction, Start, actor, "brake.on", "brake", new { reason = "a \"test\"", share = 0.125 }, default);

    public Task<Fence> TakeAsync(string owner = "node") => Leases.TakeAsync(database.Source, [Leases.Audit], owner, Start, default);

    /// <summary>
    /// Seals until nothing is left. Not at once: a transaction of another test on the same server may still run, and what is younger than it waits.
    /// </summary>
    public Task SealAllAsync() => Until.TrueAsync(async () =>
    {
        await Sealer.RunAsync(await TakeAsync(), Start, default);
        return (await VerifyAsync()).Unsealed == 0;
    });

    public Task<AuditVerdict> VerifyAsync(long from = 1, string? anchor = null) =>
        Verifier.VerifyAsync(from, anchor is null ? null : Convert.FromHexString(anchor), default);

    /// <summary>What only a superuser can do: changes behind the triggers' back.</summary>
    public async Task TamperAsync(string sql, params object[] parameters)
    {
        await using var connection = await database.Source.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await using (var off = new NpgsqlCommand("set local session_replication_role = replica", connection, transaction))
        {
            await off.ExecuteNonQueryAsync();
        }

        await using var command = new NpgsqlCommand(sql, connection, transaction);
        foreach (var parameter in parameters)
        {
            command.Parameters.Add(new() { Value = parameter });
        }

        Assert.NotEqual(0, await command.ExecuteNonQueryAsync());
        await transaction.CommitAsync();
    }

    public Task<long> LineAsync(int offset) => database.ScalarAsync<long>("select id from audit order by xid, id offset $1 limit 1", offset);

    public ValueTask DisposeAsync() => database.DisposeAsync();
}
