using System.Text;
using Watchdog.FleetSim.Fleet;

namespace Watchdog.FleetSim.Behaviours;

/// <summary>The kernel died, or cannot move: no traffic, no agent, a failed instance check, and last words on the console.</summary>
internal sealed class Panic(Scripted under, PanicKind kind) : Overlay(under)
{
    private static readonly string[] Causes =
    [
        "Kernel panic - not syncing: Fatal exception in interrupt", "Kernel panic - not syncing: Attempted to kill init! exitcode=0x0000000b",
        "Kernel panic - not syncing: hung_task: blocked tasks", "Kernel panic - not syncing: Out of memory: system-wide panic_on_oom is enabled",
    ];

    public override string Label => "panic";

    public override string Kind => kind switch
    {
        PanicKind.Halt => "panic/halt",
        PanicKind.Spin => "panic/spin",
        _ => "panic/hang",
    };

    public override StatusChecks StatusOf(in VmMoment at)
    {
        if (Begun(at) is not { } from) return Under.StatusOf(at);
        double fails = from + Noise.Between(at.Vm.Seed, (long)from, Channel.Status, 120, 190);
        return Scene.Seconds(at.At) < fails ? StatusChecks.Ok : new(true, false, false, Scene.Instant(fails));
    }

    protected override bool AnswersWhile(in Scene s, double from) => false;

    // Halted: nothing runs. Spinning or locked up: exactly one vCPU does. Broadcasts still come in.
    protected override Demand Lay(in Scene s, in Demand usual, double from)
    {
        double cpu = kind == PanicKind.Halt
            ? 0.15 * Noise.Unit(s.Seed, s.Tick, Channel.Level)
            : Math.Min(100, 100.0 / s.Vm.Vcpus + 0.2 * Noise.Spread(s.Seed, s.Tick, Channel.Level));
        return new(cpu, Noise.Between(s.Seed, s.Tick, Channel.NetIn, 0.3, 6), 0, 0, 0);
    }

    protected override void Shout(in Scene s, StringBuilder console, double from)
    {
        double since = from - s.Booted;
        if (kind == PanicKind.Hang)
        {
            for (int n = 1; n <= Math.Min(20, (s.End - from) / 28); n++)
                Boot.Line(console, since + 28 * n, $"watchdog: BUG: soft lockup - CPU#{s.Seed % (ulong)s.Vm.Vcpus} stuck for {26 * n}s! [kworker/u4:2:1187]");
            return;
        }

        string cause = Noise.Pick<string>(s.Seed, 0, Channel.Console, Causes);
        Boot.Line(console, since, "BUG: unable to handle page fault for address: ffffb1c380c5fe68");
        Boot.Line(console, since + 0.000021, "CPU: 0 PID: 1187 Comm: kworker/u4:2 Not tainted 6.1.0-26-cloud-amd64 #1 Debian");
        Boot.Line(console, since + 0.000034, "Call Trace:");
        Boot.Line(console, since + 0.000041, " ? __die_body.cold+0x1a/0x1f");
        Boot.Line(console, since + 0.000047, " ? exc_page_fault+0x70/0x170");
        Boot.Line(console, since + 0.000052, " process_one_work+0x1c7/0x380");
        Boot.Line(console, since + 0.000058, " ret_from_fork+0x1f/0x30");
        Boot.Line(console, since + 0.000090, cause);
        Boot.Line(console, since + 0.000140, "---[ end " + cause + " ]---");
    }
}

/// <summary>How the kernel ended.</summary>
internal enum PanicKind
{
    /// <summary>Stopped dead.</summary>
    Halt,
    /// <summary>One vCPU spins in the panic handler.</summary>
    Spin,
    /// <summary>Locked up without a panic.</summary>
    Hang,
}
