using Watchdog.Detection;
using Watchdog.Detectors.Facts;
using Watchdog.Detectors.Verdicts;
using Watchdog.Diagnostics;
using Watchdog.Telemetry;

namespace Watchdog.Sweeps.Explaining;

/// <summary>Judges a saved output of the inspection document, as the worker would on this one look. Asks nobody.</summary>
public sealed class SnapshotExplainer(DetectorOptions detectors, IndicatorSource indicators, Clocks clocks)
{
    /// <summary>Explains.</summary>
    /// <param name="name">What to call it.</param>
    /// <param name="text">The document's output; hostile.</param>
    /// <param name="cpu">CPU percent that the hypervisor measured; null when unknown, and then the guest alone confirms nothing.</param>
    /// <param name="vcpus">The VM's vCPUs.</param>
    /// <exception cref="InvalidDataException">Nothing of it can be read.</exception>
    public Explanation Explain(string name, string text, float? cpu, int vcpus)
    {
        var now = clocks.Fleet.GetUtcNow();
        var snapshot = GuestSnapshotParser.Parse(text, now);
        if (!snapshot.Complete && snapshot.TopProcesses.Count == 0 && double.IsNaN(snapshot.Load1))
        {
            throw new InvalidDataException($"'{name}' is no output of the inspection document (docs/ssm/fleet-inspect-output.md): nothing of it can be read.");
        }

        var set = indicators.Current();
        var facts = new CaseFacts(new VmFacts(name, null, vcpus, null, null), now,
            HypervisorFacts.Unknown with { RecentCpu = cpu ?? float.NaN }, null, GuestReading.Of(snapshot), ConsoleReading.Absent) { Indicators = set };
        return new Explanation(name, FormattableString.Invariant($"saved snapshot, {vcpus} vCPUs"), now, Judging.VersionOf(set),
            [
                new("hypervisor", cpu is { } percent ? FormattableString.Invariant($"{percent:0.#} % CPU, as given") : "not known",
                    cpu is null ? "Without --cpu no number of the hypervisor's agrees, and the guest's text alone confirms nothing." : ""),
                Inside(facts.Guest),
            ],
            Explanation.Loudest(Judgement.Of(facts, detectors).Select(finding => Twice.Held(finding, facts))), []);
    }

    /// <summary>The look inside in words.</summary>
    public static StageAnswer Inside(GuestReading? reading) => reading switch
    {
        { State: GuestState.Read, Snapshot: { } seen } => new("inside", seen.Complete ? "read" : "read, cut off", FormattableString.Invariant(
            $"{seen.TopProcesses.Count} processes and {seen.Connections.Count} connections listed, {seen.Sessions.Count} sessions; user {seen.UserPercent:0} %, system {seen.SystemPercent:0} %, load {seen.Load1:0.0}, {seen.ForksPerSecond:0.#} forks a second.")),
        { State: GuestState.AgentLost, LostSince: { } since } => new("inside", "agent lost", FormattableString.Invariant($"Last ping {since:yyyy-MM-dd HH:mm} UTC.")),
        { State: GuestState.AgentLost } => new("inside", "agent lost", ""),
        { State: GuestState.TimedOut } => new("inside", "no answer in time", ""),
        _ => new("inside", "not asked", "SSM does not manage this VM, or could not be asked."),
    };
}
