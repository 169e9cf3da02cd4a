using System.Text;
using Watchdog.FleetSim.Fleet;

namespace Watchdog.FleetSim.Behaviours;

/// <summary>An honest life seen through something broken outside of it.</summary>
internal abstract class Wrapped(Scripted under) : Scripted
{
    public override string Label => under.Label;

    internal override FleetPlanNeed Need => under.Need;

    /// <inheritdoc/>
    public override IEnumerable<OwnerAction> OwnerActions(SimulatedVm vm) => under.OwnerActions(vm);

    internal override Demand DemandOf(in Scene s) => under.DemandOf(s);

    internal override void Furnish(in Scene s, GuestDraft guest) => under.Furnish(s, guest);

    internal override Spell SpendingOf(in Scene s) => under.SpendingOf(s);

    internal override bool Answers(in Scene s) => under.Answers(s);

    internal override void Print(in Scene s, StringBuilder console) => under.Print(s, console);
}
