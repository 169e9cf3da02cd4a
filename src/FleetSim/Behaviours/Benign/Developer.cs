namespace Watchdog.FleetSim.Behaviours;

/// <summary>Somebody at his desk: an editor by day, a build every half hour or so, nothing at night.</summary>
internal class Developer : Workload
{
    private static readonly Timetable Builds = new(0.5, 0.45, 0.04, 0.2, 45, 97);

    public override string Kind => "benign/developer";

    protected override double CpuWithoutNetwork => 0.1;

    protected override Demand UseOf(in Scene s)
    {
        Spell session = SessionOf(s, s.Start);
        double here = s.Share(session.Start, session.End);
        if (here <= 0) return default;
        double mood = 0.4 + Noise.Smooth(s.Seed, s.End / 900, Channel.Wander);
        Demand edit = new Demand(2 + 7 * mood, 900 * mood, 1_500 * mood, 1, 3 * mood).Shaken(s, 0.6) * here;
        Spell build = BuildOf(s, session, s.Start);
        Demand make = new Demand(build.Level, 4_000, 900, 40, 90).Shaken(s, 0.2) * s.Share(build.Start, build.End);
        return edit + make;
    }

    internal override void Furnish(in Scene s, GuestDraft guest)
    {
        Spell session = SessionOf(s, s.End);
        if (!session.Holds(s.End)) return;
        int shell = guest.Login(session.Start, 600 * Noise.Unit(s.Seed, s.Tick, Channel.Idle));
        int editor = guest.Run("node", "/home/dev/.vscode-server/bin/8b3775/node", "node server-main.js --start-server", session.Start + 4,
            0.03 * s.Vm.Vcpus, threads: 11, rssMegabytes: 420, parent: shell);
        if (s.Isolated) return;
        guest.Serve(editor, guest.Address("10.64", Channel.Peer), 8000, session.Start + 5);
        Work(s, guest, session, shell);
        Spell build = BuildOf(s, session, s.End);
        if (build.Holds(s.End)) Toolchain.Make(s, guest, build, shell);
    }

    /// <summary>What else lies open in the session.</summary>
    protected virtual void Work(in Scene s, GuestDraft guest, in Spell session, int shell)
    {
    }

    private static Spell SessionOf(in Scene s, double instant) => LocalTime.Session(s.Vm, instant, 7.5, 16.5).Resumed(s);

    private static Spell BuildOf(in Scene s, in Spell session, double instant)
    {
        Spell build = Builds.At(s.Vm, instant).In(s);
        return build.Start >= session.Start && build.End <= session.End ? build : Spell.None;
    }
}
