using Npgsql;
using Watchdog.Diagnostics;
using Watchdog.Ledger;
using Watchdog.Policy;
using Watchdog.Storage;
using Watchdog.Storage.Nodes;
using Watchdog.Telemetry.Spending;

namespace Watchdog.Reports.Health;

/// <summary>One loop on the page.</summary>
public sealed record LoopLine(string Name, string Kind, LoopState State, string Reason, string Owner, DateTimeOffset TakenAt, DateTimeOffset? DoneAt, bool Here);

/// <summary>One worker on the page.</summary>
public sealed record NodeReport(
    string Name, NodeState State, string Reason, string Version, DateTimeOffset SeenAt, double ClockSkewSeconds, long Shards, long Leases, int Jobs, long TokensLeased);

/// <summary>How the cluster fares, as this worker reads it.</summary>
/// <param name="Node">This worker's name.</param>
/// <param name="State">The worst of the loops, and at least degraded while this worker is not ready or the brake is on.</param>
/// <param name="Ready">As <c>/readyz</c> says.</param>
/// <param name="Brake">Why the brake holds; null while it does not.</param>
/// <param name="Spending">How the month's AWS bill stands; null before it was settled.</param>
/// <param name="Loops">Every loop, the worst first.</param>
/// <param name="Nodes">Every worker of the last day, by name.</param>
public sealed record HealthReport(
    string Node, string Version, DateTimeOffset At, LoopState State, bool Ready, string ReadyReason, string? Brake, Spending? Spending, IReadOnlyList<LoopLine> Loops,
    IReadOnlyList<NodeReport> Nodes);

/// <summary>Reads it.</summary>
public sealed class HealthReads(NpgsqlDataSource database, Readiness readiness, SpendBook spending, NodeBook book, Node node, Clocks clocks)
{
    /// <summary>Reads the leases, the brake and the rest.</summary>
    public async Task<HealthReport> ReadAsync(CancellationToken ct)
    {
        var now = clocks.Wall.GetUtcNow();
        var (ready, why) = await readiness.AskAsync(ct);
        List<LoopLine> loops = [];
        List<NodeReport> nodes = [];
        Brake? brake = null;
        try
        {
            brake = await Brake.ReadAsync(database, ct);
            foreach (var loop in await LoopsAsync(ct))
            {
                var (state, reason) = LoopRules.Judge(loop, now);
                loops.Add(new(loop.Name, LoopRules.KindOf(loop.Name), state, reason, loop.Owner, loop.TakenAt, loop.DoneAt, loop.Owner == node.Name));
            }

            nodes.AddRange((await book.ReadAsync(ct)).Select(line => new NodeReport(
                line.Node.Name, line.State, line.Reason, line.Node.Program, line.Node.SeenAt, line.Node.Skew.TotalSeconds, line.Node.Shards, line.Node.Leases,
                line.Node.Jobs, line.Node.Leased)));
        }
        catch (Exception fault) when (fault is NpgsqlException or TimeoutException or IOException)
        {
            // Then nothing of this is known, and why stands beside "ready".
            (ready, why) = (false, $"the database does not answer: {fault.GetBaseException().Message}");
        }

        var worst = LoopRules.Worst(loops.Select(loop => loop.State));
        var least = ready && brake?.IsOn != true ? LoopState.Healthy : LoopState.Degraded;
        return new HealthReport(
            node.Name, ProgramVersion.Current, now, worst > least ? worst : least, ready, why, brake?.IsOn == true ? brake.Reason : null, spending.Now,
            [.. loops.OrderByDescending(loop => loop.State).ThenBy(loop => loop.Name, StringComparer.Ordinal)], nodes);
    }

    private async Task<List<LoopFacts>> LoopsAsync(CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var command = Statement.On(connection, null, "select name, owner, taken_at, done_at from lease");
        List<LoopFacts> read = [];
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            read.Add(new(reader.GetString(0), reader.GetString(1), reader.GetFieldValue<DateTimeOffset>(2),
                await reader.IsDBNullAsync(3, ct) ? null : reader.GetFieldValue<DateTimeOffset>(3)));
        }

        return read;
    }
}
