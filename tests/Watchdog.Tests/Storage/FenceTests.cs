using Npgsql;
using Watchdog.Storage;
using Watchdog.Testing;

namespace Watchdog.Tests.Storage;

public sealed class FenceTests : IAsyncLifetime
{
    private readonly ManualTime clock = new();
    private TestDatabase database = null!;

    public async Task InitializeAsync() => database = await TestDatabase.CreateAsync();

    public async Task DisposeAsync() => await database.DisposeAsync();

    [Fact]
    public async Task The_holder_writes_and_a_zombie_is_refused()
    {
        var first = await TakeAsync("a", "shard:1", "shard:2");
        await WriteAsync(first);
        var second = await TakeAsync("b", "shard:2");

        await Assert.ThrowsAsync<FencedException>(() => WriteAsync(first));
        await WriteAsync(second);

        Assert.False(await first.HoldsAsync(database.Source, default));
        Assert.True(await second.HoldsAsync(database.Source, default));
        Assert.Equal(2, await database.ScalarAsync<long>("select count(*) from event"));
    }

    [Fact]
    public async Task A_take_waits_for_a_write_that_has_asserted_its_epoch()
    {
        var first = await TakeAsync("a", "actuator:1");
        await using var connection = await database.Source.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await first.AssertAsync(connection, transaction, default);

        await using var other = await database.Source.OpenConnectionAsync();
        await using var hurry = new NpgsqlCommand("set lock_timeout = '100ms'; update lease set epoch = epoch + 1 where name = 'actuator:1'", other);
        var refused = await Assert.ThrowsAsync<PostgresException>(() => hurry.ExecuteNonQueryAsync());

        Assert.Equal(PostgresErrorCodes.LockNotAvailable, refused.SqlState);
        await transaction.CommitAsync();
        var second = await TakeAsync("b", "actuator:1");
        Assert.Equal(2, Assert.Single(second.Epochs));
    }

    [Fact]
    public async Task Takers_of_overlapping_sets_in_any_order_do_not_deadlock()
    {
        var names = Enumerable.Range(0, 16).Select(Leases.ShardOf).ToArray();
        var takers = Enumerable.Range(0, 12).Select(i => Task.Run(async () =>
        {
            for (var round = 0; round < 10; round++)
            {
                await Leases.TakeAsync(database.Source, i % 2 == 0 ? names : names.Reverse(), $"node-{i}", clock.GetUtcNow(), default);
            }
        }));

        await Task.WhenAll(takers);

        Assert.Equal(16 * 120, await database.ScalarAsync<decimal>("select sum(epoch) from lease"));
    }

    [Theory]
    [InlineData("update event set kind = 'x'")]
    [InlineData("delete from event")]
    [InlineData("update audit set actor = 'x'")]
    [InlineData("delete from audit")]
    [InlineData("update vm_transition set reason = 'x'")]
    [InlineData("delete from vm_transition")]
    [InlineData("truncate event")]
    [InlineData("truncate audit")]
    [InlineData("truncate vm_transition")]
    [InlineData("update audit_seal set lines = 2")]
    [InlineData("delete from audit_seal")]
    [InlineData("truncate audit_seal")]
    public async Task What_is_append_only_stays(string change)
    {
        await database.ExecuteAsync("insert into event (at, kind, subject, data) values ($1, 'a', 'b', '{}')", clock.GetUtcNow());
        await database.ExecuteAsync("insert into audit (at, actor, what, subject, data) values ($1, 'a', 'b', 'c', '{}')", clock.GetUtcNow());
        await database.ExecuteAsync(
            "insert into vm_transition (instance_id, scope, at, observed_at, to_state) values ('i-1', 1, $1, $1, 'running')", clock.GetUtcNow());

        await database.ExecuteAsync(
            """
            insert into audit_seal (seq, at, last_xid, last_id, lines, leaves, previous, sha256)
            values (1, $1, '1', 1, 1, sha256('a') || '\x0000000000000001', sha256('b'), sha256('c'))
            """, clock.GetUtcNow());

        var refused = await Assert.ThrowsAsync<PostgresException>(() => database.ExecuteAsync(change));

        Assert.Equal(PostgresErrorCodes.RestrictViolation, refused.SqlState);
    }

    private Task<Fence> TakeAsync(string owner, params string[] names) =>
        Leases.TakeAsync(database.Source, names, owner, clock.GetUtcNow(), default);

    private async Task WriteAsync(Fence fence)
    {
        await using var connection = await database.Source.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await fence.AssertAsync(connection, transaction, default);
        await using var write = new NpgsqlCommand("insert into event (at, kind, subject, data) values ($1, 'a', 'b', '{}')", connection, transaction);
        write.Parameters.Add(new() { Value = clock.GetUtcNow() });
        await write.ExecuteNonQueryAsync();
        await transaction.CommitAsync();
    }
}
