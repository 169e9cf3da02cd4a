using Watchdog.FleetSim.Fleet;

namespace Watchdog.FleetSim.State;

/// <summary>What whoever is logged in to a guest was told.</summary>
public static class NoticeViews
{
    /// <summary>Everything it was told until an instant, oldest first.</summary>
    public static IReadOnlyList<GuestNotice> NoticesUntil(this RegionState region, int index, DateTimeOffset at)
    {
        lock (region.Gate)
        {
            return [.. (region.Changed(index)?.Notices ?? []).Where(notice => notice.At <= at).OrderBy(notice => notice.At)];
        }
    }

    /// <summary>The message of the day at an instant; null where there is none. It lies in memory: a boot begins without.</summary>
    public static GuestNotice? MessageOfTheDay(this RegionState region, int index, DateTimeOffset at) =>
        region.NoticesUntil(index, at) is [.., { Code: not "cancelled" } last] && region.RunningSince(index, at) is { } since && since <= last.At ? last : null;
}
