using Microsoft.Extensions.Options;
using Npgsql;
using Watchdog.Diagnostics;
using Watchdog.Ledger;
using Watchdog.Policy;

namespace Watchdog.Alerts.Conditions;

/// <summary>Scopes in which acts have waited too long for a person.</summary>
public sealed class ApprovalConditions(NpgsqlDataSource database, IOptions<AlertOptions> options, IOptions<PolicyOptions> policy, Clocks clocks) : IConditionSource
{
    /// <inheritdoc/>
    public IReadOnlyList<string> Kinds => [IncidentKinds.Approval];

    /// <inheritdoc/>
    public async Task<IReadOnlyList<Condition>> ReadAsync(CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var command = Statement.On(connection, null,
            """
            select s.key, s.region, count(*)::int, min(a.proposed_at) from act a join scope s on s.id = a.scope
            where a.state = 'proposed' and a.purpose = 'abuse' and a.approved_by is null and (a.needs_person or $2) and a.proposed_at < $1 group by 1, 2 order by 1
            """, clocks.Fleet.GetUtcNow() - options.Value.ApprovalWait, policy.Value.Mode == PolicyMode.Propose);
        return await Rows.AllAsync(command, r => new Condition(
            new(IncidentKinds.Approval, IncidentKinds.Approval, r.GetString(0)), Severity.Warning,
            new(Region: r.GetString(1), Sentence: FormattableString.Invariant(
                $"{r.GetInt32(2)} acts wait for a person, the oldest since {r.GetFieldValue<DateTime>(3):yyyy-MM-dd HH:mm}Z"))), ct);
    }
}
