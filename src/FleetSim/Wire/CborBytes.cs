using System.Formats.Cbor;

namespace Watchdog.FleetSim.Wire;

internal static class CborBytes
{
    /// <summary>Copies what the writer holds into the answer.</summary>
    public static void Append(PooledBuffer output, CborWriter cbor) => output.Advance(cbor.Encode(output.GetSpan(cbor.BytesWritten)));
}
