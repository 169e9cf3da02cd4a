using System.Buffers.Binary;
using System.Numerics;

namespace Watchdog.Telemetry.Streaming;

/// <summary>
/// One metric's points of one VM for the last four hours, as bytes: each period of 300 s has its slot (its number mod 48), which says itself which
/// period it holds. What comes twice, late or in another order leaves the same bytes: putting and merging commute and repeat without effect.
/// </summary>
/// <remarks>
/// 48 slots of ten bytes: period (int), value (float), samples behind it (0: CloudWatch was asked and had none), and a bit for each minute of the period
/// of which a point came. Points of two minutes are a VM with detailed monitoring, whose periods the stream does not sum up. Little-endian.
/// </remarks>
public static class PointRing
{
    /// <summary>Periods that a ring holds.</summary>
    public const int Slots = 48;
    /// <summary>Bytes of a ring.</summary>
    public const int Size = Slots * Slot;
    /// <summary>The minute of a point that stands for the whole period, as polling gives it.</summary>
    public const int Whole = 7;

    private const int Slot = 10;
    private const int Minutes = 0b1_1111;

    /// <summary>The number of the period that holds an instant.</summary>
    public static int PeriodOf(DateTimeOffset at) => (int)(at.ToUnixTimeSeconds() / Windows.Period);

    /// <summary>Puts a point in; false when the ring knew it, knows better, or knows a later one in that slot.</summary>
    /// <param name="ring">The ring, <see cref="Size"/> bytes; zeros are an empty one.</param>
    /// <param name="period">The period's number, positive.</param>
    /// <param name="value">The point; without meaning when there are no samples.</param>
    /// <param name="samples">Samples behind it: of two reports on a period, the one of more samples is later. 0: CloudWatch has no point.</param>
    /// <param name="minute">Where in the period it lies, 0 to 4, or <see cref="Whole"/>.</param>
    public static bool Put(Span<byte> ring, int period, float value, byte samples, int minute) => Put(ring, period, value, samples, (byte)(1 << minute));

    /// <summary>Puts every point of another ring in.</summary>
    /// <returns>How many of them were new.</returns>
    public static int Merge(Span<byte> ring, ReadOnlySpan<byte> other)
    {
        var changed = 0;
        for (var at = 0; at < Size; at += Slot)
        {
            var slot = other.Slice(at, Slot);
            if (BinaryPrimitives.ReadInt32LittleEndian(slot) is > 0 and var period
                && Put(ring, period, BinaryPrimitives.ReadSingleLittleEndian(slot[4..]), slot[8], slot[9]))
            {
                changed++;
            }
        }

        return changed;
    }

    /// <summary>
    /// Reads a window: points that are known into the row, the others stay as they are. True when every period before
    /// <paramref name="mature"/> is known (a point, or that CloudWatch has none) and the stream sums the VM's periods up.
    /// </summary>
    public static bool Read(ReadOnlySpan<byte> ring, int first, int mature, Span<float> row)
    {
        var complete = true;
        for (var i = 0; i < row.Length; i++)
        {
            var slot = ring.Slice((first + i) % Slots * Slot, Slot);
            if (BinaryPrimitives.ReadInt32LittleEndian(slot) != first + i)
            {
                complete &= first + i >= mature;
            }
            else if (slot[8] > 0)
            {
                row[i] = BinaryPrimitives.ReadSingleLittleEndian(slot[4..]);
                complete &= BitOperations.PopCount((uint)(slot[9] & Minutes)) <= 1;
            }
        }

        return complete;
    }

    /// <summary>The newest period in it, 0 when it is empty.</summary>
    public static int Newest(ReadOnlySpan<byte> ring)
    {
        var newest = 0;
        for (var at = 0; at < Size; at += Slot)
        {
            newest = Math.Max(newest, BinaryPrimitives.ReadInt32LittleEndian(ring[at..]));
        }

        return newest;
    }

    /// <summary>Periods in it.</summary>
    public static int Count(ReadOnlySpan<byte> ring)
    {
        var count = 0;
        for (var at = 0; at < Size; at += Slot)
        {
            count += BinaryPrimitives.ReadInt32LittleEndian(ring[at..]) > 0 ? 1 : 0;
        }

        return count;
    }

    private static bool Put(Span<byte> ring, int period, float value, byte samples, byte minutes)
    {
        var slot = ring.Slice(period % Slots * Slot, Slot);
        var held = BinaryPrimitives.ReadInt32LittleEndian(slot);
        if (held > period)
        {
            return false;
        }

        var known = (byte)(held == period ? slot[9] : 0);
        var better = held < period || (samples, BitConverter.SingleToInt32Bits(value)).CompareTo((slot[8], BinaryPrimitives.ReadInt32LittleEndian(slot[4..]))) > 0;
        if (better)
        {
            BinaryPrimitives.WriteInt32LittleEndian(slot, period);
            BinaryPrimitives.WriteSingleLittleEndian(slot[4..], value);
            slot[8] = samples;
        }

        slot[9] = (byte)(known | minutes);
        return better || (minutes & Minutes & ~known) != 0;
    }
}
