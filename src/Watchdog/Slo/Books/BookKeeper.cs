using Microsoft.Extensions.Options;
using Npgsql;
using Watchdog.Diagnostics;
using Watchdog.Ledger;
using Watchdog.Storage;

namespace Watchdog.Slo.Books;

/// <summary>What a run of the books came to.</summary>
/// <param name="Vms">VMs judged anew.</param>
/// <param name="Rows">Rows of intervals, buckets, days and amendments that differed and were written.</param>
/// <param name="RollUps">Stretches of buckets and days that became whole.</param>
/// <param name="PutOff">VMs that could not be judged, and wait.</param>
public readonly record struct BookRun(int Vms, int Rows, int RollUps, int PutOff);

/// <summary>
/// Keeps the uptime books. A run reads the news, moves the watermarks, judges anew what the news touch, and writes the buckets and days that have become
/// whole; each part is some fenced transactions with their own place in the work, so that a run that is cut off anywhere is gone on with by the next. A VM that cannot be judged
/// is put off, and holds nobody else up.
/// </summary>
public sealed class BookKeeper(NpgsqlDataSource database, IOptions<SloOptions> options, ILogger<BookKeeper> log)
{
    private const int MostOfWhy = 300;
    private readonly PutOff _putOff = new();

    /// <summary>Runs once.</summary>
    /// <param name="fence">The lease <see cref="Leases.Slo"/>: there is one keeper in a cluster.</param>
    /// <param name="now">Fleet time.</param>
    /// <exception cref="FencedException">Another worker keeps the books now; what was committed stands.</exception>
    public async Task<BookRun> RunAsync(Fence fence, DateTimeOffset now, CancellationToken ct)
    {
        using (Spans.Begin("slo.news"))
        {
            await NewsAsync(fence, ct);
        }

        using (Spans.Begin("slo.advance"))
        {
            await FencedWrite.RunAsync(database, fence, (connection, transaction) => Advance.RunAsync(connection, transaction, options.Value.Rules, now, ct), ct);
        }

        BookRun run;
        using (Spans.Begin("slo.judge"))
        {
            run = await JudgeAsync(fence, now, ct);
        }

        using (Spans.Begin("slo.rollup"))
        {
            while (await FencedWrite.RunAsync(database, fence, (connection, transaction) => RollUp.NextAsync(connection, transaction, ct), ct))
            {
                run = run with { RollUps = run.RollUps + 1 };
            }
        }

        using var last = Spans.Begin("slo.check");
        while (await FencedWrite.RunAsync(database, fence, (connection, transaction) => CheckAsync(connection, transaction, now, ct), ct))
        {
        }

        await FencedWrite.RunAsync(database, fence, (connection, transaction) => Months.CloseAsync(connection, transaction, options.Value, now, ct), ct);
        return run;
    }

    // Where some VMs together cannot be judged, fewer are tried, down to the one that stands in the way.
    private async Task<BookRun> JudgeAsync(Fence fence, DateTimeOffset now, CancellationToken ct)
    {
        var judging = new Judging(options.Value, now);
        var limit = Judging.VmsAtOnce;
        var run = default(BookRun);
        while (true)
        {
            JudgedVms done;
            try
            {
                done = await FencedWrite.RunAsync(database, fence, (connection, transaction) => judging.RunAsync(connection, transaction, _putOff.At(now), limit, ct), ct);
                limit = Math.Min(limit * 2, Judging.VmsAtOnce);
            }
            catch (Exception e) when (limit > 1 && IsOfItsData(e))
            {
                limit /= 2;
                continue;
            }
            catch (Exception e) when (IsOfItsData(e))
            {
                done = await FencedWrite.RunAsync(database, fence, (connection, transaction) => PutOffNextAsync(connection, transaction, e, now, ct), ct);
            }

            if (!done.Any)
            {
                return run with { PutOff = _putOff.At(now).Length };
            }

            _putOff.Judged(done.Judged);
            foreach (var vm in done.Unjudged.Where(vm => _putOff.Add(vm.Id, now)))
            {
                Log.NotJudged(log, vm.InstanceId, vm.Why);
            }

            run = run with { Vms = run.Vms + done.Judged.Count, Rows = run.Rows + done.Rows };
        }
    }

    private async Task<JudgedVms> PutOffNextAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, Exception why, DateTimeOffset now, CancellationToken ct)
    {
        var told = $"{why.GetType().Name}: {why.Message}";
        Unjudged[] next = [.. (await DirtyVm.NextAsync(connection, transaction, options.Value.Rules, _putOff.At(now), 1, ct))
            .Select(vm => new Unjudged(vm.Id, vm.InstanceId, told[..Math.Min(told.Length, MostOfWhy)]))];
        await DirtyVm.PutOffAsync(connection, transaction, next, ct);
        return new([], 0, next);
    }

    // A lost lease, a stop, and a database that is away or busy are nobody's data: the whole run ends, and the next one tries again.
    private static bool IsOfItsData(Exception e) => e switch
    {
        OperationCanceledException or FencedException => false,
        PostgresException of => of.SqlState[..2] is "22" or "23",
        NpgsqlException or TimeoutException or IOException => false,
        _ => true,
    };

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
