using System.Formats.Cbor;

namespace Watchdog.FleetSim.Wire;

internal static class CborBytes
{
    /// <summary>Copies what the writer holds into the answer.</summary>
    public static void Append(PooledBuffer output, CborWriter cbor) => output.Advance(cbor.Encode(output.GetSpan(cbor.BytesWritten)));

    /// <summary>Reads a map; the callback reads or skips each member's value.</summary>
    public static void Map(CborReader cbor, Action<string> member)
    {
        cbor.ReadStartMap();
        while (cbor.PeekState() != CborReaderState.EndMap)
            member(cbor.ReadTextString());
        cbor.ReadEndMap();
    }

    /// <summary>Reads an array; the callback reads each item.</summary>
    public static void Each(CborReader cbor, Action item)
    {
        cbor.ReadStartArray();
        while (cbor.PeekState() != CborReaderState.EndArray)
            item();
        cbor.ReadEndArray();
    }
}
