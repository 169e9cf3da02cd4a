using System.Globalization;
using NodaTime;

namespace Watchdog.IdleShutdown.Schedules;

/// <summary>When VMs are stopped and started; pure. The latest occurrence says what is wanted; of two at the same instant, the start.</summary>
public sealed class Schedule
{
    private readonly CronTimes? starts;
    private readonly CronTimes? stops;

    internal Schedule(string name, string zone, CronTimes? starts, CronTimes? stops, TimeSpan catchUp) =>
        (Name, Zone, this.starts, this.stops, CatchUp) = (name, zone, starts, stops, catchUp);

    /// <summary>As policies name it.</summary>
    public string Name { get; }

    /// <summary>The zone whose clock counts, an IANA name.</summary>
    public string Zone { get; }

    /// <summary>An instant on its clock, e.g. <c>2026-11-23 19:00 Europe/Berlin</c>.</summary>
    public string Words(DateTimeOffset at) => string.Create(CultureInfo.InvariantCulture,
        $"{Instant.FromDateTimeOffset(at).InZone(LocalTimes.ZoneOf(Zone)).LocalDateTime.ToDateTimeUnspecified():yyyy-MM-dd HH:mm} {Zone}");

    /// <summary>For how long a stop is caught up.</summary>
    public TimeSpan CatchUp { get; }

    /// <summary>What is wanted at an instant, and since when; null: nothing was ever said.</summary>
    public Occurrence? Latest(DateTimeOffset at) => (starts?.Latest(at), stops?.Latest(at)) switch
    {
        (null, null) => null,
        ({ } start, var stop) when stop is null || start >= stop => new(Desired.Running, start),
        (_, var stop) => new(Desired.Stopped, stop!.Value),
    };

    /// <summary>The next start after an instant; null: there is none.</summary>
    public DateTimeOffset? NextStart(DateTimeOffset after) => starts?.Next(after);

    /// <summary>The next stop after an instant that no start of the same instant takes back; null: there is none.</summary>
    public DateTimeOffset? NextStop(DateTimeOffset after)
    {
        var stop = stops?.Next(after);
        while (stop is { } at && Latest(at)?.Wants != Desired.Stopped)
        {
            stop = stops!.Next(at);
        }

        return stop;
    }

    /// <summary>
    /// The stop that is to be seen to now: the latest occurrence within its bound, or the next one from its warning on. Null: none, also where a missed one is too
    /// old.
    /// </summary>
    /// <param name="lead">Between the warning and the stop.</param>
    public DateTimeOffset? StopDue(DateTimeOffset now, TimeSpan lead) =>
        Latest(now) is { Wants: Desired.Stopped } latest && Stands(latest.At, now) ? latest.At
        : NextStop(now) is { } next && next - lead <= now && !(NextStart(now) <= next) ? next : null;

    /// <summary>Whether a stop of an occurrence may still begin: it has come, nothing came after it, and its bound has not passed.</summary>
    public bool Stands(DateTimeOffset occurrence, DateTimeOffset now) => now >= occurrence && now <= occurrence + CatchUp && Latest(now)?.At == occurrence;

    /// <summary>The start whose window lasts: the latest occurrence, until the next stop. Null: the latest is none.</summary>
    public DateTimeOffset? StartDue(DateTimeOffset now) => Latest(now) is { Wants: Desired.Running } latest ? latest.At : null;

    /// <summary>Every occurrence of a span, half-open, in order; 1,000 at most.</summary>
    public IEnumerable<Occurrence> Between(DateTimeOffset from, DateTimeOffset until)
    {
        var (at, count) = (from - TimeSpan.FromTicks(1), 0);
        while (count++ < 1_000 && new[] { NextStart(at), NextStop(at) }.Min() is { } next && next < until)
        {
            yield return Latest(next)!.Value;
            at = next;
        }
    }
}
