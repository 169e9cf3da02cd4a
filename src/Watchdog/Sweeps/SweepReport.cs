namespace Watchdog.Sweeps;

/// <summary>What a sweep saw: the shape that the command line prints.</summary>
/// <param name="Vms">Running VMs of the shards.</param>
/// <param name="Judged">Of them, VMs with a verdict within their cadence.</param>
/// <param name="Unknown">Of them, VMs without data: neither healthy nor guilty.</param>
/// <param name="Findings">Suspicions and confirmed findings of abuse and of failing health, by instance id and class.</param>
/// <param name="Seconds">Wall seconds by stage.</param>
/// <param name="Failures">Calls and VMs that failed and were passed over.</param>
public sealed record SweepReport(
    int Vms, int Judged, int Unknown, IReadOnlyList<SweepFinding> Findings, IReadOnlyDictionary<string, double> Seconds, int Failures)
{
    /// <summary>Acts that the pass recorded, whatever the mode made of them; 0 for a sweep of shards alone.</summary>
    public int ActsPlanned { get; init; }
    /// <summary>Acts that were carried out and verified in the pass.</summary>
    public int ActsDone { get; init; }
    /// <summary>Scopes that could not be seen, in words; empty when all were.</summary>
    public IReadOnlyList<string> Problems { get; init; } = [];
}

/// <summary>One finding of a sweep.</summary>
/// <param name="InstanceId">The VM.</param>
/// <param name="Class">As <c>Finding.NameOf</c> writes it.</param>
/// <param name="Confirmed">Whether the evidence is enough for an act; false: a suspicion.</param>
/// <param name="Score">Probability, 0 to 1.</param>
/// <param name="Reason">Why, in words and numbers.</param>
public sealed record SweepFinding(string InstanceId, string Class, bool Confirmed, double Score, string Reason);
