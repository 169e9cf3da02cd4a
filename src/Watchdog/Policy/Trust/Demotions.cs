using Npgsql;

namespace Watchdog.Policy.Trust;

/// <summary>Holds each detector to its measured precision, in the admitting transaction.</summary>
internal static class Demotions
{
    /// <summary>Counts the rulings, demotes and restores.</summary>
    /// <returns>The classes that only propose now, and why one of them has just come to that (null when none has).</returns>
    public static async Task<(IReadOnlySet<string> Demoted, string? Newly)> ReviewAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, PrecisionOptions options, DateTimeOffset now, ILogger log, CancellationToken ct)
    {
        var counts = (await PrecisionTable.CountAsync(connection, transaction, now - options.Window, ct)).ToDictionary(count => count.Class);
        var standing = await PrecisionTable.StandingAsync(connection, transaction, ct);
        HashSet<string> demoted = new(StringComparer.Ordinal);
        string? newly = null;
        foreach (var @class in counts.Keys.Union(standing.Keys).Order(StringComparer.Ordinal))
        {
            var before = standing.TryGetValue(@class, out var kept) && kept.Demoted;
            var (after, reason) = PrecisionRules.Decide(counts.GetValueOrDefault(@class) ?? RulingCounts.None(@class), before, options);
            if (after != before)
            {
                await PrecisionTable.SetAsync(connection, transaction, @class, after, reason, now, ct);
                Tell(log, @class, after, reason);
                newly = after ? reason : newly;
            }

            if (after)
            {
                demoted.Add(@class);
            }
        }

        return (demoted, newly);
    }

    private static void Tell(ILogger log, string @class, bool demoted, string reason)
    {
        if (demoted)
        {
            Log.DetectorDemoted(log, @class, reason);
        }
        else
        {
            Log.DetectorRestored(log, @class, reason);
        }
    }
}
