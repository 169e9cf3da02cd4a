using Npgsql;
using Watchdog.Ledger;
using Watchdog.Ledger.Auditing;

namespace Watchdog.Reports.Trail;

/// <summary>A page of the trail, the newest line first.</summary>
/// <param name="Next">Where the older ones go on; null: there are none.</param>
/// <param name="Whats">Everything that lines tell of, by name.</param>
/// <param name="Head">The last seal; null: nothing is sealed.</param>
/// <param name="Verdict">What recomputing the latest seals found; null: nobody asked.</param>
public sealed record TrailModel(
    TrailFilter Filter, IReadOnlyList<AuditRecord> Lines, TrailFilter? Next, IReadOnlyList<string> Whats, AuditHead? Head, AuditVerdict? Verdict);

/// <summary>Reads the audit trail for the page: by instant and key, which indexes know together with actor, what and subject, so that no page costs more than another.</summary>
public sealed class TrailReads(NpgsqlDataSource database, AuditVerifier verifier)
{
    private const int PageSize = 50;
    // A hundred minutes' worth: recomputed within a second.
    private const int SealsVerified = 100;

    // A jump from name to name through the index: the trail has millions of lines and some dozens of names.
    private const string WhatsSql =
        """
        with recursive names as (
          (select what from audit order by what limit 1)
          union all
          select (select a.what from audit a where a.what > n.what order by a.what limit 1) from names n where n.what is not null)
        select what from names where what is not null
        """;

    /// <summary>The page.</summary>
    /// <param name="verify">Whether to recompute the latest seals.</param>
    public async Task<TrailModel> ReadAsync(TrailFilter filter, bool verify, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var whats = Statement.On(connection, null, WhatsSql);
        var names = await Rows.AllAsync(whats, r => r.GetString(0), ct);
        var head = await verifier.HeadAsync(ct);
        var verdict = verify && head is not null ? await verifier.VerifyAsync(Math.Max(1, head.Seq - SealsVerified + 1), null, ct) : null;
        if (filter.Wrong is not null)
        {
            return new(filter, [], null, names, head, verdict);
        }

        var lines = await LinesAsync(connection, filter, ct);
        return new(
            filter, [.. lines.Take(PageSize)], lines.Count > PageSize ? filter with { Before = (lines[PageSize - 1].At, lines[PageSize - 1].Id) } : null, names, head, verdict);
    }

    // Only what is asked for stands in the statement: a plan that serves every filter would use no index.
    private static async Task<List<AuditRecord>> LinesAsync(NpgsqlConnection connection, TrailFilter filter, CancellationToken ct)
    {
        List<string> where = ["true"];
        List<object?> values = [PageSize + 1];
        Narrow("actor =", filter.Actor);
        Narrow("what =", filter.What);
        Narrow("subject =", filter.Subject);
        Narrow("at >=", filter.Since);
        Narrow("at <", filter.Until);
        if (filter.Before is { } mark)
        {
            values.AddRange([mark.At, mark.Id]);
            where.Add(FormattableString.Invariant($"(at, id) < (${values.Count - 1}, ${values.Count})"));
        }

        await using var command = Statement.On(
            connection, null, $"select {Rows.Audit} from audit where {string.Join(" and ", where)} order by at desc, id desc limit $1", [.. values]);
        return await Rows.AllAsync(command, Rows.ReadAudit, ct);

        void Narrow(string condition, object? value)
        {
            if (value is not null)
            {
                values.Add(value);
                where.Add(FormattableString.Invariant($"{condition} ${values.Count}"));
            }
        }
    }
}
