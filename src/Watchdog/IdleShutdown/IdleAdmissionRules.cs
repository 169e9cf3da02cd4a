using Watchdog.Policy;

namespace Watchdog.IdleShutdown;

/// <summary>An idle stop that waits for admission.</summary>
/// <param name="Approved">A person asked for it.</param>
public sealed record IdleCandidate(long ActId, string Owner, short Scope, bool Approved);

/// <summary>What admission of idle stops knows, all read in its own transaction.</summary>
/// <param name="BrakeReason">Why the brake is on; null when it is off.</param>
/// <param name="ShardsFresh">All shards reported lately.</param>
/// <param name="Admitted">Idle stops admitted lately.</param>
/// <param name="Warned">Idle stops warned of lately.</param>
/// <param name="WatchedSince">When each scope was first seen.</param>
public sealed record IdleAdmissionFacts(
    string? BrakeReason, bool ShardsFresh, RecentStops Admitted, RecentStops Warned, IReadOnlyDictionary<short, DateTimeOffset> WatchedSince);

/// <summary>Idle stops of a trailing span.</summary>
/// <param name="FiveMinutes">Of the last five minutes; likewise the hour.</param>
/// <param name="OwnersHour">Of the last hour, by owner.</param>
public sealed record RecentStops(int FiveMinutes, int Hour, IReadOnlyDictionary<string, int> OwnersHour);

/// <summary>Which idle stops may begin; pure.</summary>
public static class IdleAdmissionRules
{
    /// <summary>Goes through the candidates in their order and admits up to the caps; null: admitted, else what holds it, which names no number that changes.</summary>
    /// <param name="recent">What counts towards the caps: what was warned of lately for a warning, what was admitted lately for an admission.</param>
    /// <param name="history">How long a scope must have been watched.</param>
    public static IReadOnlyList<string?> Decide(
        IReadOnlyList<IdleCandidate> candidates, IdleAdmissionFacts facts, RecentStops recent, IdleShutdownOptions options, TimeSpan history, DateTimeOffset now)
    {
        var (five, hour) = (recent.FiveMinutes, recent.Hour);
        var owners = new Dictionary<string, int>(recent.OwnersHour);
        List<string?> decided = [];
        foreach (var candidate in candidates)
        {
            var held = Guarded(candidate, facts, options, history, now)
                ?? Capped(five, options.Caps.PerFiveMinutes, "idle stops in five minutes")
                ?? Capped(hour, options.Caps.PerHour, "idle stops in an hour")
                ?? Capped(owners.GetValueOrDefault(candidate.Owner), options.Caps.PerOwnerAndHour, "idle stops of one owner's VMs in an hour");
            decided.Add(held);
            if (held is null)
            {
                (five, hour) = (five + 1, hour + 1);
                owners[candidate.Owner] = owners.GetValueOrDefault(candidate.Owner) + 1;
            }
        }

        return decided;
    }

    private static string? Guarded(IdleCandidate candidate, IdleAdmissionFacts facts, IdleShutdownOptions options, TimeSpan history, DateTimeOffset now) =>
        facts.BrakeReason is { } brake ? $"the brake is on: {brake}"
        : !facts.ShardsFresh ? "not every shard has reported lately: nothing begins on half a picture"
        : candidate.Approved ? null
        : options.Mode != PolicyMode.Enforce ? "mode Propose: `watchdog idle approve` lets it begin"
        : !facts.WatchedSince.TryGetValue(candidate.Scope, out var since) || since > now - history
            ? $"its scope has been watched for less than {history:c}: until then a person approves"
        : null;

    private static string? Capped(int count, int cap, string what) => count < cap ? null : $"the cap of {cap} {what} is reached";
}
