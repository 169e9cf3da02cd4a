namespace Watchdog.Diagnostics;

/// <summary>Every log event's id, in one table; a room owns a hundred. Ids are never reused.</summary>
internal static class EventIds
{
    // Inventory 1000
    // Telemetry 1100
    // Detection 1200
    // Policy 1300
    // Enforcement 1400
    // Ledger 1500
    // Sweeps 1600
    // Scheduling 1700
    // Storage 1800
    // Aws 1900
    // Cli 2000
}
