using System.Net;
using Npgsql;

namespace Watchdog.Inventory;

/// <summary>A row of <c>address_interval</c>: a VM had an address in [<paramref name="From"/>, <paramref name="To"/>).</summary>
/// <param name="Plan">The owner's plan at that time.</param>
/// <param name="From">The first complete listing that showed it.</param>
/// <param name="SinceAfter">The last complete listing before that; null when there was none.</param>
/// <param name="To">The first complete listing that no longer showed it; null while it does.</param>
/// <param name="LastSeen">The last complete listing that showed it; null while it does.</param>
public sealed record AddressInterval(
    string Address, string InstanceId, short Scope, string? InterfaceId, string Owner, string? Plan, DateTimeOffset From, DateTimeOffset? SinceAfter,
    DateTimeOffset? To, DateTimeOffset? LastSeen);

/// <summary>What was known of one scope at an instant.</summary>
/// <param name="Seen">Listed completely around it; null when no span of <c>scope_coverage</c> holds the instant: nobody watched.</param>
/// <param name="From">The span's bounds; null without one.</param>
/// <param name="Detail">Why it was not seen.</param>
/// <param name="LastLook">The last complete listing at or before the instant; null when there was none.</param>
public sealed record ScopeLook(short Scope, string Key, bool? Seen, DateTimeOffset? From, DateTimeOffset? To, string? Detail, DateTimeOffset? LastLook);

/// <summary>Who had which public address when.</summary>
public sealed class AddressRepository(NpgsqlDataSource database)
{
    /// <summary>How long an interval is kept after its end.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromDays(90);

    private const int Neighbours = 20;

    /// <summary>The address's intervals around an instant, oldest first: at most twenty that began before it and twenty after.</summary>
    public async Task<IReadOnlyList<AddressInterval>> AroundAsync(IPAddress address, DateTimeOffset at, CancellationToken ct)
    {
        await using var command = database.CreateCommand(
            """
            select host(i.address), i.instance_id, i.scope, i.interface_id, i.owner, i.plan, i.from_at, i.since_after, i.to_at, i.last_seen_at
            from ((select * from address_interval where address = $1 and from_at <= $2 order by from_at desc limit $3)
              union all (select * from address_interval where address = $1 and from_at > $2 order by from_at limit $3)) i
            order by i.from_at, i.id
            """);
        command.Parameters.Add(new() { Value = address });
        command.Parameters.Add(new() { Value = at });
        command.Parameters.Add(new() { Value = Neighbours });
        List<AddressInterval> found = [];
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            found.Add(new(
                reader.GetString(0), reader.GetString(1), reader.GetInt16(2), Text(3), reader.GetString(4), Text(5),
                reader.GetFieldValue<DateTimeOffset>(6), At(7), At(8), At(9)));
        }

        return found;

        string? Text(int column) => reader.IsDBNull(column) ? null : reader.GetString(column);

        DateTimeOffset? At(int column) => reader.IsDBNull(column) ? null : reader.GetFieldValue<DateTimeOffset>(column);
    }

    /// <summary>What was known of every scope at an instant. Where a seen and an unseen span meet, the seen one counts.</summary>
    public async Task<IReadOnlyList<ScopeLook>> LooksAsync(DateTimeOffset at, CancellationToken ct)
    {
        await using var command = database.CreateCommand(
            """
            select s.id, s.key, c.seen, c.from_at, c.to_at, c.detail,
              (select least(l.to_at, $1) from scope_coverage l
                where l.scope = s.id and l.kind = 'inventory' and l.seen and l.from_at <= $1 order by l.from_at desc limit 1)
            from scope s left join lateral (
              select seen, from_at, to_at, detail from scope_coverage
              where scope = s.id and kind = 'inventory' and from_at <= $1 and to_at >= $1 order by seen desc, from_at desc limit 1) c on true
            order by s.key
            """);
        command.Parameters.Add(new() { Value = at });
        List<ScopeLook> looks = [];
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            looks.Add(new(
                reader.GetInt16(0), reader.GetString(1), reader.IsDBNull(2) ? null : reader.GetBoolean(2), At(3), At(4),
                reader.IsDBNull(5) ? null : reader.GetString(5), At(6)));
        }

        return looks;

        DateTimeOffset? At(int column) => reader.IsDBNull(column) ? null : reader.GetFieldValue<DateTimeOffset>(column);
    }

    /// <summary>How many of the running VMs there are, and how many of them have no public address of their own.</summary>
    public async Task<(long Running, long Unaddressed)> RunningAsync(CancellationToken ct)
    {
        await using var command = database.CreateCommand(
            """
            select count(*), count(*) filter (where not exists (
              select 1 from address_interval i where i.instance_id = v.instance_id and i.to_at is null))
            from vm v where v.gone_at is null and v.state = 'running'
            """);
        await using var reader = await command.ExecuteReaderAsync(ct);
        await reader.ReadAsync(ct);
        return (reader.GetInt64(0), reader.GetInt64(1));
    }
}
