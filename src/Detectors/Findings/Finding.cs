namespace Watchdog.Detectors.Findings;

/// <summary>What a VM can be found to be. Names on the wire are lower case: <c>miner, forkbomb, runaway, panic, hostfault, idle</c>.</summary>
public enum FindingClass
{
    /// <summary>Mines coins.</summary>
    Miner,
    /// <summary>A process that multiplies until the guest chokes.</summary>
    ForkBomb,
    /// <summary>One process spinning without work.</summary>
    Runaway,
    /// <summary>The guest's kernel is dead or hangs.</summary>
    Panic,
    /// <summary>AWS's host fails; never the user's fault.</summary>
    HostFault,
    /// <summary>Nobody uses it.</summary>
    Idle,
}

/// <summary>Families of evidence (DESIGN 4.7). CPU shape, network shape and credits count as one: the hypervisor's metrics.</summary>
public enum Family
{
    /// <summary>Hypervisor: CPU level, flatness, novelty.</summary>
    CpuShape,
    /// <summary>Hypervisor: network and disk beside the CPU.</summary>
    NetworkShape,
    /// <summary>Hypervisor: CPU credits.</summary>
    Credits,
    /// <summary>Guest: the process table.</summary>
    GuestProcesses,
    /// <summary>Guest: established connections.</summary>
    GuestConnections,
    /// <summary>Guest: load, forks, process counts.</summary>
    GuestLoad,
    /// <summary>EC2 status checks.</summary>
    StatusChecks,
    /// <summary>Serial console text.</summary>
    Console,
    /// <summary>SSM agent reachability; never counts towards two families.</summary>
    Agent,
    /// <summary>Login sessions; their absence never counts towards two families.</summary>
    Sessions,
    /// <summary>The VM's own past; never counts towards two families.</summary>
    History,
}

/// <summary>One fact for or against a class.</summary>
/// <param name="Family">Where it comes from.</param>
/// <param name="Code">Stable name, kebab-case, e.g. <c>stratum-url</c>.</param>
/// <param name="Weight">Log-odds (natural); negative exculpates.</param>
/// <param name="Sentence">One plain sentence with its numbers.</param>
/// <param name="Decisive">Enough by itself where the hypervisor's metrics agree with it.</param>
public sealed record Evidence(Family Family, string Code, double Weight, string Sentence, bool Decisive = false);

/// <summary>How sure a finding is.</summary>
public enum Verdict
{
    /// <summary>The data that would tell are absent: neither healthy nor guilty.</summary>
    CannotTell,
    /// <summary>Nothing found.</summary>
    Clear,
    /// <summary>Worth a deeper look; no ground for an act by itself.</summary>
    Suspicion,
    /// <summary>Evidence of two families or one decisive piece: an act may follow.</summary>
    Confirmed,
}

/// <summary>What a detector says of a VM at an instant.</summary>
/// <param name="Class">The class that it speaks of.</param>
/// <param name="Verdict">How sure.</param>
/// <param name="Score">Probability 0 to 1 (logistic of prior plus weights).</param>
/// <param name="Reason">One sentence: why, with numbers; for <see cref="Verdict.CannotTell"/> what is missing.</param>
/// <param name="Evidence">All pieces, the exculpating ones too.</param>
public sealed record Finding(FindingClass Class, Verdict Verdict, double Score, string Reason, IReadOnlyList<Evidence> Evidence)
{
    /// <summary>The program's version and that of its indicators, e.g. <c>0.1.0+2026-11-22</c>; null where the detectors were asked outside a sweep.</summary>
    public string? RuleVersion { get; init; }

    /// <summary>Whether a lost agent speaks for it, so that nothing inside can prove it.</summary>
    public bool StandsOnLostAgent()
    {
        foreach (var piece in Evidence)
        {
            if (piece.Family == Family.Agent && piece.Weight > 0)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Names the class as files, JSON and the ledger write it.</summary>
    public static string NameOf(FindingClass value) => value switch
    {
        FindingClass.Miner => "miner",
        FindingClass.ForkBomb => "forkbomb",
        FindingClass.Runaway => "runaway",
        FindingClass.Panic => "panic",
        FindingClass.HostFault => "hostfault",
        FindingClass.Idle => "idle",
        _ => throw new ArgumentOutOfRangeException(nameof(value), value, "Unknown class"),
    };
}
