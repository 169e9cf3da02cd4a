using Watchdog.FleetSim.Fleet;

namespace Watchdog.FleetSim.Behaviours;

/// <summary>Simulations and renderings: 100 % on all cores for up to 45 hours, hardly any I/O, often nobody logged in.</summary>
internal sealed class ComputeFarm() : SpellWork(new Timetable(72, 0.8, 5, 45, 99, 100))
{
    private static readonly (string Comm, string Exe, string Args, bool Threaded)[] Programs =
    [
        ("R", "/usr/lib/R/bin/exec/R", "/usr/lib/R/bin/exec/R --no-echo --no-restore --file=study/bootstrap.R", false),
        ("MATLAB", "/opt/matlab/R2025b/bin/glnxa64/MATLAB", "MATLAB -batch run_sweep -nodisplay", true),
        ("blender", "/opt/blender-4.2/blender", "blender -b film/scene12.blend -o frames/ -a", true),
        ("octave-cli", "/usr/bin/octave-cli", "octave-cli --quiet model/heat.m", false),
        ("gmx", "/usr/bin/gmx", "gmx mdrun -deffnm md/prod -nt 0", true),
    ];

    public override string Kind => "benign/compute-farm";

    internal override FleetPlanNeed Need => FleetPlanNeed.Steady;

    protected override Demand WorkOf(in Scene s, in Spell spell)
    {
        double bytes = s.Vm.Vcpus * Noise.Decades(s.Seed, 0, Channel.Size, 5, 400);
        Demand io = new Demand(0, bytes, bytes * 0.7, 0, 0.4).Shaken(s, 0.5);
        return io with { Cpu = spell.Level - 0.4 * Noise.Unit(s.Seed, s.Tick, Channel.Cpu) };
    }

    protected override void Show(in Scene s, GuestDraft guest, in Spell spell)
    {
        (string comm, string exe, string args, bool threaded) = Noise.Pick<(string, string, string, bool)>(s.Seed, 0, Channel.Trait, Programs);
        double cores = Cores(s.Vm, spell) * 0.998;
        int launcher = guest.Run("bash", "/usr/bin/bash", "bash run_all.sh", spell.Start, 0.0002);
        if (threaded) guest.Run(comm, exe, args, spell.Start + 1, cores, threads: 2 + s.Vm.Vcpus, rssMegabytes: 1_500, parent: launcher);
        for (int n = 0; !threaded && n < s.Vm.Vcpus; n++)
            guest.Run(comm, exe, args + $" --args {n + 1}", spell.Start + 1 + n, cores / s.Vm.Vcpus, rssMegabytes: 420, parent: launcher);
        if ((s.Seed >> 10 & 3) == 0) guest.Login(spell.Start - 300, Math.Min(s.End - spell.Start, 30_000));
        guest.SystemShare = 0.01;
    }
}
