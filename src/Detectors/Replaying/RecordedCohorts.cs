using Watchdog.Detectors.Facts;
using Watchdog.Detectors.Features;
using Watchdog.Detectors.Screening;

namespace Watchdog.Detectors.Replaying;

/// <summary>
/// The cohorts of a recorded fleet, without look-ahead: at an instant, a member is a VM of the same type (a recording knows no image) with what it
/// had shown by then. A recording that ended before still counts, since those of one fleet seldom overlap.
/// </summary>
public sealed class RecordedCohorts
{
    private readonly ILookup<string, Member> _byType;

    /// <summary>Gathers the hourly p95s of all recordings.</summary>
    public RecordedCohorts(IEnumerable<RecordedVm> fleet) =>
        _byType = fleet.Where(static vm => vm.Vm.InstanceType is not null).Select(static vm => Member.Of(Resample.ToFiveMinutes(vm))).ToLookup(static member => member.Type, StringComparer.Ordinal);

    /// <summary>The VM's cohort at the instant, the VM itself left out; null when fewer than the options ask for have history by then.</summary>
    public Cohort? At(in VmFacts vm, DateTimeOffset now, ScreenOptions options)
    {
        if (vm.InstanceType is not { } type)
        {
            return null;
        }

        var (id, end) = (vm.InstanceId, now.AddHours(-options.LagHours).ToUnixTimeSeconds() / 3600);
        return Cohort.Of(type, null, [.. _byType[type].Where(member => member.Id != id).Select(member => member.LevelAt(end, options))], options);
    }

    private sealed record Member(string Id, string Type, long FirstHour, float[] P95s)
    {
        public static Member Of(RecordedVm vm)
        {
            var perHour = 3600 / vm.PeriodSeconds;
            var from = vm.Start.ToUnixTimeSeconds();
            var first = (from + 3599) / 3600;
            var skipped = (int)(((first * 3600) - from) / vm.PeriodSeconds);
            var hours = vm.Cpu.Length == 0 ? 0 : Math.Max(0, (vm.Periods - skipped) / perHour);
            return new Member(vm.Vm.InstanceId, vm.Vm.InstanceType!, first, [.. Enumerable.Range(0, hours).Select(hour => Hour(vm.Cpu.AsSpan(skipped + (hour * perHour), perHour)))]);
        }

        // Abuse in a member's past is in it: a worker would have left the hours of its suspicion out.
        public float LevelAt(long endHour, ScreenOptions options)
        {
            var end = (int)Math.Clamp(endHour - FirstHour, 0, P95s.Length);
            var hours = P95s.AsSpan(Math.Max(0, end - Baseline.Hours), Math.Min(end, Baseline.Hours));
            return Stat.Known(hours) < options.ColdHours ? float.NaN : Stat.Quantile(hours, options.UsualQuantile);
        }

        private static float Hour(ReadOnlySpan<float> values) => Stat.Known(values) * 2 >= values.Length ? Stat.Quantile(values, 0.95) : float.NaN;
    }
}
