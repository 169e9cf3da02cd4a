using Microsoft.Extensions.Options;
using Npgsql;

namespace Watchdog.Inventory;

/// <summary>The Region that applies where none is configured: the AWS settings of the machine. Throws <see cref="NoRegionException"/> when there is none.</summary>
public delegate string DefaultRegion();

/// <summary>Neither the configuration nor the machine names a Region; the message says what to set.</summary>
public sealed class NoRegionException(string message) : InvalidOperationException(message);

/// <summary>The configured scopes with their keys in table <c>scope</c>.</summary>
public sealed class ScopeCatalog(NpgsqlDataSource database, IOptions<InventoryOptions> options, DefaultRegion defaultRegion)
{
    /// <summary>A scope's key: account (or <c>default</c>) and Region.</summary>
    public static string KeyOf(string? accountId, string region) => $"{accountId ?? "default"}/{region}";

    /// <summary>The configured scopes, in configured order, without their keys in the database (0).</summary>
    /// <exception cref="NoRegionException">None is configured, and the machine's AWS settings name no Region.</exception>
    public static IReadOnlyList<Scope> Configured(InventoryOptions options, DefaultRegion defaultRegion)
    {
        List<Scope> wanted = [];
        foreach (var scope in options.Scopes)
        {
            wanted.AddRange(scope.Regions.Select(region => new Scope(0, KeyOf(scope.AccountId, region), region, scope.RoleArn)));
        }

        if (wanted.Count == 0)
        {
            var region = defaultRegion();
            wanted.Add(new Scope(0, KeyOf(null, region), region, null));
        }

        return wanted;
    }

    /// <summary>The configured scopes, in configured order; a scope new to the database gets its row. Rows of former scopes stay.</summary>
    public async Task<IReadOnlyList<Scope>> LoadAsync(CancellationToken ct)
    {
        var wanted = Configured(options.Value, defaultRegion);
        var ids = await IdsAsync(wanted, ct);
        return [.. wanted.Select(scope => scope with { Id = ids[scope.Key] })];
    }

    private async Task<Dictionary<string, short>> IdsAsync(IReadOnlyList<Scope> wanted, CancellationToken ct)
    {
        // Only what is missing is inserted: an upsert would burn a smallint of the identity at every start.
        await using (var insert = database.CreateCommand(
            """
            insert into scope (key, region)
            select key, region from unnest($1, $2) as w(key, region)
            where not exists (select 1 from scope s where s.key = w.key)
            on conflict (key) do nothing
            """))
        {
            insert.Parameters.Add(new() { Value = wanted.Select(w => w.Key).ToArray() });
            insert.Parameters.Add(new() { Value = wanted.Select(w => w.Region).ToArray() });
            await insert.ExecuteNonQueryAsync(ct);
        }

        await using var select = database.CreateCommand("select key, id from scope where key = any($1)");
        select.Parameters.Add(new() { Value = wanted.Select(w => w.Key).ToArray() });
        Dictionary<string, short> ids = [];
        await using var reader = await select.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            ids[reader.GetString(0)] = reader.GetInt16(1);
        }

        return ids;
    }
}
