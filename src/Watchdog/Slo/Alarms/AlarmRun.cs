using Microsoft.Extensions.Options;
using Npgsql;
using Watchdog.Ledger;
using Watchdog.Slo.Burning;
using Watchdog.Slo.Minutes;
using Watchdog.Slo.Objectives;
using Watchdog.Slo.Reading;
using Watchdog.Storage;

namespace Watchdog.Slo.Alarms;

/// <summary>
/// Looks at every promise after the books were written: keeps what each came to, judges burn rates and steps, and tells the event log of those that
/// began to fire or ceased to, in the transaction that remembers it. A rerun finds nothing changed and tells nothing.
/// </summary>
public sealed class AlarmRun(NpgsqlDataSource database, IOptions<SloOptions> options, ILogger<AlarmRun> log)
{
    /// <summary>How often, in minutes of the books, the long windows are added up anew: they read every bucket of 28 days.</summary>
    private const int LongEvery = 15;

    private readonly WindowBook book = new(database);

    /// <summary>One look; returns how many alarms changed.</summary>
    /// <param name="fence">Held by the writer of the books.</param>
    /// <param name="now">Fleet time, the events' instant.</param>
    /// <param name="ct">Gives up; nothing is half written.</param>
    /// <exception cref="FencedException">Another worker writes the books; nothing was written.</exception>
    public async Task<int> RunAsync(Fence fence, DateTimeOffset now, CancellationToken ct)
    {
        var objectives = ObjectiveList.Of(options.Value.Objectives);
        if (BookEnd.Of(await ScopeMarks.ReadAsync(database, ct)) is not { } end)
        {
            return 0;
        }

        var short_ = AlarmRound.WindowsFor(objectives);
        var changed = await FencedWrite.RunAsync(database, fence, async (connection, transaction) =>
        {
            var due = await StandingTable.RollingEndAsync(connection, transaction, ct) is not { } last || end.Minute - last >= LongEvery || end.Minute < last;
            var spans = Spans(short_, end.Minute, due);
            var read = await book.ReadAsync(end.Minute, [.. spans.Select(span => span.Minutes)], ct);
            var stored = await AlarmTable.ReadAsync(connection, transaction, ct);
            var round = AlarmRound.Of(objectives, Windows(read, spans), end.Behind, stored, end.Minute, options.Value.Burn);
            await StandingTable.WriteAsync(connection, transaction, [.. Standings(objectives, read, spans, end.Minute)], ct);
            if (due)
            {
                var month = spans.FindIndex(span => span.Name == Standing.Month);
                await StandingTable.WriteMonthAsync(
                    connection, transaction,
                    [.. read.Where(key => key.Key.Dimension == "region").SelectMany(key => key.Windows[month].ByCause.Select(cause => (key.Key.Name, cause.Key, cause.Value)))], ct);
            }

            await AlarmTable.WriteAsync(connection, transaction, round.Alarms, ct);
            await AlarmTable.DeleteAsync(connection, transaction, round.Gone, ct);
            foreach (var change in round.Changes)
            {
                await EventLog.AppendAsync(connection, transaction, now, change.Kind, change.Subject, change.Json(), ct);
            }

            return round.Changes;
        }, ct);
        foreach (var change in changed)
        {
            Log.AlarmChanged(log, change.Kind, change.Alarm.Key.Slo, change.Alarm.Key.Group, change.Alarm.Key.Rung, change.Alarm.Reason);
        }

        return changed.Count;
    }

    private static List<(string Name, int Minutes)> Spans(IReadOnlyList<int> burns, int end, bool withLong)
    {
        List<(string, int)> spans = [.. burns.Select(minutes => (BurnRung.Spell(minutes), minutes))];
        if (withLong)
        {
            spans.RemoveAll(span => span.Item1 == Standing.Rolling);
            spans.Add((Standing.Rolling, BurnRung.Longest));
            // At the first instant of a month the one before is what there is.
            spans.Add((Standing.Month, end - Minute.MonthOf(end - 1)));
        }

        return spans;
    }

    private static Dictionary<BookKey, GroupWindows> Windows(IReadOnlyList<WindowTally> read, List<(string Name, int Minutes)> spans) =>
        read.ToDictionary(key => key.Key, key => new GroupWindows(spans.Select((span, i) => (span.Minutes, key.Windows[i].Tally))
            .DistinctBy(window => window.Minutes).ToDictionary(window => window.Minutes, window => window.Tally)));

    private static IEnumerable<Standing> Standings(
        IReadOnlyList<Objective> objectives, IReadOnlyList<WindowTally> read, List<(string Name, int Minutes)> spans, int end) =>
        from objective in objectives
        let dimension = objective.Of == Dimension.Vm ? "fleet" : objective.Of.ToString().ToLowerInvariant()
        let own = objective.Burn.SelectMany(rung => new[] { rung.LongMinutes, rung.ShortMinutes }).ToHashSet()
        from key in read
        where key.Key.Dimension == dimension && objective.Covers(key.Key.Name)
        from span in spans.Select((span, i) => (span.Name, span.Minutes, key.Windows[i].Tally))
        where span.Tally.All > 0 && (own.Contains(span.Minutes) || span.Name is Standing.Rolling or Standing.Month)
        select new Standing(objective.Name, key.Key.Name, span.Name, end - span.Minutes, end, span.Tally);
}
