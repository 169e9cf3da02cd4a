using Watchdog.FleetSim.Fleet;

namespace Watchdog.FleetSim.Behaviours;

/// <summary>Work in spells with quiet between them. A spell that a restart interrupted does not come back.</summary>
internal abstract class SpellWork(Calendar calendar) : Workload
{
    /// <summary>The rates while a spell goes on.</summary>
    protected abstract Demand WorkOf(in Scene s, in Spell spell);

    /// <summary>The processes of a spell that goes on.</summary>
    protected abstract void Show(in Scene s, GuestDraft guest, in Spell spell);

    /// <summary>What is there between the spells too.</summary>
    protected virtual void ShowAlways(in Scene s, GuestDraft guest)
    {
    }

    protected sealed override Demand UseOf(in Scene s)
    {
        Spell spell = calendar.At(s.Vm, s.Start).In(s);
        double share = s.Share(spell.Start, spell.End);
        return share <= 0 ? default : WorkOf(s, spell) * share;
    }

    internal sealed override void Furnish(in Scene s, GuestDraft guest)
    {
        if (s.End >= s.Ready) ShowAlways(s, guest);
        Spell spell = calendar.At(s.Vm, s.End).In(s);
        if (spell.Holds(s.End)) Show(s, guest, spell);
    }

    internal sealed override Spell SpendingOf(in Scene s) => calendar.Latest(s.Vm, s.End).In(s);

    /// <summary>Cores that the spell keeps busy.</summary>
    protected static double Cores(SimulatedVm vm, in Spell spell) => spell.Level / 100 * vm.Vcpus;
}
