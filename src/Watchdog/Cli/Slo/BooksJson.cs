using Watchdog.Slo.Books;
using Watchdog.Slo.Minutes;

namespace Watchdog.Cli.Slo;

/// <summary>Whether the uptime books hold together, as JSON; its names are a contract.</summary>
internal sealed record BooksJson(
    bool Holds, DateOnly From, DateOnly To, IReadOnlyList<BooksJson.DayJson> Broken, int NotJudged, IReadOnlyList<BooksJson.WaitingJson> Waiting)
{
    public static BooksJson Of(BookAudit of) => new(
        of.Holds, DayOf(of.FirstDay), DayOf(of.LastDay),
        [.. of.Broken.Select(day => new DayJson(DayOf(day.Day), day.Overlaps, day.Gaps, day.Buckets, day.Days, day.Vms))], of.NotJudged,
        [.. of.Waiting.Select(vm => new WaitingJson(vm.InstanceId, Minute.At(vm.Since), vm.Why))]);

    public static DateOnly DayOf(int day) => DateOnly.FromDateTime(Minute.At(day * Minute.Day).UtcDateTime);

    /// <summary>VMs with two rows for a minute, VMs that lack one, five-minute buckets and days of VMs that are not what the rows say; some of these VMs.</summary>
    internal sealed record DayJson(DateOnly Day, int Overlaps, int Gaps, int Buckets, int Days, IReadOnlyList<string> Vms);

    /// <summary>Since: the first minute that is not judged.</summary>
    internal sealed record WaitingJson(string Vm, DateTimeOffset Since, string Why);
}
