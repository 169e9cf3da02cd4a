using Microsoft.Extensions.Options;
using Npgsql;
using Watchdog.Diagnostics;
using Watchdog.IdleShutdown;
using Watchdog.IdleShutdown.Savings;
using Watchdog.IdleShutdown.Schedules;
using Watchdog.IdleShutdown.Warnings;
using Watchdog.Ledger;
using Watchdog.Policy;
using Watchdog.Reports.Pages;

namespace Watchdog.Reports.Idle;

/// <summary>Reads idle stops for the page, through the same books as the commands. What goes through every resting VM is gathered once a minute, whoever asks.</summary>
public sealed class IdleReads(
    NpgsqlDataSource database, Agenda agenda, IdlePolicies policies, SavingsReader savings, HoldBook holds, IOptions<IdleShutdownOptions> options, Clocks clocks)
{
    private static readonly TimeSpan Kept = TimeSpan.FromMinutes(1);

    private readonly Remembered<int, Outlook> outlooks = new(Kept, clocks.Wall);
    private readonly Remembered<(int, SavingsGroup), Saved> sums = new(Kept, clocks.Wall);

    /// <summary>The page.</summary>
    public async Task<IdleModel> ReadAsync(int days, SavingsGroup by, CancellationToken ct)
    {
        var now = clocks.Fleet.GetUtcNow();
        var outlook = await outlooks.GetAsync(0, () => OutlookAsync(now, CancellationToken.None), ct);
        var saved = await sums.GetAsync((days, by), () => SumAsync(now, days, by, CancellationToken.None), ct);
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var stops = Statement.On(connection, null,
            "select state, count(*)::int from act where proposed_at >= $1 and kind <> 'release' and purpose = 'idle' and kind = 'stop' group by 1 order by 2 desc", now.AddDays(-1));
        var states = await Rows.AllAsync(stops, r => (r.GetString(0), r.GetInt32(1)), ct);
        await using var waves = Statement.On(connection, null,
            """
            select w.schedule, w.occurrence_at, s.key, w.vms, w.refused from idle_wave w join scope s on s.id = w.scope
            where w.refused is not null and w.occurrence_at >= $1 order by w.occurrence_at desc, s.key limit $2
            """, now.AddDays(-7), IdleModel.MostLines);
        var refused = await Rows.AllAsync(waves, r => new RefusedWave(r.GetString(0), r.GetFieldValue<DateTimeOffset>(1), r.GetString(2), r.GetInt32(3), r.GetString(4)), ct);
        return new(
            states, await WarningTable.OpenAsync(database, ct), await holds.ListAsync(all: false, now, ct), refused, outlook, saved, days, by, [.. policies.All]);
    }

    private async Task<Outlook> OutlookAsync(DateTimeOffset now, CancellationToken ct)
    {
        var watched = await IdleWatch.AllAsync(database, ct);
        return new(
            now, watched.Count, [.. watched.Where(vm => vm.Verdict?.StopsAt <= now.AddHours(1)).OrderBy(vm => vm.Verdict!.StopsAt).ThenBy(vm => vm.InstanceId, StringComparer.Ordinal)],
            await agenda.ReadAsync(now.AddDays(1), ct), await savings.NotStoppedAsync(now.AddDays(-1), now, ct));
    }

    private async Task<Saved> SumAsync(DateTimeOffset now, int days, SavingsGroup by, CancellationToken ct)
    {
        var (prices, faults) = PriceFile.Read(options.Value.PricesPath);
        return prices is null
            ? new(null, string.Join("; ", faults))
            : new(SavingsSum.Of(await savings.SpansAsync(now.AddDays(-days), now, ct), now.AddDays(-days), now, by, prices), null);
    }
}
