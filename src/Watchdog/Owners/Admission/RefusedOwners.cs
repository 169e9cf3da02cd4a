using System.Collections.Frozen;
using Microsoft.Extensions.Options;
using Npgsql;
using Watchdog.Diagnostics;
using Watchdog.Http;
using Watchdog.Policy;

namespace Watchdog.Owners.Admission;

/// <summary>
/// The owners who may start no VM, in memory: they are few among all owners, and one query a second is cheaper than one a question. An owner whom an
/// exemption covers is refused nothing.
/// </summary>
public sealed class RefusedOwners(NpgsqlDataSource database, IOptions<PolicyOptions> policy, Clocks clocks) : IReadModel
{
    internal const string Sql =
        """
        select r.owner, r.reason, r.case_id, r.since from (
          select c.owner, 'blocked' as reason, c.id as case_id, a.done_at as since
          from act a join case_file c on c.id = a.case_id
          where a.kind = 'block' and a.state = 'verified' and a.done_at > $1
          union all
          select c.owner, 'contained', c.id, null::timestamptz from case_file c
          where c.closed_at is null and c.state in ('contained', 'confirmed') and c.class = any($2)) r
        where not exists (select 1 from exemption e where e.kind = 'owner' and e.subject = r.owner and e.from_at <= $3 and e.until_at > $3 and e.ended_at is null)
        """;

    private Picture picture = new(FrozenDictionary<string, Refusal>.Empty, null, 0);

    /// <summary>The refusal that holds for an owner; null: none does.</summary>
    public Refusal? Find(string owner) =>
        Volatile.Read(ref picture).Refused.TryGetValue(owner, out var refusal) && refusal.Holds(clocks.Fleet.GetUtcNow()) ? refusal : null;

    /// <summary>When it was last read, fleet time, and how long ago, wall time; null: never.</summary>
    public (DateTimeOffset At, TimeSpan Age)? Read
    {
        get
        {
            var now = Volatile.Read(ref picture);
            return now.At is { } at ? (at, clocks.Wall.GetElapsedTime(now.Stamp)) : null;
        }
    }

    /// <inheritdoc/>
    public async Task RefreshAsync(CancellationToken ct)
    {
        var (now, stamp, span) = (clocks.Fleet.GetUtcNow(), clocks.Wall.GetTimestamp(), policy.Value.Admission.Block);
        await using var command = database.CreateCommand(Sql);
        command.Parameters.Add(new() { Value = now - span });
        command.Parameters.Add(new() { Value = policy.Value.Admission.Classes.ToArray() });
        command.Parameters.Add(new() { Value = now });
        Dictionary<string, Refusal> read = new(StringComparer.Ordinal);
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            var owner = reader.GetString(0);
            var refusal = new Refusal(
                reader.GetString(1), reader.GetInt64(2), await reader.IsDBNullAsync(3, ct) ? null : reader.GetFieldValue<DateTimeOffset>(3) + span);
            read[owner] = read.TryGetValue(owner, out var other) ? Refusal.Longer(refusal, other) : refusal;
        }

        Volatile.Write(ref picture, new Picture(read.ToFrozenDictionary(StringComparer.Ordinal), now, stamp));
    }

    private sealed record Picture(FrozenDictionary<string, Refusal> Refused, DateTimeOffset? At, long Stamp);
}
