using Npgsql;
using Watchdog.Slo.Classing;
using Watchdog.Slo.History;
using Watchdog.Slo.Minutes;

namespace Watchdog.Slo.Books;

/// <summary>What a transaction of judging came to.</summary>
/// <param name="Judged">Keys of the VMs that were judged anew.</param>
/// <param name="Rows">Rows written.</param>
/// <param name="Unjudged">VMs that could not be.</param>
internal sealed record JudgedVms(IReadOnlyList<int> Judged, int Rows, IReadOnlyList<Unjudged> Unjudged)
{
    public bool Any => Judged.Count + Unjudged.Count > 0;
}

/// <summary>Judges some thousand marked VMs anew and writes what differs: intervals, and of buckets and days those that are written already.</summary>
internal sealed class Judging(SloOptions options, DateTimeOffset now)
{
    /// <summary>VMs a transaction.</summary>
    public const int VmsAtOnce = 2_000;

    /// <summary>Judges the next VMs.</summary>
    /// <param name="putOff">VMs to leave alone.</param>
    /// <param name="limit">How many at most.</param>
    /// <returns>No VM when none is marked.</returns>
    public async Task<JudgedVms> RunAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, int[] putOff, int limit, CancellationToken ct)
    {
        IReadOnlyList<DirtyVm> dirty = await DirtyVm.NextAsync(connection, transaction, options.Rules, putOff, limit, ct);
        if (dirty.Count == 0)
        {
            return new([], 0, []);
        }

        var books = await BookScope.AllAsync(connection, transaction, ct);
        var (histories, from) = await HistoriesAsync(connection, transaction, dirty, books, ct);
        var sights = await SightReader.ReadAsync(connection, transaction, Minute.At(from.Values.Min()) - options.BlindAfter, ct);
        Dictionary<int, Judged> judged = [];
        foreach (var vm in dirty)
        {
            judged[vm.Id] = Judge(vm, histories.GetValueOrDefault(vm.InstanceId), sights, from[vm.Id]);
        }

        var groups = await GroupTable.OfMembershipsAsync(
            connection, transaction, [.. judged.Values.SelectMany(of => of.Intervals).Select(interval => interval.Membership).Distinct()], ct);
        // Its minutes count for nobody: it waits until somebody says whose it is.
        Unjudged[] nobodys = [.. dirty.Where(vm => judged[vm.Id].Intervals.Any(interval => !groups.ContainsKey(interval.Membership)))
            .Select(vm => new Unjudged(vm.Id, vm.InstanceId, "no row of vm_membership says whose it was"))];
        await DirtyVm.PutOffAsync(connection, transaction, nobodys, ct);
        dirty = [.. dirty.ExceptBy(nobodys.Select(vm => vm.Id), vm => vm.Id)];
        if (dirty.Count == 0)
        {
            return new([], 0, nobodys);
        }

        var stored = await IntervalTable.ReadAsync(connection, transaction, [.. dirty.Select(vm => vm.Id)], [.. dirty.Select(vm => from[vm.Id])], ct);
        List<(int, BookRow)> gone = [], wanted = [];
        List<(DirtyVm, BookChange)> changes = [];
        foreach (var vm in dirty.Where(vm => from[vm.Id] < vm.Watermark))
        {
            BookRow[] before = [.. stored[vm.Id]];
            var after = Splice.Rows(before, [.. judged[vm.Id].Intervals.Select(interval => RowOf(interval, groups))], from[vm.Id], vm.Watermark);
            var keeps = after.Select(row => row.From).ToHashSet();
            gone.AddRange(before.Where(row => !keeps.Contains(row.From)).Select(row => (vm.Id, row)));
            wanted.AddRange(after.Except(before).Select(row => (vm.Id, row)));
            changes.AddRange(Splice.Changes(before, after).Select(change => (vm, change)));
        }

        await Months.EnsureAsync(connection, transaction, dirty.Min(vm => from[vm.Id]), dirty.Max(vm => vm.Watermark), ct);
        var rows = await IntervalTable.WriteAsync(connection, transaction, gone, wanted, ct);
        rows += await Corrections.WriteAsync(connection, transaction, changes, books, now, ct);
        await DirtyVm.DoneAsync(connection, transaction, [.. dirty.Select(vm => (vm.Id, judged[vm.Id].DueMin))], ct);
        return new([.. dirty.Select(vm => vm.Id)], rows, nobodys);
    }

    private async Task<(IReadOnlyDictionary<string, VmHistory> Histories, Dictionary<int, int> From)> HistoriesAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, IReadOnlyList<DirtyVm> dirty, IReadOnlyDictionary<short, BookScope> books, CancellationToken ct)
    {
        var firstKept = Months.FirstKept(options, now);
        var histories = new Dictionary<string, VmHistory>(await ReadAsync(dirty, vm => vm.From), StringComparer.Ordinal);
        var from = dirty.ToDictionary(
            vm => vm.Id, vm => histories.TryGetValue(vm.InstanceId, out var history) ? vm.ReachOf(history, books, options.Rules, firstKept) : vm.Watermark);
        // News that reach further back than they say: those few are read again from there.
        var further = dirty.Where(vm => from[vm.Id] < vm.From).ToArray();
        foreach (var (id, history) in further.Length > 0 ? await ReadAsync(further, vm => from[vm.Id]) : [])
        {
            histories[id] = history;
        }

        return (histories, from);

        async Task<IEnumerable<KeyValuePair<string, VmHistory>>> ReadAsync(IReadOnlyList<DirtyVm> some, Func<DirtyVm, int> since) =>
            await HistoryReader.ReadAsync(connection, transaction, [.. some.Select(vm => vm.InstanceId)], [.. some.Select(vm => Minute.At(since(vm)))], ct);
    }

    private Judged Judge(DirtyVm vm, VmHistory? history, IReadOnlyDictionary<short, ScopeSight> sights, int from)
    {
        if (history is null || from >= vm.Watermark)
        {
            return new([], null);
        }

        return Classifier.Judge(history, sights, options.Rules, from, vm.Watermark, now);
    }

    private static BookRow RowOf(JudgedInterval of, Dictionary<long, BookGroup> groups) =>
        new(of.Interval.From, of.Interval.To, groups[of.Membership].Id, of.Interval.Cause, of.Interval.Agent);
}
