namespace Watchdog.FleetSim.Fleet;

/// <summary>
/// What a VM does: pure functions of (seed, VM, time), so that 150,000 VMs cost no memory for their history.
/// One file a behaviour, under <c>Behaviours/</c>. A stopped or booting VM is the caller's matter: these functions are asked
/// only for instants at which the VM runs.
/// </summary>
public abstract class Behaviour
{
    /// <summary>The truth: one of <c>benign, miner, forkbomb, runaway, panic, idle, hostfault</c>.</summary>
    public abstract string Label { get; }

    /// <summary>The kind within the label, e.g. <c>miner/throttled</c> or <c>benign/encoder</c>; goes to the labels file's notes.</summary>
    public abstract string Kind { get; }

    /// <summary>A plain case: its class must be caught by a sound detector from CloudWatch and one look inside.</summary>
    public virtual bool Plain => true;

    /// <summary>CPU, network, disk and credits of the period that ends at <paramref name="at"/>.</summary>
    public abstract Load LoadOf(in VmMoment at);

    /// <summary>The status checks at the instant.</summary>
    public virtual StatusChecks StatusOf(in VmMoment at) => StatusChecks.Ok;

    /// <summary>Whether the SSM agent pings and runs commands at the instant.</summary>
    public virtual bool AgentAnswers(in VmMoment at) => true;

    /// <summary>What a look inside shows; rendered to the inspection document's JSON by the SSM endpoint.</summary>
    public abstract GuestView GuestOf(in VmMoment at);

    /// <summary>Whether CloudWatch gets the period that ends at the instant; a gap is a missing point, never a zero.</summary>
    public virtual bool Publishes(in VmMoment at) => true;

    /// <summary>The serial console's text (kernel boot lines, a panic's last words); plain text, the endpoint encodes it.</summary>
    public abstract string ConsoleOf(in VmMoment at);

    /// <summary>
    /// What happens to the VM's power outside Watchdog, in order of time, from its launch on; may be endless (it is read lazily as
    /// fleet time goes on). An action that does not fit the state at its instant is ignored, as a person would shrug.
    /// </summary>
    public virtual IEnumerable<OwnerAction> OwnerActions(SimulatedVm vm) => [];
}

/// <summary>A VM at an instant of fleet time.</summary>
/// <param name="Vm">The VM.</param>
/// <param name="At">The instant, UTC.</param>
/// <param name="RunningSince">When it last entered <c>running</c>; before that its behaviour's clock does not count.</param>
/// <param name="Isolated">Whether its established flows to the outside are cut (containment group, no tracked flow left).</param>
public readonly record struct VmMoment(SimulatedVm Vm, DateTimeOffset At, DateTimeOffset RunningSince, bool Isolated)
{
    /// <summary>Since when it is isolated; null where it is not, or where the caller does not know (then: just now).</summary>
    public DateTimeOffset? IsolatedSince { get; init; }

    /// <summary>What is restrained inside; null when nothing is.</summary>
    public Restraint? Restraint { get; init; }

    /// <summary>Whether the VM's scripted abuse or fault is going on: [Onset, Offset).</summary>
    public bool Active => At >= Vm.Onset && At < Vm.Offset && RunningSince <= Vm.Offset;
}

/// <summary>One 300 s period as CloudWatch shows it.</summary>
/// <param name="Cpu">CPUUtilization, percent of all vCPUs, 0 to 100.</param>
/// <param name="NetworkIn">Bytes in the period.</param>
/// <param name="NetworkOut">Bytes in the period.</param>
/// <param name="DiskReadOps">EBS read operations in the period (Nitro: EBSReadOps; others: DiskReadOps).</param>
/// <param name="DiskWriteOps">EBS write operations in the period.</param>
/// <param name="CreditBalance">CPUCreditBalance at the end, null when the type has no credits.</param>
/// <param name="SurplusCredits">CPUSurplusCreditBalance, null when the type has no credits.</param>
public readonly record struct Load(double Cpu, double NetworkIn, double NetworkOut, double DiskReadOps, double DiskWriteOps,
    double? CreditBalance = null, double? SurplusCredits = null);

/// <summary>The three status checks; true = impaired, with the instant since when (EC2's ImpairedSince).</summary>
public readonly record struct StatusChecks(bool Instance, bool System, bool Ebs, DateTimeOffset? ImpairedSince)
{
    /// <summary>All three pass.</summary>
    public static readonly StatusChecks Ok = new(false, false, false, null);
}
