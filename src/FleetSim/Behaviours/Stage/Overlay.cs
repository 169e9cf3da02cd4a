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
        double held = s.HeldSince(from), share = s.Share(from, Math.Min(to, held)), tied = s.Share(Math.Max(from, held), to);
        if (share + tied <= 0) return usual;
        Demand whole = Lay(s, usual, from), loose = usual * (1 - share - tied) + whole * share;
        return tied <= 0 ? loose : loose + Tied(s, usual, whole) * tied;
    }

    internal sealed override void Furnish(in Scene s, GuestDraft guest)
    {
        under.Furnish(s, guest);
        if (Begun(s) is { } from) Intrude(s, guest, from);
    }

    internal sealed override bool Answers(in Scene s) => Begun(s) is { } from && !Capped(s, from) ? AnswersWhile(s, from) : under.Answers(s);

    internal sealed override void Print(in Scene s, StringBuilder console)
    {
        under.Print(s, console);
        if (Begun(s) is { } from) Shout(s, console, from);
    }

    internal override Spell SpendingOf(in Scene s)
    {
        if (Begun(s) is not { } from) return under.SpendingOf(s);
        Demand usual = under.DemandOf(s), whole = Lay(s, usual, from);
        return new(from, s.End, (Capped(s, from) ? Tied(s, usual, whole) : whole).Cpu);
    }

    /// <summary>Since when it goes on at the end of the stretch, in seconds since 1970; null when it does not.</summary>
    protected double? Begun(in Scene s)
    {
        (double from, double to) = SpanOf(s);
        return s.End >= from && s.End < to && !(s.Restraint is { Ended: true } && s.End >= s.HeldSince(from)) ? from : null;
    }

    /// <summary>Whether its processes are capped at the end of the stretch.</summary>
    protected static bool Capped(in Scene s, double from) => s.End >= s.HeldSince(from);

    /// <summary>The same for the public functions that see a moment.</summary>
    protected double? Begun(in VmMoment at) => Begun(Scene.Of(at, 1));

    // Its processes have their cap's share of a core, or are gone; everything else is as usual again.
    private static Demand Tied(in Scene s, in Demand usual, in Demand whole) =>
        s.Restraint is { Ended: false } cap ? usual with { Cpu = Math.Min(whole.Cpu, usual.Cpu + (double)cap.CpuPercent / s.Vm.Vcpus) } : usual;

    private (double From, double To) SpanOf(in Scene s)
    {
        if (s.Vm.Onset == DateTimeOffset.MaxValue) return (double.PositiveInfinity, double.PositiveInfinity);
        double onset = Scene.Seconds(s.Vm.Onset), from = onset;
        if (s.Booted > onset) from = RestartsAfter is { } wait ? s.Booted + wait : double.PositiveInfinity;
        double to = s.Vm.Offset == DateTimeOffset.MaxValue ? double.PositiveInfinity : Scene.Seconds(s.Vm.Offset);
        return (from, to);
    }
}
