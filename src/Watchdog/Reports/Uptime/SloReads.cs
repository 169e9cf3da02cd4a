using Microsoft.Extensions.Options;
using Npgsql;
using Watchdog.Diagnostics;
using Watchdog.Reports.Pages;
using Watchdog.Slo;
using Watchdog.Slo.Alarms;
using Watchdog.Slo.Burning;
using Watchdog.Slo.Minutes;
using Watchdog.Slo.Objectives;
using Watchdog.Slo.Reading;
using Watchdog.Slo.Telling;
using Standing = Watchdog.Slo.Alarms.Standing;

namespace Watchdog.Reports.Uptime;

/// <summary>Reads the uptime books for the pages: what the books' writer has added up already, a few hundred rows however many VMs there are.</summary>
public sealed class SloReads(NpgsqlDataSource database, IOptions<SloOptions> options, Clocks clocks)
{
    private const int Days = 28;
    private const int MostLines = 50;
    // At 150,000 VMs adding a month of days up takes seconds; a day is written once.
    private static readonly TimeSpan Kept = TimeSpan.FromMinutes(15);

    private readonly Remembered<bool, WorstModel?> worst = new(Kept, clocks.Wall);

    /// <summary>Every promise, as of the last five minutes.</summary>
    public async Task<SloModel> ReadAsync(CancellationToken ct)
    {
        var figures = await SloFigures.ReadAsync(database, ct);
        var alarms = figures.Alarms.ToDictionary(alarm => alarm.Key);
        var standings = figures.Standings.ToLookup(row => row.Slo);
        List<PromiseLine> promises = [];
        foreach (var objective in ObjectiveList.Of(options.Value.Objectives))
        {
            promises.AddRange(standings[objective.Name].GroupBy(row => row.Group, StringComparer.Ordinal)
                .Select(group => Line(objective, group.Key, group.ToDictionary(row => row.Span, row => row.Minutes, StringComparer.Ordinal), alarms))
                .OrderByDescending(line => line.Fires).ThenBy(line => line.Left ?? double.MaxValue).ThenBy(line => line.Group, StringComparer.Ordinal));
        }

        return new(
            promises, figures.Month,
            [.. figures.Alarms.Where(alarm => alarm.Firing || alarm.Frozen).OrderByDescending(alarm => alarm.Firing).ThenBy(alarm => alarm.Since).ThenBy(alarm => alarm.Key.Group, StringComparer.Ordinal)],
            figures.Watermarks);
    }

    /// <summary>Who was down the longest; null while the books are empty. Added up at most once in a quarter of an hour.</summary>
    public async Task<WorstModel?> WorstAsync(bool byOwner, CancellationToken ct) =>
        await worst.GetAsync(byOwner, () => AddUpAsync(byOwner, CancellationToken.None), ct) is { } found ? found with { Wall = clocks.Wall.GetUtcNow() } : null;

    private async Task<WorstModel?> AddUpAsync(bool byOwner, CancellationToken ct)
    {
        if (await BookState.ReadAsync(database, ct) is not { } books)
        {
            return null;
        }

        var wall = clocks.Wall.GetUtcNow();
        var to = DateOnly.FromDateTime(Minute.At(books.End.Minute).UtcDateTime);
        var from = to.AddDays(-Days);
        if (!byOwner)
        {
            var vms = await new WorstVms(database).ReadAsync(from, to, MostLines, ct);
            return new(byOwner, from, to, [.. vms.Select(vm => new WorstLine(vm.InstanceId, vm.Tally, null))], wall, wall);
        }

        var target = (ObjectiveList.Of(options.Value.Objectives).FirstOrDefault(one => one.Of == Dimension.Vm) ?? Objective.Recommended[0]).Target;
        var owners = await new DayBook(database).ReadAsync(from, to, Grouping.Owner, target, ct);
        return new(byOwner, from, to,
            [
                .. owners.Where(owner => owner.Tally.Bad > 0).OrderByDescending(owner => owner.Tally.Bad).ThenBy(owner => owner.Name, StringComparer.Ordinal).Take(MostLines)
                    .Select(owner => new WorstLine(owner.Name, owner.Tally, (owner.Counted, owner.Kept))),
            ], wall, wall);
    }

    private static PromiseLine Line(Objective objective, string group, Dictionary<string, Tally> spans, Dictionary<AlarmKey, SloAlarm> alarms)
    {
        return new(
            objective, group, Of(Standing.Rolling), Of(Standing.Month),
            [.. objective.Burn.Select(rung => new BurnLine(rung, Rate(rung.LongMinutes), Rate(rung.ShortMinutes), alarms.GetValueOrDefault(new(objective.Name, group, rung.ToString()))))],
            alarms.GetValueOrDefault(new(objective.Name, group, AlarmKey.Step)));

        Tally? Of(string span) => spans.TryGetValue(span, out var minutes) ? minutes : null;

        decimal? Rate(int minutes) => BurnRate.Of(Of(BurnRung.Spell(minutes)) ?? default, objective.Target);
    }
}
