namespace Watchdog.Detectors.Mining;

/// <summary>What an indicator is held against.</summary>
public enum IndicatorKind
{
    /// <summary>An executable that only miners have; a suffix after <c>-</c>, <c>_</c> or <c>.</c> is allowed (<c>cpuminer-sse2</c>).</summary>
    Name,
    /// <summary>An executable's name that games and projects bear too: it needs a second sign.</summary>
    SharedName,
    /// <summary>A fragment of a running executable's arguments that only miners have.</summary>
    Argument,
    /// <summary>An algorithm's name. A lecture's title too: it counts only behind a miner's option (<c>-a</c>, <c>--algo</c>, <c>--algorithm</c>).</summary>
    Algorithm,
    /// <summary>A pool's domain: a host matches when it is it or lies under it.</summary>
    Pool,
    /// <summary>A wallet seen in abuse, as a word of its own in the arguments.</summary>
    Wallet,
    /// <summary>A peer's port that pools use and developers seldom do: support only.</summary>
    Port,
}

/// <summary>One indicator.</summary>
/// <param name="Kind">What it is held against.</param>
/// <param name="Value">Text, or a port's decimal number.</param>
public sealed record Indicator(IndicatorKind Kind, string Value);
