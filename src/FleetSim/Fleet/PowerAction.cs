namespace Watchdog.FleetSim.Fleet;

/// <summary>What an owner, the guest or EC2 itself does to a VM's power, outside Watchdog.</summary>
public enum PowerAction
{
    /// <summary>The provider stops it by API (<c>Client.UserInitiatedShutdown</c>); ignored unless it runs.</summary>
    Stop,
    /// <summary>The provider hibernates it by API (<c>Client.UserInitiatedHibernate</c>); ignored unless it runs and was launched for that.</summary>
    Hibernate,
    /// <summary>The provider starts it by API; ignored unless it is stopped.</summary>
    Start,
    /// <summary>The guest powers off (<c>Client.InstanceInitiatedShutdown</c>); ignored unless it runs.</summary>
    Shutdown,
    /// <summary>The guest or the provider reboots it: no state change is visible; ignored unless it runs.</summary>
    Reboot,
    /// <summary>EC2 stops it because its host is retired (<c>Server.ScheduledStop</c>); ignored unless it runs.</summary>
    Retire,
    /// <summary>EC2 takes the spot capacity back (<c>Server.SpotInstanceTermination</c>): the VM is gone.</summary>
    SpotReclaim,
    /// <summary>The provider terminates it (<c>Client.UserInitiatedShutdown</c>): the VM is gone.</summary>
    Terminate,
}

/// <summary>One scripted change of power at an instant of fleet time.</summary>
public readonly record struct OwnerAction(DateTimeOffset At, PowerAction Action);
