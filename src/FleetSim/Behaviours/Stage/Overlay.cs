using System.Text;
using Watchdog.FleetSim.Fleet;

namespace Watchdog.FleetSim.Behaviours;

/// <summary>An abuse or a fault laid over an honest life, from the VM's onset on.</summary>
internal abstract class Overlay(Scripted under) : Scripted
{
    internal override FleetPlanNeed Need => FleetPlanNeed.Steady;

    /// <summary>After a boot within the abuse: the seconds until it starts again, or null when a restart ends it.</summary>
    protected virtual double? RestartsAfter => null;

    /// <summary>The life beneath.</summary>
    protected Scripted Under => under;

    /// <summary>The rates while it goes on. <paramref name="usual"/>: what the life beneath asks for; <paramref name="from"/>: since when.</summary>
    protected abstract Demand Lay(in Scene s, in Demand usual, double from);

    /// <summary>Adds what it shows inside the guest, or takes away.</summary>
    protected virtual void Intrude(in Scene s, GuestDraft guest, double from)
    {
    }

    /// <summary>Adds what it writes to the console.</summary>
    protected virtual void Shout(in Scene s, StringBuilder console, double from)
    {
    }

    /// <summary>Whether the agent answers while it goes on.</summary>
    protected virtual bool AnswersWhile(in Scene s, double from) => under.Answers(s);

    internal sealed override Demand DemandOf(in Scene s)
    {
        Demand usual = under.DemandOf(s);
        (double from, double to) = SpanOf(s);
        double share = s.Share(from, to);
        return share <= 0 ? usual : usual * (1 - share) + Lay(s, usual, from) * share;
    }

    internal sealed override void Furnish(in Scene s, GuestDraft guest)
    {
        under.Furnish(s, guest);
        if (Begun(s) is { } from) Intrude(s, guest, from);
    }

    internal sealed override bool Answers(in Scene s) => Begun(s) is { } from ? AnswersWhile(s, from) : under.Answers(s);

    internal sealed override void Print(in Scene s, StringBuilder console)
    {
        under.Print(s, console);
        if (Begun(s) is { } from) Shout(s, console, from);
    }

    internal override Spell SpendingOf(in Scene s) =>
        Begun(s) is { } from ? new(from, s.End, Lay(s, under.DemandOf(s), from).Cpu) : under.SpendingOf(s);

    /// <summary>Since when it goes on at the end of the stretch, in seconds since 1970; null when it does not.</summary>
    protected double? Begun(in Scene s)
    {
        (double from, double to) = SpanOf(s);
        return s.End >= from && s.End < to ? from : null;
    }

    /// <summary>The same for the public functions that see a moment.</summary>
    protected double? Begun(in VmMoment at) => Begun(Scene.Of(at, 1));

    private (double From, double To) SpanOf(in Scene s)
    {
        if (s.Vm.Onset == DateTimeOffset.MaxValue) return (double.PositiveInfinity, double.PositiveInfinity);
        double onset = Scene.Seconds(s.Vm.Onset), from = onset;
        if (s.Booted > onset) from = RestartsAfter is { } wait ? s.Booted + wait : double.PositiveInfinity;
        double to = s.Vm.Offset == DateTimeOffset.MaxValue ? double.PositiveInfinity : Scene.Seconds(s.Vm.Offset);
        return (from, to);
    }
}
