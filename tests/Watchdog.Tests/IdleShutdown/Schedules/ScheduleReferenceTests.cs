using System.Globalization;
using NodaTime;
using Watchdog.IdleShutdown;
using Watchdog.IdleShutdown.Schedules;

namespace Watchdog.Tests.IdleShutdown.Schedules;

/// <summary>Schedules against a slow reference that watches a zone's clock minute by minute for ten years and acts when it first shows, or has passed over, a time.</summary>
public sealed class ScheduleReferenceTests
{
    private static readonly DateTimeOffset From = new(2009, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Until = new(2019, 1, 1, 0, 0, 0, TimeSpan.Zero);

    // Summer time by an hour in both hemispheres, by half an hour, at midnight, twice a year around Ramadan, and a day that never was.
    public static TheoryData<string> Zones => ["Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "America/Sao_Paulo", "Africa/Casablanca", "Pacific/Apia", "Asia/Tehran"];

    [Theory]
    [MemberData(nameof(Zones))]
    public void Every_occurrence_is_where_the_minute_by_minute_reference_has_it(string zone)
    {
        var random = new Random(zone.Sum(letter => letter));
        // Often in the hours in which clocks change.
        Daily[] times = [.. Enumerable.Range(0, 6).Select(_ => new Daily(random.Next(60), random.Next(3) == 0 ? random.Next(24) : random.Next(4), random.Next(1, 128)))];
        var expected = Reference(zone, times);
        for (var i = 0; i < times.Length; i += 2)
        {
            var schedule = Read(zone, times[i].Cron, times[i + 1].Cron);
            Assert.Equal(expected[i], Walk(schedule.NextStart));
            var tied = expected[i].ToHashSet();
            Assert.Equal(expected[i + 1].Where(at => !tied.Contains(at)), Walk(schedule.NextStop));
            for (var n = 0; n < 300; n++)
            {
                var at = From.AddDays(14) + TimeSpan.FromSeconds(random.NextInt64((long)(Until - From.AddDays(14)).TotalSeconds));
                var (start, stop) = (Last(expected[i], at), Last(expected[i + 1], at));
                var latest = schedule.Latest(at)!.Value;
                Assert.Equal(start >= stop ? new Occurrence(Desired.Running, start) : new Occurrence(Desired.Stopped, stop), latest);
                Assert.Equal(stop > start && at <= stop.AddMinutes(30), schedule.Stands(stop, at));
                Assert.Equal(start >= stop ? start : null, schedule.StartDue(at));
            }
        }
    }

    [Theory]
    [InlineData("Europe/Berlin", 2026)]
    [InlineData("Australia/Lord_Howe", 2026)]
    [InlineData("America/Sao_Paulo", 2018)]
    public void A_day_has_one_stop_on_every_day_of_a_year_also_when_the_clocks_change(string zone, int year)
    {
        var clock = DateTimeZoneProviders.Tzdb[zone];
        foreach (var cron in (string[])["30 2 * * *", "15 0 * * *", "0 3 * * *"])
        {
            var schedule = Read(zone, null, cron);
            var first = clock.AtStartOfDay(new LocalDate(year, 1, 1)).ToDateTimeOffset();
            var stops = schedule.Between(first, clock.AtStartOfDay(new LocalDate(year + 1, 1, 1)).ToDateTimeOffset()).ToList();
            Assert.Equal(DateTime.IsLeapYear(year) ? 366 : 365, stops.Select(stop => Instant.FromDateTimeOffset(stop.At).InZone(clock).Date).Distinct().Count());
            Assert.Equal(DateTime.IsLeapYear(year) ? 366 : 365, stops.Count);
        }
    }

    private static Schedule Read(string zone, string? start, string? stop) =>
        ScheduleReader.Of(new IdleShutdownOptions(), new IdleScheduleOptions { Name = "s", Zone = zone, Start = start, Stop = stop });

    private static List<DateTimeOffset> Walk(Func<DateTimeOffset, DateTimeOffset?> next)
    {
        List<DateTimeOffset> found = [];
        for (var at = next(From); at < Until; at = next(at.Value))
        {
            found.Add(at.Value);
        }

        return found;
    }

    private static DateTimeOffset Last(List<DateTimeOffset> all, DateTimeOffset at)
    {
        var found = all.BinarySearch(at);
        return all[found >= 0 ? found : ~found - 1];
    }

    private static List<List<DateTimeOffset>> Reference(string zone, Daily[] times)
    {
        var clock = DateTimeZoneProviders.Tzdb[zone];
        List<List<DateTimeOffset>> found = [.. times.Select(_ => new List<DateTimeOffset>())];
        // Local minutes since 1970; the furthest that the clock has shown.
        long? furthest = null;
        var interval = clock.GetZoneInterval(Instant.FromDateTimeOffset(From));
        for (var minute = From.ToUnixTimeSeconds() / 60; minute < Until.ToUnixTimeSeconds() / 60; minute++)
        {
            var now = Instant.FromUnixTimeSeconds(minute * 60);
            interval = interval.Contains(now) ? interval : clock.GetZoneInterval(now);
            var local = minute + (interval.WallOffset.Seconds / 60);
            for (var shown = furthest + 1 ?? local + 1; shown <= local; shown++)
            {
                for (var i = 0; i < times.Length; i++)
                {
                    if (times[i].IsAt(shown) && (found[i].Count == 0 || found[i][^1] < now.ToDateTimeOffset()))
                    {
                        found[i].Add(now.ToDateTimeOffset());
                    }
                }
            }

            furthest = furthest > local ? furthest : local;
        }

        return found;
    }

    /// <summary>A time of day on some days of the week; bit 0 is Sunday.</summary>
    private sealed record Daily(int Minute, int Hour, int Days)
    {
        public string Cron => string.Create(CultureInfo.InvariantCulture, $"{Minute} {Hour} * * {string.Join(',', Enumerable.Range(0, 7).Where(day => (Days >> day & 1) == 1))}");

        public bool IsAt(long localMinute) => localMinute % 1_440 == (Hour * 60) + Minute
            // 1 January 1970 was a Thursday.
            && (Days >> (int)((4 + (localMinute / 1_440)) % 7) & 1) == 1;
    }
}
