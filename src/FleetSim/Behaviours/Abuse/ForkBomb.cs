using System.Text;
using Watchdog.FleetSim.Fleet;

namespace Watchdog.FleetSim.Behaviours;

/// <summary>Processes without end: the ceiling within one sample, two thirds of it in the kernel, and little gets out any more.</summary>
internal sealed class ForkBomb(Scripted under, ForkBombEnd end) : Overlay(under)
{
    private const string Rejected = "cgroup: fork rejected by pids controller in /user.slice/user-1000.slice/session-3.scope";
    private const int Listed = 60;
    private static readonly string[] Bombs = ["bash", "sh", "python3", "perl", "forky"];

    public override string Label => "forkbomb";

    public override string Kind => end switch
    {
        ForkBombEnd.Capped => "forkbomb/capped",
        ForkBombEnd.Fading => "forkbomb/fading",
        _ => "forkbomb/dead",
    };

    public override StatusChecks StatusOf(in VmMoment at)
    {
        if (Begun(at) is not { } from || end == ForkBombEnd.Capped || Capped(Scene.Of(at, 1), from)) return Under.StatusOf(at);
        // The kernel still answers ARP for a while: the check fails up to 15 minutes later.
        double fails = from + Noise.Between(at.Vm.Seed, (long)from, Channel.Status, 60, 900);
        return Scene.Seconds(at.At) < fails ? StatusChecks.Ok : new(true, false, false, Scene.Instant(fails));
    }

    protected override bool AnswersWhile(in Scene s, double from) => end switch
    {
        ForkBombEnd.Capped => true,
        ForkBombEnd.Fading => s.End < from + Noise.Between(s.Seed, (long)from, Channel.Agent, 360, 1500),
        _ => false,
    };

    protected override Demand Lay(in Scene s, in Demand usual, double from)
    {
        double left = Noise.Between(s.Seed, s.Tick, Channel.NetOut, 0.01, 0.15);
        return new(Noise.Between(s.Seed, s.Tick, Channel.Level, 99, 100), usual.In * left * 2, usual.Out * left, 0, usual.Writes * left);
    }

    protected override void Intrude(in Scene s, GuestDraft guest, double from)
    {
        string name = Noise.Pick<string>(s.Seed, 0, Channel.Kind, Bombs), exe = name == "forky" ? "/home/dev/forky" : "/usr/bin/" + name;
        double age = s.End - from;
        int alive = (int)(guest.PidsMax * Math.Min(Noise.Between(s.Seed, s.Tick, Channel.Burst, 0.93, 0.999), age / 20));
        // Most of them wait for a pid or a page; a few hundred share the cores, and the list shows those.
        double each = Math.Min(1, s.Vm.Vcpus / Math.Clamp(alive, 1.0, 300));
        if (Capped(s, from)) each = Math.Min(each, s.Restraint!.CpuPercent / 100.0 / Math.Max(1, alive));
        for (int n = 0; n < Math.Min(alive, Listed); n++)
        {
            // The first of them lives on.
            double born = n == 0 ? from : s.End - Math.Min(age, 90 * Noise.Unit(s.Seed, s.Tick * Listed + n, Channel.Child));
            guest.Run(name, exe, name == "forky" ? "./forky" : name, born, each, rssMegabytes: 2, parent: 40_000 + n);
        }

        guest.Crowd(alive);
        if (Capped(s, from)) return;
        guest.SystemShare = Noise.Between(s.Seed, s.Tick, Channel.Size, 0.58, 0.68);
        guest.ForksPerSecond = Noise.Between(s.Seed, s.Tick, Channel.Burst, 2_000, 3_400);
        double load = Math.Max(alive * 0.4, 14.0 * s.Vm.Vcpus);
        (guest.Load1, guest.Load5, guest.Load15) = (load * Ramp(age, 60), load * Ramp(age, 300), load * Ramp(age, 900));
        guest.KernelLines.Add(Rejected);
    }

    protected override void Shout(in Scene s, StringBuilder console, double from)
    {
        if (s.End < from + 15) return;
        double since = from - s.Booted;
        Boot.Line(console, since + 12, Rejected);
        for (int n = 0; n < 6; n++) console.Append("-bash: fork: retry: Resource temporarily unavailable\n");
        if (end == ForkBombEnd.Dead && s.End > from + 200)
            Boot.Line(console, since + 190, "Out of memory: Killed process 812 (node) total-vm:1184320kB, anon-rss:402112kB, file-rss:0kB, oom_score_adj:0");
    }

    private static double Ramp(double age, double window) => 1 - Math.Exp(-age / window);
}

/// <summary>What becomes of the VM.</summary>
internal enum ForkBombEnd
{
    /// <summary>The pids controller holds it: the machine is full, but the agent answers.</summary>
    Capped,
    /// <summary>The agent answers for some minutes yet, the status check fails sooner or later.</summary>
    Fading,
    /// <summary>The agent is silent at once.</summary>
    Dead,
}
