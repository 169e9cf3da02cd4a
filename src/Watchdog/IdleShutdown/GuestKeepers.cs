using Watchdog.Detectors.Facts;
using Watchdog.Detectors.Mining;
using static System.FormattableString;

namespace Watchdog.IdleShutdown;

/// <summary>What keeps a VM by what a look inside found; pure. Guest text is hostile: it is shown, bounded, and decides nothing by its words.</summary>
public static class GuestKeepers
{
    // Younger ones are the look's own.
    private const double LeastAgeSeconds = 60;
    private static readonly TimeSpan Stands = TimeSpan.FromMinutes(15);

    private static readonly HashSet<string> Codes = new(StringComparer.Ordinal) { "agent", "look-unreadable", "look-old", "session", "connection", "process", "gpu" };

    /// <summary>Whether a look inside alone found all of them.</summary>
    public static bool AreAll(IReadOnlyList<Keeper> keepers) => keepers.Count > 0 && keepers.All(keeper => Codes.Contains(keeper.Code));

    /// <summary>Every keeper.</summary>
    /// <param name="guest">Null: nobody looked.</param>
    public static IEnumerable<Keeper> Of(IdleGuest? guest, DateTimeOffset now, IdlePolicy policy)
    {
        if (guest is null)
        {
            yield return new("not-looked", "Nobody has looked inside yet: that follows once CPU and network rest.");
            yield break;
        }

        if (!guest.Answers)
        {
            if (policy.SilentRest is null)
            {
                yield return new("agent", $"Its agent does not answer, and policy {policy.Name} never stops such a VM: it is not stopped unseen.");
            }

            yield break;
        }

        if (guest.Snapshot is not { Complete: true } snapshot)
        {
            yield return new("look-unreadable", "What the look inside printed is not whole.");
            yield break;
        }

        if (now - snapshot.TakenAt > Stands)
        {
            yield return new("look-old", Invariant($"The last look inside is {(now - snapshot.TakenAt).TotalMinutes:0} min old."));
        }

        if (snapshot.Sessions.Count > 0)
        {
            var session = snapshot.Sessions.MinBy(one => one.IdleSeconds)!;
            yield return new("session", Invariant($"{snapshot.Sessions.Count} login session(s), the latest of {Told.Of(session.User)} idle for {session.IdleSeconds / 60:0} min."));
        }

        var inbound = snapshot.Connections.Where(one => !one.Outbound).ToList();
        if (inbound.Count > 0)
        {
            yield return new("connection", Invariant($"{inbound.Count} inbound connection(s), one from {Told.Of(inbound[0].PeerAddress)} to port {inbound[0].LocalPort}."));
        }

        foreach (var process in snapshot.TopProcesses)
        {
            if (CoresOf(process, guest.Earlier) is var cores && cores >= policy.ProcessCores)
            {
                yield return new("process", Invariant(
                    $"Process {process.Pid} ({Told.Of(process.Comm)}) takes {cores:0.000} of a core (the limit is {policy.ProcessCores:0.###})."));
                break;
            }
        }

        if (snapshot.GpuProcesses.Count > 0)
        {
            yield return new("gpu", Invariant($"{snapshot.GpuProcesses.Count} process(es) work on a GPU."));
        }
    }

    // What it took since the earlier look; over its life where that did not show it.
    private static double CoresOf(GuestProcess process, GuestSnapshot? earlier) =>
        Busy.CoresSince(process, earlier) is var since && !double.IsNaN(since) ? since
        : process.AgeSeconds >= LeastAgeSeconds ? Busy.Cores(process) : 0;
}
