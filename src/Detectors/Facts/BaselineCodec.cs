using System.Buffers.Binary;

namespace Watchdog.Detectors.Facts;

/// <summary>A baseline as bytes: a version byte, the end hour (int64, little endian), 72 means and 72 p95s as half floats. 297 bytes.</summary>
public static class BaselineCodec
{
    /// <summary>Bytes of an encoded baseline.</summary>
    public const int Size = 1 + 8 + (Baseline.Hours * 2 * 2);
    private const byte Version = 1;

    /// <summary>Writes the baseline.</summary>
    /// <param name="baseline">What to write; one without history writes 72 absent hours.</param>
    /// <param name="bytes">At least <see cref="Size"/> long.</param>
    public static void Encode(in Baseline baseline, Span<byte> bytes)
    {
        bytes[0] = Version;
        BinaryPrimitives.WriteInt64LittleEndian(bytes[1..], baseline.EndHour);
        Write(baseline.Means, bytes[9..]);
        Write(baseline.P95s, bytes[(9 + (Baseline.Hours * 2))..]);
    }

    /// <summary>Reads a baseline; values outside 0 to 100 become absent.</summary>
    /// <param name="bytes">What <see cref="Encode"/> wrote.</param>
    /// <param name="means">72 long, written.</param>
    /// <param name="p95s">72 long, written.</param>
    /// <param name="endHour">The stored end hour; 0 when the bytes cannot be read.</param>
    /// <returns>False when the bytes are of another version or length: the VM then counts as one without history.</returns>
    public static bool TryDecode(ReadOnlySpan<byte> bytes, Span<float> means, Span<float> p95s, out long endHour)
    {
        if (bytes.Length != Size || bytes[0] != Version)
        {
            means.Fill(float.NaN);
            p95s.Fill(float.NaN);
            endHour = 0;
            return false;
        }

        endHour = BinaryPrimitives.ReadInt64LittleEndian(bytes[1..]);
        Read(bytes[9..], means[..Baseline.Hours]);
        Read(bytes[(9 + (Baseline.Hours * 2))..], p95s[..Baseline.Hours]);
        return true;
    }

    private static void Write(ReadOnlySpan<float> values, Span<byte> bytes)
    {
        for (var i = 0; i < Baseline.Hours; i++)
        {
            BinaryPrimitives.WriteHalfLittleEndian(bytes[(i * 2)..], values.IsEmpty ? Half.NaN : (Half)values[i]);
        }
    }

    private static void Read(ReadOnlySpan<byte> bytes, Span<float> values)
    {
        for (var i = 0; i < values.Length; i++)
        {
            var value = (float)BinaryPrimitives.ReadHalfLittleEndian(bytes[(i * 2)..]);
            values[i] = value is >= 0 and <= 100 ? value : float.NaN;
        }
    }
}
