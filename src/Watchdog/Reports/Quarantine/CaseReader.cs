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
    private readonly DateTimeOffset _since;
    private readonly DateTimeOffset _until;

    private CaseReader(NpgsqlConnection connection, NpgsqlTransaction transaction, DateTimeOffset since, DateTimeOffset until) =>
        (_connection, _transaction, _since, _until) = (connection, transaction, since, until);

    /// <summary>Opens a snapshot of the cases that were opened in [since, until).</summary>
    public static async Task<CaseReader> OpenAsync(NpgsqlDataSource database, DateTimeOffset since, DateTimeOffset until, CancellationToken ct)
    {
        var connection = await database.OpenConnectionAsync(ct);
        return new CaseReader(connection, await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, ct), since, until);
    }

    /// <summary>Every case, in order of opening.</summary>
    public async IAsyncEnumerable<ReportedCase> CasesAsync([EnumeratorCancellation] CancellationToken ct)
    {
        var (after, id) = (_since, 0L);
        while (true)
        {
            var page = await ReportRows.CasesAsync(_connection, _transaction, after, id, _until, CasesAPage, ct);
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
