using Watchdog.Detectors.Facts;
using Watchdog.Detectors.Findings;
using Watchdog.Detectors.Mining;
using Watchdog.Detectors.Verdicts;
using static System.FormattableString;

namespace Watchdog.Detectors.Idle;

/// <summary>Idle: for an hour, or the time asked for, neither CPU nor traffic, and inside nobody, no inbound connection, no busy process. Yields to every other class.</summary>
public static class IdleDetector
{
    /// <summary>Judges a VM.</summary>
    /// <param name="facts">What is known.</param>
    /// <param name="options">Settings.</param>
    /// <param name="others">Findings of the other classes at this instant; one that suspects or confirms wins.</param>
    /// <returns>Cannot tell when an hour of CPU and traffic is not known: absent is not idle.</returns>
    public static Finding Judge(CaseFacts facts, IdleOptions options, params ReadOnlySpan<Finding> others)
    {
        foreach (var other in others)
        {
            if (other.Verdict is Verdict.Suspicion or Verdict.Confirmed)
            {
                return Concluding.Clear(FindingClass.Idle, $"Another finding goes first: {Finding.NameOf(other.Class)}.");
            }
        }

        if (facts.BootedWithin(options.BootGraceMinutes))
        {
            return Concluding.Clear(FindingClass.Idle, "The VM started a short while ago.");
        }

        if (facts.Vm.Status is { Instance: CheckState.Impaired or CheckState.Initializing } or { System: CheckState.Impaired })
        {
            return Concluding.CannotTell(FindingClass.Idle, "A status check does not pass: a VM that is ill is not idle.");
        }

        var metrics = facts.Hypervisor;
        var span = metrics.RestMinutes == 60 ? "hour" : Invariant($"{metrics.RestMinutes} min");
        if (metrics.HourCpuP95 >= options.CpuPercent)
        {
            return Concluding.Clear(FindingClass.Idle, Invariant($"CPU reached {metrics.HourCpuP95:0.#} % in the last {span}."));
        }

        if (metrics.HourNetworkMax >= options.NetworkBytes)
        {
            return Concluding.Clear(FindingClass.Idle, Invariant($"Traffic reached {metrics.HourNetworkMax:0} bytes a period in the last {span}."));
        }

        if (float.IsNaN(metrics.HourCpuP95) || float.IsNaN(metrics.HourNetworkMax))
        {
            return Concluding.CannotTell(FindingClass.Idle, $"CPU or traffic of the last {span} is absent.");
        }

        var evidence = new List<Evidence>(3)
        {
            Weights.LowCpu.Because(Invariant($"CPU stayed under {Math.Max(0.1f, metrics.HourCpuP95):0.#} % for {(span == "hour" ? "an hour" : span)} (95th percentile).")),
            Weights.LowNetwork.Because(Invariant($"No period of the last {span} saw more than {metrics.HourNetworkMax:0} bytes of traffic.")),
        };
        if (facts.Snapshot is { } snapshot)
        {
            evidence.Add(Inside(snapshot, options));
        }

        return Concluding.Conclude(FindingClass.Idle, evidence, hypervisorAgrees: true, options.Verdict);
    }

    private static Evidence Inside(GuestSnapshot snapshot, IdleOptions options)
    {
        if (snapshot.Sessions.Count > 0)
        {
            return Weights.InUse.Because($"{snapshot.Sessions.Count} login session(s) exist.");
        }

        if (snapshot.Connections.FirstOrDefault(static connection => !connection.Outbound) is { } inbound)
        {
            return Weights.InUse.Because($"A connection came in from {Told.Of(inbound.PeerAddress)} to port {inbound.LocalPort}.");
        }

        return snapshot.TopProcesses.FirstOrDefault(process => Busy.Cores(process) >= options.BusyCores) is { } busy
            ? Weights.InUse.Because(Invariant($"Process {busy.Pid} ({Told.Of(busy.Comm)}) takes {Busy.Cores(busy):0.0} cores."))
            : Weights.NobodyInside.Because("Inside there is no session, no inbound connection and no busy process.");
    }
}
