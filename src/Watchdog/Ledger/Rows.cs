using Npgsql;

namespace Watchdog.Ledger;

/// <summary>Reads the ledger's rows: for each record its columns, in order, and the reading of them.</summary>
internal static class Rows
{
    public const string Case = """
        c.id, c.instance_id, c.scope, c.owner, c.class, c.opened_at, c.closed_at, c.state, c.score, c.reason, c.rule_version, c.version,
        c.lead_case, (select count(*)::int from case_file f where f.lead_case = c.id), c.clock_at, c.clock_does, c.clock_fired_at, c.assignee
        """;
    public const string Episode = "case_id, episode_id, class, onset, joined_at, ended_at, score, reason, finding";
    public const string Act = """
        a.id, a.operation_id, a.case_id, a.instance_id, a.scope, a.kind, a.state, a.severity, a.needs_person, a.approved_by, a.reason,
        a.actor, a.rule_version, a.proposed_at, a.admitted_at, a.due_at, a.done_at, a.attempts, a.plan, a.detail, a.episode_id,
        a.escalated_from, a.verification, a.purpose, a.traceparent, a.occurrence_at
        """;
    public const string Step = """
        s.id, s.act_id, s.ordinal, s.kind, s.target, s.iam_action, s.before, s.wanted, s.undo, s.state, s.attempts, s.started_at,
        s.called_at, s.done_at, s.detail, s.exposed_at, s.covered_at, s.tried
        """;
    public const string Request = """
        r.id, r.at, r.kind, r.actor, r.case_id, r.expected_version, r.payload, case r.state when 'held' then 'open' else r.state end, r.act_id, r.done_at,
        r.outcome, r.bulk_id, r.not_before
        """;

    public const string Audit = "id, at, actor, what, subject, data, rule_version, evidence_sha256";

    public static CaseRecord ReadCase(NpgsqlDataReader r) => new(
        r.GetInt64(0), r.GetString(1), r.GetInt16(2), r.GetString(3), r.GetString(4), At(r, 5), Maybe(r, 6), r.GetString(7), r.GetDouble(8),
        r.GetString(9), r.GetString(10), r.GetInt32(11), r.IsDBNull(12) ? null : r.GetInt64(12), r.GetInt32(13),
        r.IsDBNull(14) ? null : new CaseClock(At(r, 14), r.GetString(15), Maybe(r, 16)), Text(r, 17));

    public static CaseEpisodeRecord ReadEpisode(NpgsqlDataReader r) => new(
        r.GetInt64(0), r.GetInt64(1), r.GetString(2), At(r, 3), At(r, 4), Maybe(r, 5), r.GetDouble(6), r.GetString(7), r.GetString(8));

    public static ActRecord ReadAct(NpgsqlDataReader r) => new(
        r.GetInt64(0), r.GetGuid(1), r.IsDBNull(2) ? null : r.GetInt64(2), r.GetString(3), r.GetInt16(4), r.GetString(5), r.GetString(6), r.GetInt16(7),
        r.GetBoolean(8), Text(r, 9), r.GetString(10), r.GetString(11), r.GetString(12), At(r, 13), Maybe(r, 14), Maybe(r, 15), Maybe(r, 16),
        r.GetInt32(17), Text(r, 18), Text(r, 19), r.IsDBNull(20) ? null : r.GetInt64(20),
        r.IsDBNull(21) ? null : r.GetInt64(21), Text(r, 22), r.GetString(23), Text(r, 24), Maybe(r, 25));

    public static StepRecord ReadStep(NpgsqlDataReader r) => new(
        r.GetInt64(0), r.GetInt64(1), r.GetInt32(2), r.GetString(3), r.GetString(4), r.GetString(5), r.GetString(6), r.GetString(7),
        Text(r, 8), r.GetString(9), r.GetInt32(10), Maybe(r, 11), Maybe(r, 12), Maybe(r, 13), Text(r, 14), Maybe(r, 15),
        Maybe(r, 16), Text(r, 17));

    public static RequestRecord ReadRequest(NpgsqlDataReader r) => new(
        r.GetInt64(0), At(r, 1), r.GetString(2), r.GetString(3), r.GetInt64(4), r.IsDBNull(5) ? null : r.GetInt32(5), r.GetString(6),
        r.GetString(7), r.IsDBNull(8) ? null : r.GetInt64(8), Maybe(r, 9), Text(r, 10), r.IsDBNull(11) ? null : r.GetInt64(11), Maybe(r, 12));

    public static RulingRecord ReadRuling(NpgsqlDataReader r) => new(
        r.GetInt64(0), r.GetInt64(1), At(r, 2), r.GetString(3), r.GetString(4), r.GetString(5));

    public static AuditRecord ReadAudit(NpgsqlDataReader r) => new(
        r.GetInt64(0), At(r, 1), r.GetString(2), r.GetString(3), r.GetString(4), r.GetString(5), Text(r, 6),
        r.IsDBNull(7) ? null : Convert.ToHexStringLower(r.GetFieldValue<byte[]>(7)));

    /// <summary>All rows of a command.</summary>
    public static async Task<List<T>> AllAsync<T>(NpgsqlCommand command, Func<NpgsqlDataReader, T> read, CancellationToken ct)
    {
        List<T> rows = [];
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            rows.Add(read(reader));
        }

        return rows;
    }

    private static DateTimeOffset At(NpgsqlDataReader r, int column) => r.GetFieldValue<DateTimeOffset>(column);

    private static DateTimeOffset? Maybe(NpgsqlDataReader r, int column) => r.IsDBNull(column) ? null : At(r, column);

    private static string? Text(NpgsqlDataReader r, int column) => r.IsDBNull(column) ? null : r.GetString(column);
}
