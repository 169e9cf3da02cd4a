using System.ComponentModel.DataAnnotations;

namespace Watchdog.IdleShutdown.Schedules;

/// <summary>A schedule of <see cref="IdleShutdownOptions.Schedules"/>: when VMs are stopped and started, on the clock of their people.</summary>
public sealed class IdleScheduleOptions
{
    /// <summary>Its name, unique: policies name it.</summary>
    public string Name { get; set; } = "";

    /// <summary>The clock that counts: a name of the IANA time zone database such as <c>Europe/Berlin</c>, default <c>UTC</c>.</summary>
    public string Zone { get; set; } = "UTC";

    /// <summary>When VMs are started: cron of five fields, or six with seconds first, on the zone's clock, e.g. <c>0 8 * * MON-FRI</c>. Null: never.</summary>
    public string? Start { get; set; }

    /// <summary>When VMs are stopped, likewise, e.g. <c>0 19 * * *</c>. Null: never.</summary>
    public string? Stop { get; set; }

    /// <summary>The calendar on whose days nothing is started; null (default): none. Stops come on holidays too.</summary>
    public string? Calendar { get; set; }

    /// <summary>For how long a stop that was missed, or kept off by somebody's work, is caught up; never later. 1 to 240, default 30.</summary>
    [Range(1, 240)]
    public int CatchUpMinutes { get; set; } = 30;
}

/// <summary>A calendar of <see cref="IdleShutdownOptions.Calendars"/>.</summary>
public sealed class IdleCalendarOptions
{
    /// <summary>Its name, unique: schedules name it.</summary>
    public string Name { get; set; } = "";

    /// <summary>Its days, each as <c>yyyy-MM-dd</c>, on the clock of the schedule that names it.</summary>
    public List<string> Dates { get; set; } = [];
}
