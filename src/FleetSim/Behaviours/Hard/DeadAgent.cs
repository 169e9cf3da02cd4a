namespace Watchdog.FleetSim.Behaviours;

/// <summary>The SSM agent does not answer (removed, or no instance profile): silence is no sign of guilt.</summary>
internal sealed class DeadAgent(Scripted under) : Wrapped(under)
{
    public override string Kind => "benign/dead-agent";

    internal override bool Answers(in Scene s) => false;
}
