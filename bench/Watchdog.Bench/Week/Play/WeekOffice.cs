using System.Globalization;
using Watchdog.FleetSim.Fleet;

namespace Watchdog.Bench.Week.Play;

/// <summary>
/// Office hours of the VMs that bear <see cref="WeekPlan.OfficeTag"/>, one schedule for each zone: started on workdays at half past eight, stopped at half past seven in
/// the evening, and again at night in the hour in which clocks are changed. They may rest for longer than others. When that is, is counted here without the worker's zone data.
/// </summary>
internal static class WeekOffice
{
    private const double Opens = 8.5;
    private const double Closes = 19.5;

    /// <summary>For how long a stop that somebody's work kept off is tried again.</summary>
    public static readonly TimeSpan CatchUp = TimeSpan.FromMinutes(30);

    /// <summary>For how long one of its VMs must have rested.</summary>
    public static readonly TimeSpan Rest = TimeSpan.FromHours(12);

    /// <summary>The worker's schedules, and the policies that name them.</summary>
    public static IEnumerable<KeyValuePair<string, string?>> Settings() => WeekPlan.Zones.SelectMany((zone, n) => new (string Key, string Value)[]
    {
        ($"Schedules:{n}:Name", $"office {zone}"), ($"Schedules:{n}:Zone", zone), ($"Schedules:{n}:Start", "30 8 * * MON-FRI"), ($"Schedules:{n}:Stop", $"30 {(int)NightOf(zone)},19 * * *"),
        ($"Schedules:{n}:CatchUpMinutes", CatchUp.TotalMinutes.ToString(CultureInfo.InvariantCulture)),
        ($"Policies:{n}:Name", $"office {zone}"), ($"Policies:{n}:Tag", $"{WeekPlan.OfficeTag}={zone}"), ($"Policies:{n}:Schedule", $"office {zone}"),
        ($"Policies:{n}:Minutes", Rest.TotalMinutes.ToString(CultureInfo.InvariantCulture)),
    }.Select(setting => KeyValuePair.Create($"IdleShutdown:{setting.Key}", (string?)setting.Value)));

    /// <summary>When the VM's office opens within a span, half-open; never for one without.</summary>
    public static IEnumerable<DateTimeOffset> StartsOf(SimulatedVm vm, DateTimeOffset from, DateTimeOffset until) =>
        vm.Tags.ContainsKey(WeekPlan.OfficeTag) ? WeekPlan.TimesOf(vm, Opens, workdays: true, from, until) : [];

    /// <summary>When it closes, likewise.</summary>
    public static IEnumerable<DateTimeOffset> StopsOf(SimulatedVm vm, DateTimeOffset from, DateTimeOffset until) =>
        vm.Tags.TryGetValue(WeekPlan.OfficeTag, out var zone)
            ? new[] { NightOf(zone), Closes }.SelectMany(hour => WeekPlan.TimesOf(vm, hour, workdays: false, from, until)).Order() : [];

    private static double NightOf(string zone) => zone == "Europe/London" ? 1.5 : 2.5;
}
