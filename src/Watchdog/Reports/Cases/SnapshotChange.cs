using Watchdog.Detectors.Facts;

namespace Watchdog.Reports.Cases;

/// <summary>What differs between two looks inside a guest; only what the looks listed, which are the busiest processes and the newest connections.</summary>
public sealed record SnapshotChange(
    DateTimeOffset From, DateTimeOffset To, IReadOnlyList<GuestProcess> Appeared, IReadOnlyList<GuestProcess> Went, IReadOnlyList<GuestConnection> Opened,
    IReadOnlyList<GuestConnection> Closed)
{
    /// <summary>Whether nothing does.</summary>
    public bool IsNone => Appeared.Count + Went.Count + Opened.Count + Closed.Count == 0;

    /// <summary>Compares them.</summary>
    public static SnapshotChange Of(GuestSnapshot earlier, GuestSnapshot later) => new(
        earlier.TakenAt, later.TakenAt,
        [.. later.TopProcesses.ExceptBy(earlier.TopProcesses.Select(KeyOf), KeyOf)], [.. earlier.TopProcesses.ExceptBy(later.TopProcesses.Select(KeyOf), KeyOf)],
        [.. later.Connections.ExceptBy(earlier.Connections.Select(KeyOf), KeyOf)], [.. earlier.Connections.ExceptBy(later.Connections.Select(KeyOf), KeyOf)]);

    // A pid is used again; with the start it is not. Where the start is not said, the name has to do.
    private static (int, long?, string) KeyOf(GuestProcess process) => (process.Pid, process.StartTicks, process.StartTicks is null ? process.Comm : "");

    private static (int, string, int, int) KeyOf(GuestConnection connection) => (connection.Pid, connection.PeerAddress, connection.PeerPort, connection.LocalPort);
}
