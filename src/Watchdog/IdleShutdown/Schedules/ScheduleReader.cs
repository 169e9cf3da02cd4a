using System.Globalization;
using Cronos;
using NodaTime;
using NodaTime.Text;

namespace Watchdog.IdleShutdown.Schedules;

/// <summary>Reads schedules and calendars from the settings; pure.</summary>
internal static class ScheduleReader
{
    private static readonly char[] Blanks = [' ', '\t'];
    // Whatever never comes after this day never comes.
    private static readonly DateTime Long = new(2000, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    /// <summary>The schedule of that name; null for none.</summary>
    /// <exception cref="FormatException">There is no such schedule, or it cannot be read: with what and the mend.</exception>
    public static Schedule? Of(IdleShutdownOptions section, string? name) =>
        name is null or IdleShutdownOptions.NoSchedule ? null
        : section.Schedules.FirstOrDefault(one => one.Name == name) is { } found ? Of(section, found)
        : throw new FormatException($"there is no schedule '{name}'; name one of {IdleShutdownOptions.Section}:Schedules ({Names(section.Schedules.Select(one => one.Name))}) or {IdleShutdownOptions.NoSchedule}");

    /// <summary>The schedule that settings describe.</summary>
    /// <exception cref="FormatException">It cannot be read.</exception>
    public static Schedule Of(IdleShutdownOptions section, IdleScheduleOptions own)
    {
        var zone = LocalTimes.ZoneOf(own.Zone);
        if (string.IsNullOrWhiteSpace(own.Start) && string.IsNullOrWhiteSpace(own.Stop))
        {
            throw new FormatException("it has neither Start nor Stop; give one of them, or both");
        }

        if (own.Start is { } start && own.Stop is { } stop && Parts(start).SequenceEqual(Parts(stop)))
        {
            throw new FormatException($"Start and Stop are the same ('{start}'): its hours are empty");
        }

        HashSet<LocalDate> none = [];
        return new Schedule(
            own.Name, zone.Id, Times("Start", own.Start, zone, Holidays(section, own.Calendar)), Times("Stop", own.Stop, zone, none),
            TimeSpan.FromMinutes(own.CatchUpMinutes));
    }

    /// <summary>A calendar's days.</summary>
    /// <exception cref="FormatException">One of them is no day.</exception>
    public static IReadOnlySet<LocalDate> DatesOf(IdleCalendarOptions calendar) => calendar.Dates
        .Select(text => LocalDatePattern.Iso.Parse(text.Trim()) is { Success: true } read ? read.Value : throw new FormatException($"'{text}' is no day such as 2026-12-25"))
        .ToHashSet();

    private static IReadOnlySet<LocalDate> Holidays(IdleShutdownOptions section, string? name) =>
        name is null ? new HashSet<LocalDate>()
        : section.Calendars.FirstOrDefault(one => one.Name == name) is { } found ? DatesOf(found)
        : throw new FormatException($"there is no calendar '{name}'; name one of {IdleShutdownOptions.Section}:Calendars ({Names(section.Calendars.Select(one => one.Name))})");

    private static CronTimes? Times(string key, string? text, DateTimeZone zone, IReadOnlySet<LocalDate> without)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return null;
        }

        var fields = Parts(text).Length;
        if (fields is not (5 or 6))
        {
            throw new FormatException(string.Create(CultureInfo.InvariantCulture, $"{key} '{text}' has {fields} fields; a cron expression has five, or six with seconds first"));
        }

        CronExpression cron;
        try
        {
            cron = CronExpression.Parse(text, fields == 6 ? CronFormat.IncludeSeconds : CronFormat.Standard);
        }
        catch (CronFormatException fault)
        {
            throw new FormatException($"{key} '{text}' is no cron expression: {fault.Message.TrimEnd('.')}", fault);
        }

        return cron.GetNextOccurrence(Long) is null ? throw new FormatException($"{key} '{text}' never comes: no such day is in any year") : new CronTimes(cron, zone, without);
    }

    private static string[] Parts(string text) => text.Split(Blanks, StringSplitOptions.RemoveEmptyEntries);

    private static string Names(IEnumerable<string> names) => string.Join(", ", names.DefaultIfEmpty("there are none"));
}
