using Watchdog.Detectors.Findings;

namespace Watchdog.Policy.Ladders;

/// <summary>What is wrong with the ladders, plan by plan: a sentence each.</summary>
internal static class LadderChecks
{
    private static readonly FindingClass[] Classes = [FindingClass.Miner, FindingClass.ForkBomb, FindingClass.Runaway, FindingClass.Panic];

    public static IEnumerable<string> Errors(PolicyOptions options) =>
        [.. OfPlan(options, null), .. options.Plans.Keys.Order(StringComparer.Ordinal).SelectMany(plan => OfPlan(options, plan)).Distinct(), .. OfHours(options.QuietHours)];

    private static IEnumerable<string> OfPlan(PolicyOptions options, string? plan)
    {
        foreach (var found in Classes)
        {
            var key = $"{PolicyOptions.Section}:{(plan is null ? "" : $"Plans:{plan}:")}{found}";
            var (ladder, fault) = Read(() => options.LadderOf(found, plan));
            if (fault is not null)
            {
                yield return $"{key}: {fault}.";
            }
            else if (ladder is not null)
            {
                var (persistence, between) = (ladder.Persistence, ladder.BetweenRungs);
                if (!Enum.IsDefined(ladder.Evidence))
                {
                    yield return $"{key}:Evidence is {ladder.Evidence}; it must be one of {string.Join(", ", Enum.GetNames<EvidenceNeed>())}.";
                }

                if (persistence < TimeSpan.Zero || persistence > TimeSpan.FromDays(7))
                {
                    yield return $"{key}:Persistence is {persistence:c}; it must be 0 to 7 days.";
                }

                if (between < TimeSpan.FromMinutes(1) || between > TimeSpan.FromDays(7))
                {
                    yield return $"{key}:BetweenRungs is {between:c}; it must be 1 minute to 7 days.";
                }
            }
        }
    }

    private static IEnumerable<string> OfHours(QuietHours hours)
    {
        var (_, fault) = Read(() => (object)hours.Hold(DateTimeOffset.UnixEpoch));
        return fault is null ? [] : [$"{PolicyOptions.Section}:QuietHours: {fault}."];
    }

    private static (T? Value, string? Fault) Read<T>(Func<T?> read) where T : class
    {
        try
        {
            return (read(), null);
        }
        catch (FormatException wrong)
        {
            return (null, wrong.Message);
        }
    }
}
