using System.Buffers;
using System.Collections.Frozen;

namespace Watchdog.Detectors.Mining;

/// <summary>
/// Names, arguments, pools and ports of miners: data, apart from the judgement. Sources: the public lists of Falco (names, pools, ports) and Sigma
/// (arguments, pools), and xmrig's own manual page.
/// </summary>
public static class Indicators
{
    /// <summary>Version of this set; goes into texts about it.</summary>
    public const string Version = "2026-11-22";

    /// <summary>Executable names that only miners have; a suffix after <c>-</c>, <c>_</c> or a digit is allowed (<c>cpuminer-sse2</c>).</summary>
    public static readonly FrozenSet<string> Names = new[]
    {
        "xmrig", "xmrigdaemon", "xmrigminer", "xmr-stak", "minerd", "minergate", "cpuminer", "ccminer", "ethminer", "cgminer", "bfgminer", "sgminer",
        "nbminer", "lolminer", "phoenixminer", "teamredminer", "nanominer", "bminer", "wildrig", "srbminer", "kdevtmpfsi", "kinsing",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>Names that games and projects bear too: they need a second sign.</summary>
    public static readonly FrozenSet<string> AmbiguousNames = new[] { "t-rex", "claymore", "gminer", "miner" }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    private static readonly string[] Fragments =
    [
        "stratum+tcp://", "stratum+ssl://", "stratum+tls://", "stratum+udp://", "stratum1+tcp://", "stratum1+ssl://", "stratum2+tcp://",
        "stratum2+ssl://", "--donate-level", "--cpu-max-threads-hint", "--randomx-", "--nicehash",
    ];

    // An algorithm's name is a lecture's title too; behind a miner's option it is not.
    private static readonly string[] Algorithms =
        ["rx/", "randomx", "cn/", "cryptonight", "kawpow", "ghostrider", "yespower", "argon2/chukwa", "etchash", "ethash", "autolykos2", "verushash", "progpow", "astrobwt"];

    private static readonly string[] AlgorithmOptions = ["-a ", "--algo ", "--algo=", "--algorithm ", "--algorithm="];

    /// <summary>Fragments of a running executable's arguments that only miners have.</summary>
    public static readonly SearchValues<string> Arguments = SearchValues.Create(
        [.. Fragments, .. AlgorithmOptions.SelectMany(static option => Algorithms.Select(name => option + name))], StringComparison.OrdinalIgnoreCase);

    /// <summary>Pool domains; a host matches when it is one of them or lies under it.</summary>
    public static readonly FrozenSet<string> Pools = new[]
    {
        "minexmr.com", "nanopool.org", "supportxmr.com", "hashvault.pro", "moneroocean.stream", "2miners.com", "f2pool.com", "c3pool.com",
        "c3pool.org", "xmrpool.eu", "xmrpool.net", "herominers.com", "crypto-pool.fr", "moneropool.com", "minergate.com", "dwarfpool.com",
        "ethermine.org", "ethpool.org", "slushpool.com", "antpool.com", "unmineable.com", "hashcity.org", "miner.rocks", "gntl.co.uk",
        "semipool.com", "coinfoundry.org", "cryptoknight.cc", "fairhash.org", "fairpool.xyz", "prohash.net", "monerohash.com",
        "litecoinpool.org", "nicehash.com",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>Ports that pools use and developers seldom do; support only.</summary>
    public static readonly FrozenSet<int> Ports = new[]
    {
        3333, 3334, 3335, 3336, 3357, 4444, 5555, 5556, 5588, 5730, 7777, 7778, 10128, 14433, 14444, 45560, 45700,
    }.ToFrozenSet();
}
