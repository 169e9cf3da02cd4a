using Microsoft.Extensions.Options;
using Npgsql;
using Watchdog.Diagnostics;
using Watchdog.Http;
using Watchdog.Ledger;
using Watchdog.Policy;

namespace Watchdog.Reports.Pages;

/// <summary>How the fleet stands, read each second and only counted anew when the log has grown; whoever shows pages or waits for changes reads it here.</summary>
public sealed class StandingReads(NpgsqlDataSource database, IOptionsMonitor<PolicyOptions> policy, Clocks clocks) : IReadModel
{
    private int proposals;
    private TaskCompletionSource changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Standing? latest;

    /// <summary>As of the last second in which the database answered; null before the first.</summary>
    public Standing? Latest => Volatile.Read(ref latest);

    /// <summary>Ends when it changes.</summary>
    public Task ChangedAsync() => Volatile.Read(ref changed).Task;

    /// <inheritdoc/>
    public async Task RefreshAsync(CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var command = Statement.On(connection, null,
            """
            select coalesce(max(id), 0), (select case when is_on then reason end from brake),
              (select count(*)::int from exemption_proposal where state = 'open' and expires_at > $1) from event
            """, clocks.Fleet.GetUtcNow());
        // No event tells of an exemption that is proposed, decided on, or expires.
        var (head, brake, proposed) = (await Rows.AllAsync(command, r => (r.GetInt64(0), r.IsDBNull(1) ? null : r.GetString(1), r.GetInt32(2)), ct)).Single();
        var mode = policy.CurrentValue.Mode.ToString().ToLowerInvariant();
        if (Latest is { } before && before.Event == head && before.Brake == brake && before.Mode == mode && proposals == proposed)
        {
            return;
        }

        // What waits is counted as the page of approvals lists it.
        await using var counts = Statement.On(connection, null,
            """
            select (select count(*)::int from case_file where closed_at is null),
              (select count(distinct a.case_id)::int from act a join case_file c on c.id = a.case_id and c.closed_at is null
                where a.purpose = 'abuse' and a.kind <> 'release' and a.state in ('observed', 'proposed') and a.approved_by is null and (a.needs_person or $1))
            """, policy.CurrentValue.Mode != PolicyMode.Enforce);
        var (open, waiting) = (await Rows.AllAsync(counts, r => (r.GetInt32(0), r.GetInt32(1)), ct)).Single();
        proposals = proposed;
        Volatile.Write(ref latest, new Standing(mode, brake, open, waiting + proposed, head));
        Interlocked.Exchange(ref changed, new(TaskCreationOptions.RunContinuationsAsynchronously)).SetResult();
    }
}
