using Watchdog.FleetSim.Fleet;

namespace Watchdog.FleetSim.Behaviours;

/// <summary>
/// A VM over weeks, as its owner's days go: he starts it when he comes and finds it off, works, leaves, and may leave something running. Nobody else touches it.
/// Sessions, connections, processes and CPU follow from the same days.
/// </summary>
internal sealed class WeekLife(ZoneClock zone, WeekHabit habit) : Workload
{
    // He begins it before he goes.
    private const double Overlap = 600;
    private static readonly double[] Tries = [-180, -60, 60, 180, 600];
    private static readonly Timetable Builds = new(0.75, 0.4, 0.04, 0.2, 40, 95);

    public override string Kind => habit.Kind;

    public override string Label => habit.Workday < 0.1 ? "idle" : "benign";

    internal override FleetPlanNeed Need => habit.After == AfterWork.Training ? FleetPlanNeed.Steady : FleetPlanNeed.Any;

    protected override Demand UseOf(in Scene s)
    {
        Spell visit = VisitAt(s.Vm, s.End).Resumed(s), after = AfterAt(s.Vm, s.End).In(s);
        Demand use = default;
        if (s.Share(visit.Start, visit.End) is var here and > 0)
            use += (habit.Serves ? new Demand(0.2, 120, 180, 0, 0.1).Shaken(s, 0.3) : WorkOf(s, visit)) * here;
        if (habit.After is AfterWork.SilentBatch or AfterWork.Training && s.Share(after.Start, after.End) is var runs and > 0)
            use += new Demand(CpuOf(s, after), 0, 0, 0, 0.05) * runs;
        return use;
    }

    internal override void Furnish(in Scene s, GuestDraft guest)
    {
        Spell visit = VisitAt(s.Vm, s.End).Resumed(s), after = AfterAt(s.Vm, s.End).In(s);
        if (visit.Holds(s.End) && habit.Serves)
        {
            int server = guest.Run("postgres", "/usr/lib/postgresql/15/bin/postgres", "postgres: app shop idle", visit.Start, 0.001, rssMegabytes: 60, uid: 112);
            guest.Serve(server, guest.Address("10.80", Channel.Peer), 5432, visit.Start + 2);
        }
        else if (visit.Holds(s.End))
        {
            int shell = guest.Login(visit.Start, 300 * Noise.Unit(s.Seed, s.Tick, Channel.Idle));
            int editor = guest.Run("node", "/home/dev/.vscode-server/bin/8b3775/node", "node server-main.js --start-server", visit.Start + 4, 0.02 * s.Vm.Vcpus, threads: 11,
                rssMegabytes: 420, parent: shell);
            guest.Serve(editor, guest.Address("10.64", Channel.Peer), 8000, visit.Start + 5);
        }

        if (!after.Holds(s.End)) return;
        switch (habit.After)
        {
            case AfterWork.OpenSession when !visit.Holds(s.End):
                guest.Login(after.Start, s.End - after.Start);
                break;
            case AfterWork.SilentBatch:
                guest.Run("python3", "/usr/bin/python3", "python3 reconcile.py --all", after.Start, CpuOf(s, after) / 100 * s.Vm.Vcpus);
                break;
            case AfterWork.Training:
                guest.Run("python", "/home/dev/.venv/bin/python", "python train.py --epochs 90 --device cpu", after.Start, CpuOf(s, after) / 100 * s.Vm.Vcpus,
                    threads: 4 + s.Vm.Vcpus, rssMegabytes: 2_100);
                break;
        }
    }

    /// <inheritdoc/>
    public override IEnumerable<OwnerAction> OwnerActions(SimulatedVm vm)
    {
        for (long day = zone.Day(Scene.Seconds(vm.LaunchTime)); ; day++)
        {
            Spell visit = VisitOn(vm, day);
            if (visit.Start <= Scene.Seconds(vm.LaunchTime) || double.IsInfinity(visit.Start)) continue;
            // One that is just going down is started when it is down.
            foreach (double moment in Tries) yield return new(Scene.Instant(visit.Start + moment), PowerAction.Start);
        }
    }

    // Editing, with a build now and then; an hour at noon in which nobody types.
    private Demand WorkOf(in Scene s, in Spell visit)
    {
        double hour = (zone.Local(s.End) / 3600) % 24;
        if (hour is >= 12 and < 13) return new Demand(0.4, 60, 60, 0, 0.2).Shaken(s, 0.4);
        double mood = 0.4 + Noise.Smooth(s.Seed, s.End / 900, Channel.Wander);
        Spell build = Builds.At(s.Vm, s.End);
        bool builds = build.Start >= visit.Start && build.End <= visit.End;
        return new Demand(1 + 8 * mood, 900 * mood, 1_500 * mood, 1, 3 * mood).Shaken(s, 0.6) + (builds ? new Demand(build.Level, 4_000, 900, 40, 90) * s.Share(build.Start, build.End) : default);
    }

    // A silent batch takes two to four hundredths of a core: no metric shows it.
    private double CpuOf(in Scene s, in Spell after) => habit.After == AfterWork.Training
        ? 70 + 28 * Noise.Unit(s.Seed, (long)after.Start, Channel.Level) : (2 + 2 * Noise.Unit(s.Seed, (long)after.Start, Channel.Level)) / s.Vm.Vcpus;

    private Spell VisitAt(SimulatedVm vm, double instant) => VisitOn(vm, zone.Day(instant));

    // What began yesterday may still go on.
    private Spell AfterAt(SimulatedVm vm, double instant)
    {
        long day = zone.Day(instant);
        Spell today = AfterOn(vm, day);
        return today.Start <= instant ? today : AfterOn(vm, day - 1);
    }

    private Spell AfterOn(SimulatedVm vm, long day)
    {
        Spell visit = VisitOn(vm, day);
        if (habit.After == AfterWork.Nothing || double.IsInfinity(visit.Start) || Noise.Unit(vm.Seed, day, Channel.Trait) >= habit.AfterChance) return Spell.None;
        double hours = habit.AfterHours * (1 + Noise.Unit(vm.Seed, day, Channel.Burst));
        return new(visit.End - Overlap, visit.End + 3600 * hours, 0);
    }

    private Spell VisitOn(SimulatedVm vm, long day)
    {
        if (Noise.Unit(vm.Seed, day, Channel.Workday) >= (ZoneClock.Weekend(day) ? habit.Weekend : habit.Workday)) return Spell.None;
        double start = zone.At(day, habit.From + 3 * Noise.Unit(vm.Seed, day, Channel.Begin));
        return new(start, start + 3600 * (habit.Hours + 3 * Noise.Unit(vm.Seed, day, Channel.Length)), 0);
    }
}
