using Npgsql;
using Watchdog.Diagnostics;
using Watchdog.Inventory;
using Watchdog.Storage;

namespace Watchdog.Reports.Health;

/// <summary>Finds out whether this worker is ready; asked often, it asks the database once a second.</summary>
public sealed class Readiness(NpgsqlDataSource database, Migrator migrator, ScopeCatalog scopes, Node node, Clocks clocks) : IDisposable
{
    private static readonly TimeSpan Kept = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan AtWork = TimeSpan.FromMinutes(3);
    private readonly SemaphoreSlim one = new(1);
    private Answer? last;

    /// <summary>The last answer; null before the first question.</summary>
    public bool? Last => Volatile.Read(ref last)?.Ready;

    /// <summary>The answer, and why.</summary>
    public async Task<(bool Ready, string Reason)> AskAsync(CancellationToken ct)
    {
        await one.WaitAsync(ct);
        try
        {
            if (last is not { } known || clocks.Wall.GetElapsedTime(known.At) > Kept)
            {
                var (ready, reason) = ReadyRules.Decide(await FactsAsync(ct));
                Volatile.Write(ref last, known = new(clocks.Wall.GetTimestamp(), ready, reason));
            }

            return (known.Ready, known.Reason);
        }
        finally
        {
            one.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => one.Dispose();

    private async Task<ReadyFacts> FactsAsync(CancellationToken ct)
    {
        using var soon = CancellationTokenSource.CreateLinkedTokenSource(ct);
        using var limit = new CancellationTokenSource(Longest, clocks.Wall);
        await using var end = limit.Token.Register(soon.Cancel);
        var facts = new ReadyFacts(null, null, 0, 0, false);
        try
        {
            await migrator.VerifyAsync(soon.Token);
            var wanted = await scopes.LoadAsync(soon.Token);
            return facts with { Scopes = wanted.Count, Listed = await ListedAsync(wanted, soon.Token), OthersWork = await OthersWorkAsync(soon.Token) };
        }
        catch (SchemaException wrong)
        {
            return facts with { Schema = wrong.Message };
        }
        catch (Exception fault) when (fault is NpgsqlException or TimeoutException or IOException)
        {
            return facts with { Database = fault.GetBaseException().Message };
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return facts with { Database = $"no answer within {Longest.TotalSeconds:0} s" };
        }
    }

    private async Task<int> ListedAsync(IReadOnlyList<Scope> wanted, CancellationToken ct)
    {
        await using var command = database.CreateCommand(
            """
            select count(*)::int from unnest($1) as w(id)
            where exists (select 1 from scope_coverage c where c.scope = w.id and c.kind = 'inventory' and c.seen)
            """);
        command.Parameters.Add(new() { Value = wanted.Select(scope => scope.Id).ToArray() });
        return (int)(await command.ExecuteScalarAsync(ct))!;
    }

    private async Task<bool> OthersWorkAsync(CancellationToken ct)
    {
        await using var command = database.CreateCommand("select exists (select 1 from lease where owner <> $1 and taken_at > $2)");
        command.Parameters.Add(new() { Value = node.Name });
        command.Parameters.Add(new() { Value = clocks.Wall.GetUtcNow() - AtWork });
        return (bool)(await command.ExecuteScalarAsync(ct))!;
    }

    private sealed record Answer(long At, bool Ready, string Reason);
}
