using Watchdog.Detectors.Facts;
using Watchdog.Detectors.Findings;
using static System.FormattableString;

namespace Watchdog.Detectors.Mining;

/// <summary>Signs of mining, for and against, in one snapshot.</summary>
internal static class MinerSigns
{
    public static void Collect(GuestSnapshot snapshot, GuestSnapshot? earlier, int vcpus, float hypervisorCpu, MinerOptions options, IndicatorSet indicators, List<Evidence> evidence)
    {
        Names(snapshot, options, indicators, evidence);
        Connections(snapshot, earlier, options, indicators, evidence);
        Shape(snapshot, vcpus, options, evidence);
        if (snapshot.HugePages >= options.RandomXHugePages)
        {
            evidence.Add(Weights.HugePages.Because(Invariant($"{snapshot.HugePages} huge pages of 2 MB are reserved; RandomX's dataset takes {options.RandomXHugePages}.")));
        }

        if (snapshot.MsrLoaded == true)
        {
            evidence.Add(Weights.Msr.Because("The msr module is loaded."));
        }

        var guestCpu = snapshot.UserPercent + snapshot.SystemPercent + snapshot.StealPercent;
        if (hypervisorCpu >= 80 && guestCpu < 25)
        {
            evidence.Add(Weights.GuestUnderstates.Because(Invariant($"The guest claims {guestCpu:0} % CPU where the hypervisor measures {hypervisorCpu:0} %.")));
        }

        Honest(snapshot, vcpus, indicators, evidence);
    }

    private static void Names(GuestSnapshot snapshot, MinerOptions options, IndicatorSet indicators, List<Evidence> evidence)
    {
        Evidence? arguments = null, name = null, ambiguous = null;
        foreach (var process in snapshot.TopProcesses)
        {
            if (arguments is null && IndicatorMatch.Arguments(process, indicators))
            {
                arguments = Weights.MinerArguments.Because($"Process {process.Pid} ({Told.Of(process.Comm)}) runs with a miner's arguments.", decisive: true);
            }

            if (name is null && !TextHandlers.Is(process) && IndicatorMatch.Name(process, indicators) is { } known)
            {
                name = Weights.MinerName.Because($"Process {process.Pid} runs the executable of a miner ({known}).", decisive: true);
            }

            if (ambiguous is null && Busy.Cores(process) >= 0.5 && process.AgeSeconds >= options.OldSeconds / 3 && IndicatorMatch.SharedName(process, indicators) is { } shared)
            {
                ambiguous = Weights.AmbiguousName.Because($"Process {process.Pid} is called {shared}, as a miner is, and others are.");
            }
        }

        AddKnown(evidence, arguments, name, ambiguous);
    }

    private static void Connections(GuestSnapshot snapshot, GuestSnapshot? earlier, MinerOptions options, IndicatorSet indicators, List<Evidence> evidence)
    {
        Evidence? pool = null, port = null, lone = null;
        foreach (var connection in snapshot.Connections)
        {
            if (!connection.Outbound)
            {
                continue;
            }

            if (pool is null && IndicatorMatch.Pool(connection.PeerAddress, indicators))
            {
                pool = Weights.PoolPeer.Because($"Process {connection.Pid} is connected to the pool host {Told.Of(connection.PeerAddress)}.", decisive: true);
            }

            if (port is null && indicators.Ports.Contains(connection.PeerPort) && Lasting.Of(connection, snapshot, earlier, options) is { } held)
            {
                port = Weights.PoolPort.Because(Invariant($"Process {connection.Pid} holds a connection to port {connection.PeerPort} {held}."));
            }
        }

        var hidden = snapshot.TopProcesses.FirstOrDefault(static process => Busy.Cores(process) >= 0.25 && (Executable.IsOdd(process) || Executable.ForgesKernelThread(process)));
        if (hidden is not null && snapshot.Connections.Count(connection => connection.Pid == hidden.Pid) == 1
            && snapshot.Connections.First(connection => connection.Pid == hidden.Pid) is { Outbound: true } only
            && Lasting.Of(only, snapshot, earlier, options) is { } kept)
        {
            lone = Weights.LoneConnection.Because(Invariant($"Process {hidden.Pid}, whose executable is hidden, holds one connection out, to port {only.PeerPort}, {kept}."));
        }

        AddKnown(evidence, pool, port, lone);
    }

    private static void Shape(GuestSnapshot snapshot, int vcpus, MinerOptions options, List<Evidence> evidence)
    {
        Evidence? saturated = null, odd = null, forged = null;
        foreach (var process in snapshot.TopProcesses)
        {
            var cores = Busy.Cores(process);
            if (cores < 0.25 || KnownWork.Is(process))
            {
                continue;
            }

            var whole = Math.Min(Math.Max(1, process.Threads), Math.Max(1, vcpus));
            if (saturated is null && process.AgeSeconds >= options.OldSeconds && (cores >= options.SaturatedShare * whole || cores >= options.SaturatedShare * Math.Round(cores) && cores >= 0.9))
            {
                saturated = Weights.Saturated.Because(Invariant($"Process {process.Pid} ({Told.Of(process.Comm)}) has taken {cores:0.0} cores for all of its {process.AgeSeconds / 60:0} minutes."));
            }

            odd ??= Executable.IsOdd(process) ? Weights.OddExecutable.Because($"The executable of busy process {process.Pid} is deleted or lies in a temporary folder.") : null;
            forged ??= Executable.ForgesKernelThread(process) ? Weights.ForgedName.Because($"Busy process {process.Pid} bears a kernel thread's name and has an executable.") : null;
        }

        AddKnown(evidence, saturated, odd, forged);
    }

    private static void Honest(GuestSnapshot snapshot, int vcpus, IndicatorSet indicators, List<Evidence> evidence)
    {
        var honest = Busy.CoresOf(snapshot, process => KnownWork.Is(process) && !IndicatorMatch.Strong(process, indicators));
        var all = Busy.CoresOfAll(snapshot);
        if (honest >= 0.25 * Math.Max(1, vcpus) && honest >= 0.5 * all)
        {
            var top = snapshot.TopProcesses.Where(process => KnownWork.Is(process) && !IndicatorMatch.Strong(process, indicators)).MaxBy(Busy.Cores)!;
            evidence.Add(Weights.KnownWork.Because(Invariant($"{honest:0.0} of {all:0.0} busy cores belong to known work, such as {Told.Of(top.Comm)} (process {top.Pid}).")));
        }

        if (Busy.SessionActive(snapshot))
        {
            evidence.Add(Weights.ActiveSession.Because("A login session is active."));
        }
    }

    private static void AddKnown(List<Evidence> evidence, params ReadOnlySpan<Evidence?> pieces)
    {
        foreach (var piece in pieces)
        {
            if (piece is not null)
            {
                evidence.Add(piece);
            }
        }
    }
}
