namespace Watchdog.IdleShutdown.Warnings;

/// <summary>The fixed texts of the document Watchdog-Notify, by the names that it takes.</summary>
public static class MessageCodes
{
    /// <summary>Nobody seems to use the VM, and it is stopped in so many minutes.</summary>
    public const string Idle = "idle";
    /// <summary>The VM is stopped by its schedule in so many minutes.</summary>
    public const string Schedule = "schedule";
    /// <summary>The stop that was announced is called off; the message of the day goes.</summary>
    public const string Cancelled = "cancelled";
}
