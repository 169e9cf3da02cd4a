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

/// <summary>Reads the audit trail for the page.</summary>
public sealed class TrailReads(NpgsqlDataSource database, AuditTrail trail, AuditVerifier verifier)
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

        var lines = await trail.ListAsync(
            new AuditFilter(filter.Subject, filter.Actor, filter.Since, PageSize + 1) { What = filter.What, Until = filter.Until, Before = filter.Before }, ct);
        return new(
            filter, [.. lines.Take(PageSize)], lines.Count > PageSize ? filter with { Before = lines[PageSize - 1].Id } : null, names, head, verdict);
    }
}
