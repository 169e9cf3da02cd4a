using Watchdog.Diagnostics;

namespace Watchdog.Inventory;

/// <summary>A stack trace is for defects of ours; what AWS or the network did is told in its words.</summary>
internal static partial class Log
{
    [LoggerMessage(EventIds.ListingFailed, LogLevel.Warning, "Listing {Scope} failed; its VMs keep their last known state: {Why}")]
    public static partial void ListingFailed(ILogger logger, Exception? defect, string scope, string why);

    [LoggerMessage(EventIds.ListingDoubted, LogLevel.Warning,
        "Listing {Scope} shows {Listed} VMs where {Known} were known; nobody is called missing before a second listing agrees")]
    public static partial void ListingDoubted(ILogger logger, string scope, int listed, int known);

    [LoggerMessage(EventIds.FleetChanged, LogLevel.Information,
        "{Scope}: {Listed} VMs listed, {Changed} changed, {Transitions} transitions, {Missing} missing, {Gone} gone")]
    public static partial void FleetChanged(ILogger logger, string scope, int listed, int changed, int transitions, int missing, int gone);

    [LoggerMessage(EventIds.StatusFailed, LogLevel.Warning, "Reading the status checks of {Scope} failed; the last known ones stay: {Why}")]
    public static partial void StatusFailed(ILogger logger, Exception? defect, string scope, string why);
}
