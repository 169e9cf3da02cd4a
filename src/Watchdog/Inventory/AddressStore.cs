using Npgsql;
using NpgsqlTypes;

namespace Watchdog.Inventory;

/// <summary>
/// Writes <c>address_interval</c> in the listing's transaction, on change only: an address that a VM no longer shows ends at this listing, one
/// that it shows anew begins at it. Owner and plan are those of the time: with another owner another interval begins.
/// </summary>
internal static class AddressStore
{
    private const int RowsAStatement = 5_000;

    // The last complete listing before this one: between it and now nobody looked.
    private const string LookBefore = "(select max(c.to_at) from scope_coverage c where c.scope = $2 and c.kind = 'inventory' and c.seen and c.to_at < $1)";

    /// <summary>Ends and begins intervals as one listing's changes say.</summary>
    public static async Task WriteAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, short scope, FleetChanges changes, DateTimeOffset now, CancellationToken ct)
    {
        foreach (var chunk in changes.Upserts.Chunk(RowsAStatement))
        {
            await ChangeAsync(connection, transaction, scope, [.. chunk.Select(change => change.Row)], now, ct);
        }

        await EndAsync(connection, transaction, scope, [.. changes.Missing, .. changes.Gone], now, ct);
    }

    /// <summary>Forgets intervals that ended before the instant.</summary>
    public static async Task ForgetAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, short scope, DateTimeOffset before, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand("delete from address_interval where scope = $1 and to_at < $2", connection, transaction)
        {
            Parameters = { new() { Value = scope }, new() { Value = before } },
        };
        await command.ExecuteNonQueryAsync(ct);
    }

    private static async Task ChangeAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, short scope, VmRow[] rows, DateTimeOffset now, CancellationToken ct)
    {
        var shown = rows.SelectMany(row => row.Addresses.Select(address => (Row: row, address.Address, address.InterfaceId))).ToArray();
        await using var batch = new NpgsqlBatch(connection, transaction);
        batch.BatchCommands.Add(Command(
            $"""
            update address_interval i set to_at = greatest(i.from_at, $1), last_seen_at = {LookBefore}
            where i.to_at is null and i.instance_id = any($3) and not exists (
              select 1 from unnest($4, $5, $6, $7, $8) as p(instance_id, address, interface_id, owner, plan)
              where p.instance_id = i.instance_id and p.address::inet = i.address and p.owner = i.owner and p.plan is not distinct from i.plan)
            """));
        batch.BatchCommands.Add(Command(
            $"""
            insert into address_interval (address, instance_id, scope, interface_id, owner, plan, from_at, since_after)
            select p.address::inet, p.instance_id, $2, p.interface_id, p.owner, p.plan, $1, {LookBefore}
            from unnest($4, $5, $6, $7, $8) as p(instance_id, address, interface_id, owner, plan)
            where p.instance_id = any($3)
            on conflict (instance_id, address) where to_at is null do nothing
            """));
        await batch.ExecuteNonQueryAsync(ct);

        NpgsqlBatchCommand Command(string sql) => new(sql)
        {
            Parameters =
            {
                new() { Value = now }, new() { Value = scope }, new() { Value = Array.ConvertAll(rows, row => row.InstanceId) },
                Texts(of => of.Row.InstanceId), Texts(of => of.Address), Texts(of => of.InterfaceId), Texts(of => of.Row.Owner), Texts(of => of.Row.Plan),
            },
        };

        NpgsqlParameter Texts(Converter<(VmRow Row, string Address, string? InterfaceId), string?> text) =>
            new() { Value = Array.ConvertAll(shown, text), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text };
    }

    // A VM that a complete listing lacks shows no address either; should it come back, another interval begins.
    private static async Task EndAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, short scope, string[] absent, DateTimeOffset now, CancellationToken ct)
    {
        if (absent.Length == 0)
        {
            return;
        }

        await using var command = new NpgsqlCommand(
            $"""
            update address_interval i set to_at = greatest(i.from_at, $1), last_seen_at = {LookBefore}
            where i.to_at is null and i.instance_id = any($3)
            """, connection, transaction)
        {
            Parameters = { new() { Value = now }, new() { Value = scope }, new() { Value = absent } },
        };
        await command.ExecuteNonQueryAsync(ct);
    }
}
