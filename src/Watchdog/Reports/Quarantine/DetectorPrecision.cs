using Npgsql;
using Watchdog.Ledger;
using Watchdog.Policy.Trust;

namespace Watchdog.Reports.Quarantine;

/// <summary>How often a detector was right, by what people ruled within a window.</summary>
/// <param name="Class">The class that it finds, lower case.</param>
/// <param name="Window">The window, which ends with the report.</param>
/// <param name="Precision">With Wilson's interval at 95 %.</param>
/// <param name="Demoted">Whether it only proposes, because it was wrong too often.</param>
public sealed record DetectorPrecision(string Class, TimeSpan Window, Precision Precision, bool Demoted)
{
    /// <summary>Reads all of them, by class.</summary>
    internal static async Task<IReadOnlyList<DetectorPrecision>> ReadAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, DateTimeOffset at, TimeSpan window, CancellationToken ct)
    {
        var counts = (await PrecisionTable.CountAsync(connection, transaction, at - window, ct)).ToDictionary(count => count.Class, StringComparer.Ordinal);
        var standing = await PrecisionTable.StandingAsync(connection, transaction, ct);
        return
        [
            .. counts.Keys.Union(standing.Where(one => one.Value.Demoted).Select(one => one.Key)).Order(StringComparer.Ordinal).Select(found => new DetectorPrecision(
                found, window, (counts.GetValueOrDefault(found) ?? RulingCounts.None(found)).Measured, standing.TryGetValue(found, out var kept) && kept.Demoted)),
        ];
    }
}
