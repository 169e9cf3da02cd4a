using System.Globalization;
using System.Text;
using Watchdog.FleetSim.Fleet;

namespace Watchdog.FleetSim.Behaviours;

/// <summary>The first minutes after power-on: a burst of CPU and reads, an agent that is not there yet, a console log.</summary>
internal static class Boot
{
    private static readonly string[] Lines =
    [
        "Linux version 6.1.0-26-cloud-amd64 (debian-kernel@lists.debian.org) (gcc-12, GNU ld 2.40) #1 SMP PREEMPT_DYNAMIC",
        "Command line: BOOT_IMAGE=/boot/vmlinuz-6.1.0-26-cloud-amd64 root=PARTUUID=3f1c ro console=tty0 console=ttyS0,115200n8",
        "DMI: Amazon EC2, BIOS 1.0 10/16/2017",
        "Hypervisor detected: KVM",
        "smpboot: CPU0: Intel(R) Xeon(R) Platinum 8259CL CPU @ 2.50GHz",
        "nvme nvme0: pci function 0000:00:04.0",
        "EXT4-fs (nvme0n1p1): mounted filesystem with ordered data mode. Quota mode: none.",
        "systemd[1]: Detected virtualization amazon.",
        "ena 0000:00:05.0 ens5: renamed from eth0",
        "cloud-init[612]: Cloud-init v. 22.4.2 running 'modules:final'",
        "systemd[1]: Started amazon-ssm-agent.service - amazon-ssm-agent.",
        "systemd[1]: Reached target multi-user.target - Multi-User System.",
    ];

    public static Demand DemandOf(in Scene s)
    {
        double share = s.Share(s.Booted, s.Ready + 60);
        if (share <= 0) return default;
        double heat = Noise.Between(s.Seed, (long)s.Booted, Channel.Boot, 35, 70);
        return new Demand(heat, 60_000, 4_000, 25, 12) * share;
    }

    /// <summary>Seconds until the SSM agent has registered: one to four minutes.</summary>
    public static double AgentDelay(in Scene s) => Noise.Between(s.Seed, (long)s.Booted, Channel.Agent, 60, 240);

    /// <summary>The console of this boot as far as it has got, one line a few seconds, then the login prompt.</summary>
    public static void Write(StringBuilder console, in Scene s)
    {
        for (int i = 0; i < Lines.Length; i++)
        {
            double at = i * i * 0.35;
            if (at > s.Uptime) return;
            Line(console, at, Lines[i]);
        }

        if (s.Uptime < Scene.BootSeconds) return;
        console.Append('\n').Append("Debian GNU/Linux 12 ").Append(HostName(s.Vm)).Append(" ttyS0\n\n").Append(HostName(s.Vm)).Append(" login: \n");
    }

    /// <summary>A kernel line, stamped with seconds since the boot.</summary>
    public static void Line(StringBuilder console, double uptime, string text) =>
        console.Append(CultureInfo.InvariantCulture, $"[{uptime,12:F6}] ").Append(text).Append('\n');

    private static string HostName(SimulatedVm vm) => "ip-10-" + (vm.Seed >> 8 & 63) + "-" + (vm.Seed >> 16 & 255) + "-" + (vm.Seed >> 24 & 255);
}
