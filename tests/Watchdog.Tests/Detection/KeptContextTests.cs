using Watchdog.Detection;
using Watchdog.Detectors.Facts;

namespace Watchdog.Tests.Detection;

public sealed class KeptContextTests
{
    [Fact]
    public void The_last_day_is_kept_and_absent_points_stay_absent()
    {
        var (start, reads, writes) = (Given.Now.AddHours(-48), new float[576], new float[576]);
        writes.AsSpan().Fill(2);
        reads[575] = writes[575] = float.NaN;
        reads[574] = float.NaN;
        var kept = KeptContext.Of(new ContextWindows { Cpu = new(start, 300, writes), DiskReads = new(start, 300, reads), DiskWrites = new(start, 300, writes) })!;

        Assert.Equal((Given.Now.AddHours(-24), 288), (kept.Disk.Start, kept.Disk.Values.Length));
        Assert.Equal([2f, 2f, float.NaN], kept.Disk.Values[^3..]);
        Assert.Equal((0, 0, 0), (kept.NetworkIn.Values.Length, kept.NetworkOut.Values.Length, kept.Credits.Values.Length));
    }

    [Fact]
    public void Where_one_of_reads_and_writes_was_not_answered_the_other_counts()
    {
        var kept = KeptContext.Of(new ContextWindows { DiskWrites = new(Given.Now, 300, [3f, 4f]) })!;
        Assert.Equal([3f, 4f], kept.Disk.Values);
    }

    [Fact]
    public void Where_nothing_but_the_CPU_came_nothing_is_kept() => Assert.Null(KeptContext.Of(new ContextWindows { Cpu = new(Given.Now, 300, [99f]) }));
}
