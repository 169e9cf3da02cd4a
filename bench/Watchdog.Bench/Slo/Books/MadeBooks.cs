using Npgsql;
using Watchdog.Slo.Minutes;

namespace Watchdog.Bench.Slo.Books;

/// <summary>
/// Fills a database's books with a made-up fleet's, as writing them day by day would have left them: rows in the order of time, indexes grown
/// row by row, the last span of every VM open.
/// </summary>
internal sealed class MadeBooks(NpgsqlDataSource database, MadeFleet fleet, int days)
{
    /// <summary>A month of 31 days, so that 30 leave the month open.</summary>
    public static readonly DateOnly Month = new(2026, 10, 1);

    private readonly Dictionary<MadeGroup, int> _groups = [];

    /// <summary>The books' first minute.</summary>
    public static int Start => Minute.Of(new(Month, default, TimeSpan.Zero));

    /// <summary>The watermark of every scope.</summary>
    public int End => Start + (days * Minute.Day);

    /// <summary>Fills them.</summary>
    /// <param name="told">Hears of each day.</param>
    public async Task MakeAsync(Action<int> told, CancellationToken ct)
    {
        await MakeFleetAsync(ct);
        var (buckets, daily) = (new BucketSums(Start, days), new DaySums(fleet.Vms));
        List<MadeSpan> spans = [];
        for (var day = 0; day < days; day++)
        {
            spans.Clear();
            for (var vm = 1; vm <= fleet.Vms; vm++)
            {
                MadeDays.Add(spans, vm, day, Start);
            }

            spans.RemoveAll(span => span.From >= End);
            spans.Sort((a, b) => (a.From, a.Vm).CompareTo((b.From, b.Vm)));
            foreach (var span in spans)
            {
                var within = span with { To = Math.Min(span.To, End) };
                buckets.Add(within, fleet.GroupOf(span.Vm, day));
                daily.Add(within, Moved(span.Vm, day));
            }

            await CopySpansAsync(spans, day, ct);
            await CopyDayAsync(daily, day, ct);
            told(day);
        }

        await CopyBucketsAsync(buckets, ct);
    }

    private bool Moved(int vm, int day) => fleet.GroupOf(vm, day) != fleet.GroupOf(vm, 0);

    private int Group(int vm, int day) => _groups[fleet.GroupOf(vm, day)];

    private async Task MakeFleetAsync(CancellationToken ct)
    {
        await RunAsync("select slo_make_month($1)", Month, ct);
        await CopyAsync("scope (id, key, region)", Enumerable.Range(0, MadeFleet.Regions), async (row, region) =>
        {
            await row.WriteAsync((short)(region + 1), ct);
            await row.WriteAsync("1/" + Names.Region(region), ct);
            await row.WriteAsync(Names.Region(region), ct);
        }, ct);
        await RunAsync(
            $"insert into slo_scope (scope, from_min, watermark_min, bucket_min, day) select id, $1 - {days} * 1440, $1, $1, $1 / 1440 from scope", End, ct);
        await CopyAsync("slo_vm (id, instance_id, scope)", Enumerable.Range(1, fleet.Vms), async (row, vm) =>
        {
            await row.WriteAsync(vm, ct);
            await row.WriteAsync(Names.Vm(vm), ct);
            await row.WriteAsync((short)(fleet.GroupOf(vm, 0).Region + 1), ct);
        }, ct);
        for (var vm = 1; vm <= fleet.Vms; vm++)
        {
            _groups.TryAdd(fleet.GroupOf(vm, 0), _groups.Count + 1);
            _groups.TryAdd(fleet.GroupOf(vm, days), _groups.Count + 1);
        }

        await CopyAsync("slo_group (id, scope, region, owner, plan, instance_type)", _groups, async (row, group) =>
        {
            await row.WriteAsync(group.Value, ct);
            await row.WriteAsync((short)(group.Key.Region + 1), ct);
            await row.WriteAsync(Names.Region(group.Key.Region), ct);
            await row.WriteAsync(Names.Owner(group.Key.Owner), ct);
            await row.WriteAsync(Names.Plan(group.Key.Plan), ct);
            await row.WriteAsync(Names.Type(group.Key.Type), ct);
        }, ct);
        await CopyAsync("slo_key (id, dimension, name)", Enumerable.Range(0, BucketSums.Keys), async (row, key) =>
        {
            var (dimension, name) = BucketSums.NameOf(key);
            await row.WriteAsync(key + 1, ct);
            await row.WriteAsync(dimension, ct);
            await row.WriteAsync(name, ct);
        }, ct);
    }

    private Task CopySpansAsync(List<MadeSpan> spans, int day, CancellationToken ct) =>
        CopyAsync("slo_interval (vm, from_min, to_min, grp, cause, agent)", spans, async (row, span) =>
        {
            await row.WriteAsync(span.Vm, ct);
            await row.WriteAsync(span.From, ct);
            await row.WriteAsync(span.To >= End ? Minute.Open : span.To, ct);
            await row.WriteAsync(Group(span.Vm, day), ct);
            await row.WriteAsync((short)span.Cause, ct);
            await row.WriteAsync((short)span.Agent, ct);
        }, ct);

    private Task CopyDayAsync(DaySums daily, int day, CancellationToken ct)
    {
        var date = (Start / Minute.Day) + day;
        // A span of yesterday belongs to yesterday's groups; after the change both have their part of the day.
        var rows = Enumerable.Range(2, 2 * fleet.Vms).Select(number => (Vm: number / 2, Moved: number % 2 == 1))
            .Where(of => daily.Of(of.Vm, date, of.Moved).ContainsAnyExcept((short)0));
        return CopyAsync("slo_daily (vm, day, grp, good, bad, excluded, unknown, reached, silent)", rows, async (row, of) =>
        {
            await row.WriteAsync(of.Vm, ct);
            await row.WriteAsync(date, ct);
            await row.WriteAsync(Group(of.Vm, of.Moved ? days : 0), ct);
            for (var column = 0; column < DaySums.Width; column++)
            {
                await row.WriteAsync(daily.Of(of.Vm, date, of.Moved)[column], ct);
            }

            daily.Of(of.Vm, date, of.Moved).Clear();
        }, ct);
    }

    private Task CopyBucketsAsync(BucketSums buckets, CancellationToken ct) =>
        CopyAsync($"slo_five_minutes (key, at_min, {string.Join(", ", CauseColumns.All)}, reached, silent)", buckets.Rows(), async (row, bucket) =>
        {
            await row.WriteAsync(bucket.Key + 1, ct);
            await row.WriteAsync(bucket.At, ct);
            foreach (var minutes in bucket.Minutes)
            {
                await row.WriteAsync(minutes, ct);
            }

            await row.WriteAsync(bucket.Reached, ct);
            await row.WriteAsync(bucket.Silent, ct);
        }, ct);

    private async Task CopyAsync<T>(string into, IEnumerable<T> rows, Func<NpgsqlBinaryImporter, T, Task> write, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var import = await connection.BeginBinaryImportAsync($"copy {into} from stdin (format binary)", ct);
        foreach (var row in rows)
        {
            await import.StartRowAsync(ct);
            await write(import, row);
        }

        await import.CompleteAsync(ct);
    }

    private async Task RunAsync(string sql, object parameter, CancellationToken ct)
    {
        await using var command = database.CreateCommand(sql);
        command.Parameters.Add(new() { Value = parameter });
        await command.ExecuteNonQueryAsync(ct);
    }
}
