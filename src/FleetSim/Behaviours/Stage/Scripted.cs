using System.Text;
using Watchdog.FleetSim.Fleet;

namespace Watchdog.FleetSim.Behaviours;

/// <summary>
/// What all scripted behaviours share: rates become a CloudWatch period, a boot begins each life, isolation leaves only the
/// traffic that no security group filters, credits follow from the last heavy spell.
/// </summary>
internal abstract class Scripted : Behaviour
{
    // A contained VM still reaches its DNS, IMDS and SSM: 3 to 9 kB a period in each direction.
    private const double LeastBytes = 10, MostBytes = 30;


    /// <summary>What it asks of its instance type.</summary>
    internal virtual FleetPlanNeed Need => FleetPlanNeed.Any;

    /// <summary>Whether it can be told on a VM without a past; what adds less than the whole machine needs one to stand out from.</summary>
    internal virtual bool TellsWithoutPast => true;

    /// <summary>Whether it wants to be launched around the epoch.</summary>
    internal virtual bool Fresh => false;

    /// <summary>The rates that the behaviour asks for, boot and isolation of the network left aside.</summary>
    internal abstract Demand DemandOf(in Scene s);

    /// <summary>Puts the behaviour's processes, connections and sessions into the guest.</summary>
    internal abstract void Furnish(in Scene s, GuestDraft guest);

    /// <summary>The last heavy spell of work, which the credits pay for.</summary>
    internal virtual Spell SpendingOf(in Scene s) => Spell.None;

    /// <summary>Credits at the start of that spell.</summary>
    internal virtual double SavedOf(in Scene s, Burstable credits) => credits.Saved(s);

    /// <summary>Whether a registered agent answers.</summary>
    internal virtual bool Answers(in Scene s) => true;

    /// <summary>What the console shows after the boot.</summary>
    internal virtual void Print(in Scene s, StringBuilder console)
    {
    }

    /// <inheritdoc/>
    public sealed override Load LoadOf(in VmMoment at)
    {
        Scene s = Scene.Of(at, Scene.Period);
        Demand d = Whole(s);
        double? balance = null, surplus = null;
        if (Burstable.Of(s.Vm) is { } credits) (balance, surplus) = credits.After(s, SpendingOf(s), SavedOf(s, credits));
        const double p = Scene.Period;
        return new(d.Cpu, Math.Round(d.In * p), Math.Round(d.Out * p), Math.Round(d.Reads * p), Math.Round(d.Writes * p), balance, surplus);
    }

    /// <inheritdoc/>
    public sealed override GuestView GuestOf(in VmMoment at)
    {
        Scene s = Scene.Of(at, 10);
        GuestDraft guest = new(s, Whole(s).Cpu, Whole(s.Over(60)).Cpu, Whole(s.Over(300)).Cpu, Whole(s.Over(900)).Cpu);
        Furnish(s, guest);
        return guest.View();
    }

    /// <inheritdoc/>
    public sealed override bool AgentAnswers(in VmMoment at)
    {
        Scene s = Scene.Of(at, 1);
        return s.Uptime >= Boot.AgentDelay(s) && Answers(s);
    }

    /// <inheritdoc/>
    public sealed override string ConsoleOf(in VmMoment at)
    {
        Scene s = Scene.Of(at, 1);
        StringBuilder console = new();
        Boot.Write(console, s);
        Print(s, console);
        return console.ToString();
    }

    private Demand Whole(in Scene s)
    {
        Demand d = DemandOf(s) + Boot.DemandOf(s);
        if (s.Isolated)
        {
            d = d with
            {
                In = Math.Min(d.In, Noise.Between(s.Seed, s.Tick, Channel.NetIn, LeastBytes, MostBytes)),
                Out = Math.Min(d.Out, Noise.Between(s.Seed, s.Tick, Channel.NetOut, LeastBytes, MostBytes)),
            };
        }

        return d with { Cpu = Math.Clamp(d.Cpu, 0, 100) };
    }
}
