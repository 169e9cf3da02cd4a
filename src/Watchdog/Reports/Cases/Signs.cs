using System.Globalization;
using System.Text.RegularExpressions;
using Watchdog.Detectors.Facts;
using Watchdog.Detectors.Mining;

namespace Watchdog.Reports.Cases;

/// <summary>A process with the signs that it bears, each in a few words.</summary>
public sealed record MarkedProcess(GuestProcess Process, IReadOnlyList<string> Signs);

/// <summary>A connection with its sign; null: it bears none.</summary>
/// <param name="Of">The process that holds it, where the look listed it.</param>
public sealed record MarkedConnection(GuestConnection Connection, GuestProcess? Of, string? Sign);

/// <summary>What in a look inside bears a sign of abuse, by the indicators in force now; what the verdict stood on are its sentences.</summary>
public static partial class Signs
{
    // So many of one name are a crowd.
    private const int Crowd = 20;

    /// <summary>The processes, those with a sign first, then the busiest.</summary>
    /// <param name="sentences">The evidence's, which name processes by their numbers.</param>
    public static IReadOnlyList<MarkedProcess> Of(IReadOnlyList<GuestProcess> processes, IReadOnlyList<string> sentences, IndicatorSet indicators)
    {
        var named = sentences.SelectMany(sentence => ProcessNumber().Matches(sentence)).Select(match => match.Groups[1].Value).ToHashSet(StringComparer.Ordinal);
        var crowds = processes.GroupBy(process => process.Comm).Where(of => of.Count() >= Crowd).ToDictionary(of => of.Key, of => of.Count());
        return
        [
            .. processes.Select(process => new MarkedProcess(process,
            [
                .. Of(process, indicators),
                .. named.Contains(process.Pid.ToString(CultureInfo.InvariantCulture)) ? ["named in the evidence"] : Array.Empty<string>(),
                .. crowds.TryGetValue(process.Comm, out var alike) ? [FormattableString.Invariant($"one of {alike} of this name")] : Array.Empty<string>(),
            ])).OrderByDescending(one => one.Signs.Count > 0).ThenByDescending(one => Busy.Cores(one.Process)),
        ];
    }

    /// <summary>The connections, those with a sign first.</summary>
    public static IReadOnlyList<MarkedConnection> Of(IReadOnlyList<GuestConnection> connections, IReadOnlyList<MarkedProcess> processes, IndicatorSet indicators)
    {
        var byPid = processes.DistinctBy(process => process.Process.Pid).ToDictionary(process => process.Process.Pid);
        return
        [
            .. connections.Select(connection => new MarkedConnection(connection, byPid.GetValueOrDefault(connection.Pid)?.Process,
                IndicatorMatch.Pool(connection.PeerAddress, indicators) ? "a mining pool's host"
                : connection.Outbound && byPid.GetValueOrDefault(connection.Pid) is { Signs.Count: > 0 } ? "of a process with a sign" : null))
            .OrderByDescending(connection => connection.Sign is not null).ThenByDescending(connection => connection.Connection.AgeSeconds),
        ];
    }

    private static IEnumerable<string> Of(GuestProcess process, IndicatorSet indicators)
    {
        if (IndicatorMatch.Arguments(process, indicators))
        {
            yield return "a miner's arguments";
        }

        if (!TextHandlers.Is(process) && IndicatorMatch.Name(process, indicators) is { } name)
        {
            yield return $"a miner's name ({name})";
        }
        else if (IndicatorMatch.SharedName(process, indicators) is { } shared)
        {
            yield return $"a name that miners bear too ({shared})";
        }

        if (Executable.IsOdd(process))
        {
            yield return process.ExeDeleted ? "its executable is deleted" : "runs from a temporary folder";
        }

        if (Executable.ForgesKernelThread(process))
        {
            yield return "forges a kernel thread's name";
        }
    }

    [GeneratedRegex(@"\b[Pp]rocess ([0-9]{1,10})\b")]
    private static partial Regex ProcessNumber();
}
