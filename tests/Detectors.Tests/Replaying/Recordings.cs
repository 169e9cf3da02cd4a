using Watchdog.Detectors.Facts;
using Watchdog.Detectors.Replaying;

namespace Watchdog.Detectors.Tests.Replaying;

/// <summary>Small made-up recordings of 300 s periods.</summary>
internal static class Recordings
{
    public static readonly DateTimeOffset Start = new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Two quiet days, then <paramref name="hours"/> of what <paramref name="change"/> does, then a quiet day.</summary>
    public static RecordedVm QuietThen(double hours, Action<RecordedVm, int, int> change, int vcpus = 2)
    {
        var during = (int)(hours * 12);
        var periods = 576 + during + 288;
        var vm = new RecordedVm(new VmFacts("i-0123456789abcdef0", "m5.large", vcpus, Start.AddDays(-30), null), Start, 300, periods)
        {
            Cpu = Wave(periods, 7), NetworkIn = Wave(periods, 40_000), NetworkOut = Wave(periods, 60_000), DiskReads = Given.Flat(periods, 0),
            DiskWrites = Wave(periods, 80), StatusCheckFailed = Given.Flat(periods, 0),
        };
        change(vm, 576, 576 + during);
        return vm;
    }

    public static readonly DateTimeOffset Onset = Start.AddDays(2);

    private static float[] Wave(int count, float level) => Enumerable.Range(0, count).Select(i => level * (1 + (0.2f * MathF.Sin(i * 0.7f)))).ToArray();
}
