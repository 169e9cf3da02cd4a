using Watchdog.Detectors.Facts;
using Watchdog.Detectors.Findings;
using Watchdog.Detectors.Screening;
using static System.FormattableString;

namespace Watchdog.Detectors.Mining;

/// <summary>
/// Whose the plateau's CPU is. From outside, traffic or disk work that rises with the CPU explains it; from inside, a process shows that began with the
/// plateau, takes its CPU and serves nobody. Then the I/O is somebody else's, and explains nothing of that process.
/// </summary>
public static class Attribution
{
    /// <summary>Share of the plateau's added cores that the process must take over its own life.</summary>
    private const double LeastShare = 0.6;
    /// <summary>Connections that a miner holds: its pool, and one to spare. What moves data for others holds more, or serves.</summary>
    private const int MostConnections = 2;
    private const double MarginSeconds = 900;

    /// <summary>Takes the weight from I/O that explained the plateau, where the look inside shows that one process took the CPU and not the I/O.</summary>
    /// <param name="snapshot">The look inside.</param>
    /// <param name="triage">The plateau.</param>
    /// <param name="vcpus">vCPUs.</param>
    /// <param name="evidence">The pieces; those of I/O that explains are replaced in place by ones without weight.</param>
    public static void Answer(GuestSnapshot snapshot, TriageResult triage, int vcpus, List<Evidence> evidence)
    {
        if (!evidence.Exists(Explains) || TakerOf(snapshot, triage, vcpus) is not { } taker)
        {
            return;
        }

        var whose = Invariant($"Yet process {taker.Pid} ({Told.Of(taker.Comm)}) began with the plateau, takes {Busy.Cores(taker):0.0} cores of it and serves nobody: the traffic and disk work are others'.");
        for (var i = 0; i < evidence.Count; i++)
        {
            if (Explains(evidence[i]))
            {
                evidence[i] = Weights.OthersIo.Because($"{evidence[i].Sentence} {whose}");
            }
        }
    }

    /// <summary>The process that took the plateau's CPU; null when none did by itself, or when what did is known work or serves somebody.</summary>
    public static GuestProcess? TakerOf(GuestSnapshot snapshot, TriageResult triage, int vcpus)
    {
        var added = (triage.Level - (float.IsNaN(triage.Usual) ? 0 : triage.Usual)) / 100 * Math.Max(1, vcpus);
        var stands = (snapshot.TakenAt - triage.Onset).TotalSeconds + MarginSeconds;
        GuestProcess? taker = null;
        foreach (var process in snapshot.TopProcesses)
        {
            if (process.AgeSeconds <= stands && added > 0 && Busy.Cores(process) >= LeastShare * added && !KnownWork.Is(process)
                && HoldsFew(snapshot, process.Pid) && (taker is null || Busy.Cores(process) > Busy.Cores(taker)))
            {
                taker = process;
            }
        }

        return taker;
    }

    private static bool HoldsFew(GuestSnapshot snapshot, int pid)
    {
        var held = 0;
        foreach (var connection in snapshot.Connections)
        {
            if (connection.Pid != pid)
            {
                continue;
            }

            held++;
            if (!connection.Outbound)
            {
                return false;
            }
        }

        return held is >= 1 and <= MostConnections;
    }

    private static bool Explains(Evidence piece)
        => piece.Code == Weights.NetworkExplains.Code || piece.Code == Weights.DiskExplains.Code || piece.Code == Weights.OtherWork.Code;
}
