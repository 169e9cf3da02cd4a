using FsCheck;
using FsCheck.Fluent;
using Watchdog.Telemetry.Streaming;

namespace Watchdog.Tests.Telemetry.Streaming;

public sealed class PointRingLaws
{
    private const int First = 5_900_000;

    private static readonly Gen<(int Period, float Value, byte Samples, int Minute)> Points =
        from period in Gen.Choose(First, First + 70)
        from value in Gen.Choose(0, 100)
        from samples in Gen.Elements((byte)0, (byte)1, (byte)4, (byte)5)
        from minute in Gen.Frequency((4, Gen.Constant(0)), (1, Gen.Constant(3)), (2, Gen.Constant(PointRing.Whole)))
        select (period, (float)value, samples, minute);

    [Fact]
    public void In_whatever_order_and_however_often_points_come_the_ring_is_the_same() =>
        Prop.ForAll((from points in Points.ListOf()
                     from again in Points.ListOf()
                     from seed in Gen.Choose(0, int.MaxValue)
                     select (All: (List<(int, float, byte, int)>)[.. points, .. again], seed)).ToArbitrary(), c =>
        {
            var ring = Of(c.All);
            var shuffled = c.All.Concat(c.All.Take(c.All.Count / 2)).ToArray();
            new Random(c.seed).Shuffle(shuffled);
            return ring.AsSpan().SequenceEqual(Of(shuffled));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(1000));

    [Fact]
    public void Merging_two_rings_is_putting_the_points_of_both() =>
        Prop.ForAll((from one in Points.ListOf() from other in Points.ListOf() select (one, other)).ToArbitrary(), c =>
        {
            var (left, right) = (Of(c.one), Of(c.other));
            var swapped = right.ToArray();
            PointRing.Merge(swapped, left);
            PointRing.Merge(left, right);
            return left.AsSpan().SequenceEqual(swapped) && PointRing.Merge(left, right) == 0;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(1000));

    [Fact]
    public void A_window_is_complete_when_each_period_before_the_mature_one_is_known()
    {
        var (ring, row) = (new byte[PointRing.Size], new float[36]);
        for (var i = 0; i < 36; i++)
        {
            Assert.True(PointRing.Put(ring, First + i, i, (byte)(i == 9 ? 0 : 5), 0));
        }

        row.AsSpan().Fill(float.NaN);
        Assert.True(PointRing.Read(ring, First, First + 36, row));
        Assert.Equal([.. Enumerable.Range(0, 36).Select(i => i == 9 ? float.NaN : i)], row);

        // One period on: its last is not known, which matters only once it is mature.
        row.AsSpan().Fill(float.NaN);
        Assert.True(PointRing.Read(ring, First + 1, First + 36, row));
        Assert.False(PointRing.Read(ring, First + 1, First + 37, row));
        Assert.True(float.IsNaN(row[35]));
    }

    [Fact]
    public void Points_of_several_minutes_in_a_period_are_never_taken_for_its_mean()
    {
        var (ring, row) = (new byte[PointRing.Size], new float[2]);
        PointRing.Put(ring, First, 10, 1, 0);
        PointRing.Put(ring, First + 1, 10, 1, 0);
        Assert.True(PointRing.Read(ring, First, First + 2, row));
        Assert.True(PointRing.Put(ring, First, 90, 1, 3));
        Assert.False(PointRing.Read(ring, First, First + 2, row));
        Assert.True(PointRing.Read(ring, First + 1, First + 2, row.AsSpan(1)));
    }

    [Fact]
    public void That_cloudwatch_has_no_point_gives_way_to_a_point()
    {
        var ring = new byte[PointRing.Size];
        Assert.True(PointRing.Put(ring, First, 0, 0, PointRing.Whole));
        Assert.True(PointRing.Put(ring, First, 40, 5, 0));
        Assert.False(PointRing.Put(ring, First, 0, 0, PointRing.Whole));
        Assert.False(PointRing.Put(ring, First - PointRing.Slots, 70, 5, 0));
        Assert.Equal((First, 1), (PointRing.Newest(ring), PointRing.Count(ring)));
    }

    private static byte[] Of(IEnumerable<(int Period, float Value, byte Samples, int Minute)> points)
    {
        var ring = new byte[PointRing.Size];
        foreach (var (period, value, samples, minute) in points)
        {
            PointRing.Put(ring, period, value, samples, minute);
        }

        return ring;
    }
}
