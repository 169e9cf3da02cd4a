namespace Watchdog.FleetSim.Behaviours;

/// <summary>A VM that nobody uses: the operating system's hum, a package check once a day.</summary>
internal sealed class Idle : Workload
{
    private static readonly Timetable Updates = new(24, 1, 0.05, 0.12, 3, 9);

    public override string Label => "idle";

    public override string Kind => "idle/unused";

    protected override Demand UseOf(in Scene s)
    {
        Spell update = Updates.At(s.Vm, s.Start).In(s);
        return new Demand(update.Level, 1_200, 150, 2, 6).Shaken(s, 0.3) * s.Share(update.Start, update.End);
    }

    internal override void Furnish(in Scene s, GuestDraft guest)
    {
        Spell update = Updates.At(s.Vm, s.End).In(s);
        if (update.Holds(s.End))
            guest.Run("apt-get", "/usr/bin/apt-get", "apt-get -qq -y update", update.Start, update.Level / 100 * s.Vm.Vcpus, uid: 0, rssMegabytes: 60);
    }
}
