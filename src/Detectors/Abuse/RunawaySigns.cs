using Watchdog.Detectors.Facts;
using Watchdog.Detectors.Findings;
using Watchdog.Detectors.Mining;
using static System.FormattableString;

namespace Watchdog.Detectors.Abuse;

/// <summary>A process that spins.</summary>
/// <param name="Cores">Whole cores that it takes; 0 where no process does.</param>
/// <param name="Stuck">Whether something tells it from an honest computation, and nobody is there to have meant it.</param>
internal readonly record struct Spin(double Cores, bool Stuck);

/// <summary>Signs of a runaway, for and against, in one snapshot or two.</summary>
internal static class RunawaySigns
{
    public static Spin Collect(
        GuestSnapshot snapshot, GuestSnapshot? earlier, int vcpus, RunawayOptions options, IndicatorSet indicators, List<Evidence> evidence)
    {
        if (snapshot.TopProcesses.FirstOrDefault(process => IndicatorMatch.Strong(process, indicators)
            || (Busy.Cores(process) >= 0.25 && (Executable.IsOdd(process) || Executable.ForgesKernelThread(process)))) is { } miner)
        {
            evidence.Add(Weights.NotRunaway.Because($"Process {miner.Pid} ({Told.Of(miner.Comm)}) bears signs of a miner or hides what it runs: a spinning mistake has no reason to."));
            return default;
        }

        var session = Busy.SessionActive(snapshot);
        if (session)
        {
            evidence.Add(Weights.ActiveSession.Because("A login session is active."));
        }

        var turned = TurnedIn(snapshot, earlier, vcpus, options);
        if (Named(snapshot, earlier, vcpus, options) is not { } top)
        {
            evidence.Add(Weights.NoSpinner.Because("No old process takes the CPU."));
            return default;
        }

        var cores = turned is null ? Busy.Cores(top) : Busy.CoresSince(top, earlier);
        if (KnownWork.Is(top))
        {
            evidence.Add(Weights.KnownWork.Because(Invariant($"{cores:0.0} cores belong to known work, {Told.Of(top.Comm)} (process {top.Pid}).")));
            return default;
        }

        if (snapshot.TopProcesses.Any(other => other.ParentPid == top.Pid && Busy.Cores(other) >= 0.1) || !IsWhole(cores, vcpus, options))
        {
            evidence.Add(Weights.NoSpinner.Because(Invariant($"The busiest old process ({Told.Of(top.Comm)}, {cores:0.00} cores) does not spin on whole cores by itself.")));
            return default;
        }

        evidence.Add(turned is null
            ? Weights.Spinner.Because(Invariant($"Process {top.Pid} ({Told.Of(top.Comm)}) has spun on {cores:0.0} cores for all of its {top.AgeSeconds / 3600:0.0} h, without children."))
            : Weights.Turned.Because(Invariant($"Process {top.Pid} ({Told.Of(top.Comm)}) took {cores:0.0} cores between two looks and {Busy.Cores(top):0.00} over its {top.AgeSeconds / 3600:0.0} h: it rested, and turned.")));
        return new Spin(cores, IsStuck(top, snapshot, turned is not null, evidence) && !session);
    }

    /// <summary>The process that is spoken of: one that turned has a low share over its life, and is looked for by itself.</summary>
    public static GuestProcess? Named(GuestSnapshot snapshot, GuestSnapshot? earlier, int vcpus, RunawayOptions options) =>
        TurnedIn(snapshot, earlier, vcpus, options) ?? Busy.Top(snapshot, options.OldSeconds);

    private static bool IsStuck(GuestProcess top, GuestSnapshot snapshot, bool turned, List<Evidence> evidence)
    {
        if (!snapshot.Complete)
        {
            // Sessions and connections stand at the text's end: their absence would say nothing.
            evidence.Add(Weights.MayCompute.Because("The look was cut short: who uses the guest is unknown."));
            return false;
        }

        if (snapshot.Connections.Any(connection => connection.Pid == top.Pid && !connection.Outbound))
        {
            evidence.Add(Weights.MayCompute.Because("It serves a connection that came in: somebody may be using what it does."));
            return false;
        }

        if (Waiting.Of(top) is { } trade)
        {
            evidence.Add(Weights.WaitsByTrade.Because($"Computing is not its work: {trade}."));
            return true;
        }

        var launcher = Launcher.Of(top, snapshot);
        if (turned && launcher is null)
        {
            return true;
        }

        evidence.Add(Weights.MayCompute.Because(launcher is null
            ? "Nothing tells it from an honest computation: it has computed since its start, and its name is no service's."
            : $"{Told.Of(launcher.Comm)} (process {launcher.Pid}) started it and waits for its end, as for a computation."));
        return false;
    }

    private static GuestProcess? TurnedIn(GuestSnapshot snapshot, GuestSnapshot? earlier, int vcpus, RunawayOptions options)
    {
        GuestProcess? most = null;
        double best = 0;
        foreach (var process in snapshot.TopProcesses)
        {
            var cores = Busy.CoresSince(process, earlier);
            if (cores > best && process.AgeSeconds >= 2 * options.OldSeconds && process.CpuSeconds >= options.OldSeconds
                && Busy.Cores(process) <= options.RestedShare * cores && IsWhole(cores, vcpus, options))
            {
                (most, best) = (process, cores);
            }
        }

        return most;
    }

    private static bool IsWhole(double cores, int vcpus, RunawayOptions options)
        => Math.Clamp(Math.Round(cores), 1, Math.Max(1, vcpus)) is var whole && Math.Abs(cores - whole) <= options.WholeTolerance * whole;
}
