using Npgsql;
using Watchdog.Diagnostics.Instruments;
using Watchdog.Ledger.Appeals;

namespace Watchdog.Ledger;

/// <summary>What people ruled on cases; append-only, the latest counts.</summary>
public static class Rulings
{
    /// <summary>It was what the case says.</summary>
    public const string TruePositive = "true_positive";

    /// <summary>It was what the case says, and its owner may do it: a course, a test, a contract.</summary>
    public const string BenignPositive = "benign_positive";

    /// <summary>It was not what the case says.</summary>
    public const string FalsePositive = "false_positive";

    /// <summary>Somebody has looked and cannot tell.</summary>
    public const string Indeterminate = "indeterminate";

    /// <summary>Every ruling there is.</summary>
    public static IReadOnlyList<string> All { get; } = [TruePositive, BenignPositive, FalsePositive, "duplicate", Indeterminate];

    /// <summary>
    /// Whether an act on such a case hit somebody who had done nothing wrong. A benign positive counts among them: the numbers were read right, and
    /// the act was wrong all the same.
    /// </summary>
    public static bool WasWrong(string ruling) => ruling is BenignPositive or FalsePositive;

    /// <summary>
    /// Records a ruling, with its audit line and the event <c>case.ruled</c>: it changes what the case's minutes count as. An appeal's clock stops: somebody has looked.
    /// </summary>
    public static async Task AppendAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, long caseId, DateTimeOffset at, string ruling, string actor, string reason,
        CancellationToken ct)
    {
        await using var command = Statement.On(connection, transaction,
            """
            insert into ruling (case_id, at, ruling, actor, reason) values ($1, $2, $3, $4, $5)
            returning (select c.opened_at from case_file c where c.id = case_id)
            """,
            caseId, at, ruling, CleanText.Of(actor, 200), CleanText.Of(reason));
        var opened = (DateTime)(await command.ExecuteScalarAsync(ct))!;
        await using var told = Statement.On(connection, transaction,
            """
            insert into event (at, kind, subject, data)
            select $2, 'case.ruled', 'case:' || c.id, jsonb_build_object('case', c.id, 'instance_id', c.instance_id, 'ruling', $3::text)
            from case_file c where c.id = $1
            """, caseId, at, ruling);
        await told.ExecuteNonQueryAsync(ct);
        await AppealTable.EndAsync(connection, transaction, caseId, AppealEnds.Ruled, at, ct);
        CaseMeters.Ruled(ruling, at.UtcDateTime - opened);
        await Audit.AppendAsync(connection, transaction, at, actor, "case.ruled", $"case:{caseId}", new { ruling, reason }, ct);
    }

    /// <summary>The latest ruling on a case; null when nobody has ruled.</summary>
    public static async Task<string?> LatestAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, long caseId, CancellationToken ct)
    {
        await using var command = Statement.On(connection, transaction,
            "select ruling from ruling where case_id = $1 order by id desc limit 1", caseId);
        return (string?)await command.ExecuteScalarAsync(ct);
    }
}
