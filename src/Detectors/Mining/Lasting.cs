using Watchdog.Detectors.Facts;
using static System.FormattableString;

namespace Watchdog.Detectors.Mining;

/// <summary>
/// Whether a connection lasts. Linux keeps no age of a connection (/proc/net/tcp has none), so the inspection rarely knows one; the same pid,
/// peer and ports in an earlier look some minutes before say it as well.
/// </summary>
internal static class Lasting
{
    /// <summary>How long it certainly lasts, in words; null when nothing says that it does.</summary>
    public static string? Of(GuestConnection connection, GuestSnapshot snapshot, GuestSnapshot? earlier, MinerOptions options)
    {
        if (connection.AgeSeconds >= options.LongConnectionSeconds)
        {
            return Invariant($"for {connection.AgeSeconds / 60:0} minutes");
        }

        if (earlier is null)
        {
            return null;
        }

        foreach (var before in earlier.Connections)
        {
            if (before.Pid == connection.Pid && before.PeerPort == connection.PeerPort && before.LocalPort == connection.LocalPort
                && before.Outbound == connection.Outbound && before.PeerAddress == connection.PeerAddress)
            {
                return Invariant($"in two looks {(snapshot.TakenAt - earlier.TakenAt).TotalMinutes:0} minutes apart");
            }
        }

        return null;
    }
}
