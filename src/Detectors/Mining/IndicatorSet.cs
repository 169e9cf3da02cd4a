using System.Buffers;
using System.Collections.Frozen;
using System.Globalization;

namespace Watchdog.Detectors.Mining;

/// <summary>One version of the indicators, built once for fast matching. Data, apart from the judgement: whoever asks the detectors passes it in.</summary>
public sealed class IndicatorSet
{
    private static readonly string[] AlgorithmOptions = ["-a ", "--algo ", "--algo=", "--algorithm ", "--algorithm="];

    /// <summary>No indicators: what the look inside shows is judged by shape alone.</summary>
    public static readonly IndicatorSet Empty = new("none", []);

    /// <summary>Builds a set.</summary>
    /// <param name="version">Names the set in every verdict.</param>
    /// <param name="indicators">The entries, checked by whoever read them.</param>
    /// <exception cref="FormatException">A port is no whole number.</exception>
    public IndicatorSet(string version, IReadOnlyCollection<Indicator> indicators)
    {
        Version = version;
        Count = indicators.Count;
        Names = Of(IndicatorKind.Name).ToFrozenSet(StringComparer.OrdinalIgnoreCase);
        SharedNames = Of(IndicatorKind.SharedName).ToFrozenSet(StringComparer.OrdinalIgnoreCase);
        Pools = Of(IndicatorKind.Pool).ToFrozenSet(StringComparer.OrdinalIgnoreCase);
        // A wallet's letters are told apart by their case.
        Wallets = Of(IndicatorKind.Wallet).ToFrozenSet(StringComparer.Ordinal);
        Ports = Of(IndicatorKind.Port).Select(static value => int.Parse(value, NumberStyles.None, CultureInfo.InvariantCulture)).ToFrozenSet();
        Arguments = SearchValues.Create(
            [.. Of(IndicatorKind.Argument), .. Of(IndicatorKind.Algorithm).SelectMany(static name => AlgorithmOptions.Select(option => option + name))],
            StringComparison.OrdinalIgnoreCase);

        IEnumerable<string> Of(IndicatorKind kind) => indicators.Where(entry => entry.Kind == kind).Select(static entry => entry.Value);
    }

    /// <summary>Names the set.</summary>
    public string Version { get; }
    /// <summary>Entries.</summary>
    public int Count { get; }

    internal FrozenSet<string> Names { get; }
    internal FrozenSet<string> SharedNames { get; }
    internal FrozenSet<string> Pools { get; }
    internal FrozenSet<string> Wallets { get; }
    internal FrozenSet<int> Ports { get; }
    internal SearchValues<string> Arguments { get; }
}
