namespace Watchdog.IdleShutdown.Warnings;

/// <summary>When a stop may follow its warning; pure.</summary>
public static class WarningRules
{
    /// <summary>For how long after its time a stop that something else holds still stands on its warning.</summary>
    public static readonly TimeSpan Stands = TimeSpan.FromHours(1);

    /// <summary>From when on the stop may begin; null: not until somebody was told.</summary>
    public static DateTimeOffset? ReadyAt(DateTimeOffset deadline, TimeSpan lead, bool waits, DateTimeOffset? toldAt) =>
        !waits ? deadline
        : toldAt is not { } told ? null
        : told + lead is var heard && heard > deadline ? heard
        : deadline;

    /// <summary>In how many minutes the VM is stopped, as a message may say it now, rounded up; null: it would come too late.</summary>
    public static int? MinutesLeft(MessageOrder order, DateTimeOffset now)
    {
        var left = order.Deadline - now;
        var least = order.Waits && left < order.Lead ? order.Lead : left;
        return least <= TimeSpan.Zero ? null : (int)Math.Ceiling(least.TotalMinutes);
    }
}
