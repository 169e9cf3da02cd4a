using Watchdog.Diagnostics;

namespace Watchdog.Inventory;

internal static partial class Log
{
    [LoggerMessage(EventIds.ListingFailed, LogLevel.Warning, "Listing {Scope} failed; its VMs keep their last known state")]
    public static partial void ListingFailed(ILogger logger, Exception fault, string scope);

    [LoggerMessage(EventIds.ListingDoubted, LogLevel.Warning,
        "Listing {Scope} shows {Listed} VMs where {Known} were known; nobody is called missing before a second listing agrees")]
    public static partial void ListingDoubted(ILogger logger, string scope, int listed, int known);

    [LoggerMessage(EventIds.FleetChanged, LogLevel.Information,
        "{Scope}: {Listed} VMs listed, {Changed} changed, {Transitions} transitions, {Missing} missing, {Gone} gone")]
    public static partial void FleetChanged(ILogger logger, string scope, int listed, int changed, int transitions, int missing, int gone);

    [LoggerMessage(EventIds.StatusFailed, LogLevel.Warning, "Reading the status checks of {Scope} failed; the last known ones stay")]
    public static partial void StatusFailed(ILogger logger, Exception fault, string scope);
}
