using Npgsql;
using Watchdog.Ledger;

namespace Watchdog.Policy.Guards;

/// <summary>Reads what the brake is decided on, in the admitting transaction.</summary>
internal static class BrakeReads
{
    private const int HoursKnown = 7 * 24;
    private const int LeastHours = 24;

    public static async Task<BrakeFacts> FactsAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, Brake last, ShardReports shards, string? demoted, DateTimeOffset now, CancellationToken ct)
    {
        var (candidates, usual) = await CandidatesAsync(connection, transaction, now, ct);
        await using var command = new NpgsqlCommand(
            """
            select f.listed - f.missing, f.listed + f.gone_hour - f.new_hour, f.listed + f.gone_day - f.new_day
            from (select (select count(*) from vm where gone_at is null) as listed,
              (select count(*) from vm where missing_since is not null and gone_at is null) as missing,
              (select count(*) from vm where gone_at > $1 and first_seen <= $1) as gone_hour,
              (select count(*) from vm where first_seen > $1 and gone_at is null) as new_hour,
              (select count(*) from vm where gone_at > $2 and first_seen <= $2) as gone_day,
              (select count(*) from vm where first_seen > $2 and gone_at is null) as new_day) f
            """, connection, transaction)
        {
            Parameters = { new() { Value = now.AddHours(-1) }, new() { Value = now.AddDays(-1) } },
        };
        await using var reader = await command.ExecuteReaderAsync(ct);
        await reader.ReadAsync(ct);
        var modal = shards.Modal;
        return new(
            candidates, usual, reader.GetInt64(0), reader.GetInt64(1), reader.GetInt64(2), shards.Seen, shards.Judged, shards.Screened, modal.Cpu, modal.Vms, demoted, last);
    }

    private static async Task<(int Candidates, IReadOnlyList<int> Usual)> CandidatesAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, DateTimeOffset now, CancellationToken ct)
    {
        await using var known = new NpgsqlCommand("select min(from_at) from scope_coverage where seen", connection, transaction);
        var hours = await known.ExecuteScalarAsync(ct) is DateTime since ? (int)Math.Clamp((now - since).TotalHours, 0, HoursKnown) : 0;
        await using var command = new NpgsqlCommand(
            """
            select floor(extract(epoch from ($1 - proposed_at)) / 3600)::int, count(distinct case_id)::int from act
            where kind <> 'release' and purpose = 'abuse' and actor = $3 and proposed_at > $2 and proposed_at <= $1 and (state <> 'refused' or admitted_at is not null)
            group by 1
            """, connection, transaction)
        {
            Parameters = { new() { Value = now }, new() { Value = now.AddHours(-HoursKnown) }, new() { Value = Audit.Machine } },
        };
        var counts = new int[HoursKnown];
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            counts[Math.Clamp(reader.GetInt32(0), 0, HoursKnown - 1)] = reader.GetInt32(1);
        }

        return (counts[0], hours < LeastHours ? [] : counts[1..hours]);
    }
}
