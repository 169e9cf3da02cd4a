using Npgsql;
using Watchdog.Ledger;

namespace Watchdog.Reports.Quarantine;

/// <summary>What belongs to a page of cases, by case or by act.</summary>
internal sealed record Belongings(
    ILookup<long, CaseEpisodeRecord> Episodes, ILookup<long, (ActRecord Act, string? VerificationJson, long? EscalatedFrom)> Acts,
    ILookup<long, ReportedStep> Steps, ILookup<long, (long Act, string Kind, DateTimeOffset At, long Bytes)> Exhibits,
    ILookup<long, RulingRecord> Rulings, ILookup<string, AuditRecord> Timeline);

/// <summary>The report's reads.</summary>
internal static class ReportRows
{
    public static async Task<List<CaseRecord>> CasesAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, DateTimeOffset after, long id, DateTimeOffset until, int skip, int limit, CancellationToken ct)
    {
        await using var command = Statement.On(connection, transaction,
            $"""
            select {Rows.Case} from case_file c
            where (c.opened_at, c.id) > ($1, $2) and c.opened_at < $3 order by c.opened_at, c.id limit $4 offset $5
            """, after, id, until, limit, skip);
        return await Rows.AllAsync(command, Rows.ReadCase, ct);
    }

    public static async Task<Belongings> BelongingsAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, long[] cases, CancellationToken ct)
    {
        var episodes = await ReadAsync(
            $"select {Rows.Episode} from case_episode where case_id = any($1) order by joined_at, episode_id", cases, Rows.ReadEpisode);
        var acts = await ReadAsync(
            $"select {Rows.Act}, a.verification, a.escalated_from from act a where a.case_id = any($1) order by a.id", cases,
            r => (Act: Rows.ReadAct(r), VerificationJson: Text(r, "verification"), EscalatedFrom: Key(r, "escalated_from")));
        var ids = acts.Select(a => a.Act.Id).ToArray();
        var steps = await ReadAsync(
            $"select {Rows.Step}, s.exposed_at, s.covered_at from step s where s.act_id = any($1) order by s.act_id, s.ordinal", ids,
            r => new ReportedStep(Rows.ReadStep(r), Instant(r, "exposed_at"), Instant(r, "covered_at")));
        var exhibits = await ReadAsync(
            "select act_id, kind, at, octet_length(content)::bigint from exhibit where act_id = any($1) order by id", ids,
            r => (Act: r.GetInt64(0), Kind: r.GetString(1), At: r.GetFieldValue<DateTimeOffset>(2), Bytes: r.GetInt64(3)));
        var rulings = await ReadAsync(
            "select id, case_id, at, ruling, actor, reason from ruling where case_id = any($1) order by id", cases, Rows.ReadRuling);
        var timeline = await ReadAsync(
            $"select {Rows.Audit} from audit where subject = any($1) order by id", cases.Select(id => $"case:{id}").ToArray(), Rows.ReadAudit);
        return new Belongings(
            episodes.ToLookup(e => e.CaseId), acts.ToLookup(a => a.Act.CaseId!.Value), steps.ToLookup(s => s.Step.ActId), exhibits.ToLookup(e => e.Act),
            rulings.ToLookup(r => r.CaseId), timeline.ToLookup(line => line.Subject));

        async Task<List<T>> ReadAsync<T>(string sql, object keys, Func<NpgsqlDataReader, T> read)
        {
            await using var command = Statement.On(connection, transaction, sql, keys);
            return await Rows.AllAsync(command, read, ct);
        }
    }

    public static async Task<IReadOnlyList<string>> FrozenAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, long[] episodes, CancellationToken ct)
    {
        await using var command = Statement.On(connection, transaction,
            "select facts from evidence where episode_id = any($1) and facts is not null order by at, id", [episodes]);
        return await Rows.AllAsync(command, r => r.GetString(0), ct);
    }

    private static string? Text(NpgsqlDataReader r, string column) => r.IsDBNull(r.GetOrdinal(column)) ? null : r.GetString(r.GetOrdinal(column));

    private static long? Key(NpgsqlDataReader r, string column) => r.IsDBNull(r.GetOrdinal(column)) ? null : r.GetInt64(r.GetOrdinal(column));

    private static DateTimeOffset? Instant(NpgsqlDataReader r, string column) =>
        r.IsDBNull(r.GetOrdinal(column)) ? null : r.GetFieldValue<DateTimeOffset>(r.GetOrdinal(column));
}
