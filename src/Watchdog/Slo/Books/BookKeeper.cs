using Microsoft.Extensions.Options;
using Npgsql;
using Watchdog.Ledger;
using Watchdog.Storage;

namespace Watchdog.Slo.Books;

/// <summary>What a run of the books came to.</summary>
/// <param name="Vms">VMs judged anew.</param>
/// <param name="Rows">Rows of intervals, buckets, days and amendments that differed and were written.</param>
/// <param name="RollUps">Stretches of buckets and days that became whole.</param>
public readonly record struct BookRun(int Vms, int Rows, int RollUps);

/// <summary>
/// Keeps the uptime books. A run reads the news, moves the watermarks, judges anew what the news touch, and writes the buckets and days that have become
/// whole; each part is some fenced transactions with their own place in the work, so that a run that is cut off anywhere is gone on with by the next.
/// </summary>
public sealed class BookKeeper(NpgsqlDataSource database, IOptions<SloOptions> options, ILogger<BookKeeper> log)
{
    /// <summary>Runs once.</summary>
    /// <param name="fence">The lease <see cref="Leases.Slo"/>: there is one keeper in a cluster.</param>
    /// <param name="now">Fleet time.</param>
    /// <exception cref="FencedException">Another worker keeps the books now; what was committed stands.</exception>
    public async Task<BookRun> RunAsync(Fence fence, DateTimeOffset now, CancellationToken ct)
    {
        await NewsAsync(fence, ct);
        await FencedWrite.RunAsync(database, fence, (connection, transaction) => Advance.RunAsync(connection, transaction, options.Value.Rules, now, ct), ct);
        var judging = new Judging(options.Value, now);
        var run = default(BookRun);
        while (await FencedWrite.RunAsync(database, fence, (connection, transaction) => judging.RunAsync(connection, transaction, ct), ct) is { Vms: > 0 } done)
        {
            run = run with { Vms = run.Vms + done.Vms, Rows = run.Rows + done.Rows };
        }

        while (await FencedWrite.RunAsync(database, fence, (connection, transaction) => RollUp.NextAsync(connection, transaction, ct), ct))
        {
            run = run with { RollUps = run.RollUps + 1 };
        }

        while (await FencedWrite.RunAsync(database, fence, (connection, transaction) => CheckAsync(connection, transaction, now, ct), ct))
        {
        }

        await FencedWrite.RunAsync(database, fence, (connection, transaction) => Months.CloseAsync(connection, transaction, options.Value, now, ct), ct);
        return run;
    }

    // Each day once, when it is written in every scope; what was found broken is judged anew by the next run.
    private async Task<bool> CheckAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, DateTimeOffset now, CancellationToken ct)
    {
        if (await BookScope.NextToCheckAsync(connection, transaction, ct) is not { } day)
        {
            return false;
        }

        var breach = await BookCheck.RunAsync(connection, transaction, day, now, ct);
        if (breach.Any)
        {
            Log.Broken(log, DateOnly.FromDateTime(Minutes.Minute.At(day * Minutes.Minute.Day).UtcDateTime), breach.Overlaps, breach.Gaps, breach.Buckets, breach.Days);
        }

        await BookScope.CheckedAsync(connection, transaction, day, ct);
        return true;
    }

    private async Task NewsAsync(Fence fence, CancellationToken ct)
    {
        var horizon = await FencedWrite.RunAsync(database, fence, (connection, transaction) => News.HorizonAsync(connection, transaction, ct), ct);
        while (!await FencedWrite.RunAsync(database, fence, (connection, transaction) => News.TakeAsync(connection, transaction, horizon, ct), ct))
        {
        }
    }
}
