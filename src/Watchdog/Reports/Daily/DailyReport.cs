using Microsoft.Extensions.Options;
using Npgsql;
using Watchdog.Alerts.Sending;
using Watchdog.Alerts.Telling;
using Watchdog.Diagnostics;
using Watchdog.Ledger;
using Watchdog.Policy;
using Watchdog.Reports.Quarantine;

namespace Watchdog.Reports.Daily;

/// <summary>
/// Posts the quarantine report of each day once, when its time has come. The day's row and its messages are one transaction: whoever dies before it has done
/// nothing, and a second worker finds the row.
/// </summary>
public sealed class DailyReport(
    NpgsqlDataSource database, DayReads days, BulletinDesk desk, IOptions<DailyOptions> options, IOptions<AlertLinkOptions> links, IOptions<PolicyOptions> policy, Clocks clocks)
{
    /// <summary>Posts the oldest report that is due, if any.</summary>
    /// <returns>The day; null: none was due, or another worker has posted it.</returns>
    public async Task<DateOnly?> RunAsync(CancellationToken ct)
    {
        var now = clocks.Fleet.GetUtcNow();
        if (options.Value.Time is not { } at || await DueAsync(now, at, ct) is not { } day)
        {
            return null;
        }

        // Before the transaction that writes: one that is open holds up everybody who reads the event log.
        var span = days.SpanOf(day);
        var summary = await new QuarantineReport(database, new EvidenceOnly(), policy.Value.Precision.Window).SummarizeAsync(span, ct);
        var bulletin = DailyText.Of(day, summary, span.At, Links.OfReport(links.Value, DayEndpoint.Written(day)));
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        await using var mark = Statement.On(connection, transaction, "insert into daily_report (day, posted_at) values ($1, $2) on conflict (day) do nothing", day, span.At);
        if (await mark.ExecuteNonQueryAsync(ct) == 0)
        {
            return null;
        }

        await desk.PostAsync(connection, transaction, bulletin, [.. options.Value.Receivers], ct);
        await transaction.CommitAsync(ct);
        return day;
    }

    private async Task<DateOnly?> DueAsync(DateTimeOffset now, TimeOnly at, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var newest = Statement.On(connection, null, "select max(day) from daily_report");
        var last = (await Rows.AllAsync(newest, r => r.IsDBNull(0) ? (DateOnly?)null : r.GetFieldValue<DateOnly>(0), ct)).Single();
        if (ReportDays.Due(now, at, last) is not { } day)
        {
            return null;
        }

        // Of a day that was over before any VM was seen there is nothing to tell.
        await using var began = Statement.On(connection, null, "select exists (select 1 from vm where first_seen < $1)", days.SpanOf(day).Until);
        return last is not null || (bool)(await began.ExecuteScalarAsync(ct))! ? day : null;
    }
}
