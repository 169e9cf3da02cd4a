using Watchdog.FleetSim.Fleet;

namespace Watchdog.FleetSim.Behaviours;

/// <summary>The host under the VM failed: the system check is impaired, the VM itself is innocent and its owner too.</summary>
internal sealed class HostFault(Scripted under) : Overlay(under)
{
    public override string Label => "hostfault";

    public override string Kind => "hostfault/system";

    public override StatusChecks StatusOf(in VmMoment at)
    {
        if (Begun(at) is not { } from) return Under.StatusOf(at);
        double fails = from + Noise.Between(at.Vm.Seed, (long)from, Channel.Status, 30, 120);
        return Scene.Seconds(at.At) < fails ? StatusChecks.Ok : new(false, true, false, Scene.Instant(fails));
    }

    // The host's network drops packets: half of the usual traffic gets through.
    protected override Demand Lay(in Scene s, in Demand usual, double from) =>
        usual with { In = usual.In / 2, Out = usual.Out / 2 };
}
