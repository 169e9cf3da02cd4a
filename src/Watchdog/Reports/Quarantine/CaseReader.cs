using System.Data;
using System.Runtime.CompilerServices;
using Npgsql;
using Watchdog.Ledger;

namespace Watchdog.Reports.Quarantine;

/// <summary>
/// Reads the cases of a span out of the ledger, some hundred at a time, so that ten thousand need no more memory than a page of them. All
/// passes see one snapshot.
/// </summary>
public sealed class CaseReader : IAsyncDisposable
{
    private const int CasesAPage = 200;
    private readonly NpgsqlConnection _connection;
    private readonly NpgsqlTransaction _transaction;
    private readonly ReportSpan _span;

    private CaseReader(NpgsqlConnection connection, NpgsqlTransaction transaction, ReportSpan span) => (_connection, _transaction, _span) = (connection, transaction, span);

    /// <summary>Opens a snapshot of the cases that were opened in a span.</summary>
    public static async Task<CaseReader> OpenAsync(NpgsqlDataSource database, ReportSpan span, CancellationToken ct)
    {
        var connection = await database.OpenConnectionAsync(ct);
        return new CaseReader(connection, await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, ct), span);
    }

    /// <summary>Every case, in order of opening.</summary>
    public async IAsyncEnumerable<ReportedCase> CasesAsync([EnumeratorCancellation] CancellationToken ct)
    {
        var (after, id) = (_span.Since, 0L);
        while (true)
        {
            var page = await ReportRows.CasesAsync(_connection, _transaction, after, id, _span.Until, 0, CasesAPage, ct);
            if (page.Count == 0)
            {
                yield break;
            }

            var belongings = await ReportRows.BelongingsAsync(_connection, _transaction, [.. page.Select(c => c.Id)], ct);
            foreach (var of in page)
            {
                yield return Whole(of, belongings);
            }

            (after, id) = (page[^1].OpenedAt, page[^1].Id);
        }
    }

    /// <summary>What all of them come to.</summary>
    /// <param name="window">How far back rulings count for the detectors' precision.</param>
    public Task<Summary> SummaryAsync(TimeSpan window, CancellationToken ct) => SummaryReads.ReadAsync(_connection, _transaction, _span, window, ct);

    /// <summary>Some of the cases, in order of opening.</summary>
    public async Task<IReadOnlyList<ReportedCase>> PageAsync(int skip, int take, CancellationToken ct)
    {
        var page = await ReportRows.CasesAsync(_connection, _transaction, _span.Since, 0, _span.Until, skip, take, ct);
        var belongings = await ReportRows.BelongingsAsync(_connection, _transaction, [.. page.Select(c => c.Id)], ct);
        return [.. page.Select(of => Whole(of, belongings))];
    }

    /// <summary>What was frozen beside the findings of a case, oldest first, as JSON.</summary>
    public Task<IReadOnlyList<string>> FrozenAsync(ReportedCase of, CancellationToken ct) => ReportRows.FrozenAsync(
        _connection, _transaction, [.. of.Findings.Select(f => f.Episode.EpisodeId)], ct);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _transaction.DisposeAsync();
        await _connection.DisposeAsync();
    }

    private static ReportedCase Whole(CaseRecord of, Belongings all) => new(
        of,
        [.. all.Episodes[of.Id].Select(e => (e, ReportedCase.FindingOf(e)))],
        [.. all.Acts[of.Id].Select(act => new ReportedAct(
            act.Act, act.VerificationJson, act.EscalatedFrom, [.. all.Steps[act.Act.Id]],
            [.. all.Exhibits[act.Act.Id].Select(e => (e.Kind, e.At, e.Bytes))]))],
        [.. all.Rulings[of.Id]],
        [.. all.Timeline[$"case:{of.Id}"]]);
}
