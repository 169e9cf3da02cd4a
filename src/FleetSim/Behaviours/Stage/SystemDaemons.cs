namespace Watchdog.FleetSim.Behaviours;

/// <summary>What runs on every VM of the fleet's images.</summary>
internal static class SystemDaemons
{
    /// <summary>The listening daemon's pid, the parent of all logins.</summary>
    public const int Sshd = 640;

    private const int Agent = 655;

    public static void Furnish(in Scene s, GuestDraft guest)
    {
        guest.Run("systemd", "/usr/lib/systemd/systemd", "/sbin/init", s.Booted, 0.0006, uid: 0, parent: 0, rssMegabytes: 12, pid: 1);
        guest.Run("systemd-journal", "/usr/lib/systemd/systemd-journald", "/lib/systemd/systemd-journald", s.Booted + 3, 0.0004, uid: 0, pid: 310);
        guest.Run("cron", "/usr/sbin/cron", "/usr/sbin/cron -f", s.Booted + 9, 0.00005, uid: 0, pid: 602);
        guest.Run("sshd", "/usr/sbin/sshd", "sshd: /usr/sbin/sshd -D [listener] 0 of 10-100 startups", s.Booted + 10, 0.00002, uid: 0, pid: Sshd);
        guest.Run("amazon-ssm-agen", "/usr/bin/amazon-ssm-agent", "/usr/bin/amazon-ssm-agent", s.Booted + 11, 0.0011, threads: 9, uid: 0, pid: Agent);
        guest.Dial(Agent, guest.Address("10.0", Channel.Agent), 443, s.Booted + 30);
    }
}
