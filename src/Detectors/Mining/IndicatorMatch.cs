using System.Collections.Frozen;
using Watchdog.Detectors.Facts;

namespace Watchdog.Detectors.Mining;

/// <summary>Matches a guest's texts with the indicators: executables and whole words, so that who greps, edits, fetches or studies a miner is none.</summary>
public static class IndicatorMatch
{
    /// <summary>The miner's name that the executable bears; null when it bears none.</summary>
    public static string? Name(GuestProcess process, IndicatorSet indicators)
        => In(indicators.Names, Executable.NameOf(process)) ?? In(indicators.Names, process.Comm);

    /// <summary>The name that miners share with others; null when it bears none.</summary>
    public static string? SharedName(GuestProcess process, IndicatorSet indicators) => In(indicators.SharedNames, Executable.NameOf(process));

    /// <summary>Whether the arguments of a running executable hold what only a miner is given.</summary>
    public static bool Arguments(GuestProcess process, IndicatorSet indicators)
        => !TextHandlers.Is(process) && !TextHandlers.IsScript(process)
            && (process.Args.AsSpan().ContainsAny(indicators.Arguments) || HoldsWallet(process.Args, indicators));

    /// <summary>Whether a process runs as a miner: by its arguments, or by its executable's name where it does not merely handle text.</summary>
    public static bool Strong(GuestProcess process, IndicatorSet indicators)
        => Arguments(process, indicators) || (Name(process, indicators) is not null && !TextHandlers.Is(process));

    /// <summary>Whether a peer is a pool's host or lies under a pool's domain; an IP address never is.</summary>
    public static bool Pool(string peer, IndicatorSet indicators)
    {
        var lookup = indicators.Pools.GetAlternateLookup<ReadOnlySpan<char>>();
        var host = peer.AsSpan().Trim().TrimEnd('.');
        while (true)
        {
            if (lookup.Contains(host))
            {
                return true;
            }

            var dot = host.IndexOf('.');
            if (dot < 0)
            {
                return false;
            }

            host = host[(dot + 1)..];
        }
    }

    private static string? In(FrozenSet<string> names, ReadOnlySpan<char> name)
    {
        var lookup = names.GetAlternateLookup<ReadOnlySpan<char>>();
        if (lookup.TryGetValue(name, out var whole))
        {
            return whole;
        }

        // cpuminer-sse2, xmrig_6, xmrig-notls: the name up to a separator.
        for (var i = 1; i < name.Length; i++)
        {
            if ((name[i] is '-' or '_' or '.') && lookup.TryGetValue(name[..i], out var stem))
            {
                return stem;
            }
        }

        return null;
    }

    // A known wallet, or a standard Monero address (95 base-58 characters that begin with 4 or 8), as a word of its own.
    private static bool HoldsWallet(ReadOnlySpan<char> text, IndicatorSet indicators)
    {
        var known = indicators.Wallets.GetAlternateLookup<ReadOnlySpan<char>>();
        foreach (var range in text.SplitAny(" =,;\"'."))
        {
            var word = text[range];
            if (known.Contains(word) || word.Length == 95 && (word[0] is '4' or '8') && !word.ContainsAnyExcept(Base58))
            {
                return true;
            }
        }

        return false;
    }

    private static readonly System.Buffers.SearchValues<char> Base58
        = System.Buffers.SearchValues.Create("123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz");
}
