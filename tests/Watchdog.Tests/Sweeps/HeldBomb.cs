using Watchdog.FleetSim.Fleet;

namespace Watchdog.Tests.Sweeps;

/// <summary>A fork bomb that a pids limit holds: the ceiling at once, half the traffic, a fifth of the disk writes; nobody answers inside.</summary>
internal sealed class HeldBomb(DateTimeOffset onset) : Behaviour
{
    public override string Label => "forkbomb";
    public override string Kind => "forkbomb/held";

    public override Load LoadOf(in VmMoment at) => at.At > onset ? new(99.5, 30_000, 30_000, 0, 40) : new(6, 60_000, 60_000, 0, 200);

    public override bool AgentAnswers(in VmMoment at) => false;

    public override GuestView GuestOf(in VmMoment at) => new(3600, 0.5, 0.4, 0.3, 10, 2, 0, 1, 3, 120, 300, [], [], []);

    public override string ConsoleOf(in VmMoment at) => "Linux version 6.1\n";
}
