using System.Collections.Concurrent;
using Watchdog.Storage.Rates;

namespace Watchdog.Aws;

/// <summary>
/// One scope's share of AWS's rates: a token bucket an action, and others for instances and datapoints. The provider's own control plane
/// lives on the same quotas, hence the share.
/// </summary>
/// <param name="share">Part of each bucket and refill that is ours, above 0, at most 1; null for no limits at all (a stepped clock would
/// never pay a debt).</param>
/// <param name="clock">Whose seconds the refills are.</param>
/// <param name="shared">Where all workers' buckets are; null for buckets of this process alone.</param>
/// <param name="scope">Whose buckets they are there: <see cref="Inventory.Scope.Key"/>.</param>
internal sealed class RateBudget(double? share, TimeProvider clock, RateLeases? shared = null, string scope = "")
{
    private readonly ConcurrentDictionary<string, ITokenBucket> _buckets = new(StringComparer.Ordinal);

    /// <summary>Waits until an attempt may be made. A retry pays again.</summary>
    public async Task TakeAsync(CallCost cost, CancellationToken ct)
    {
        if (share is null)
        {
            return;
        }

        await BucketOf(cost.Action).TakeAsync(1, ct);
        if (cost.Resource is { } resource && cost.ResourceTokens > 0)
        {
            await BucketOf(resource).TakeAsync(cost.ResourceTokens, ct);
        }
    }

    /// <summary>Takes the tokens of several attempts of an action at once, and waits until all of them are earned.</summary>
    public Task ReserveAsync(string action, int attempts, CancellationToken ct) =>
        share is null ? Task.CompletedTask : BucketOf(action).TakeAsync(attempts, ct);

    private ITokenBucket BucketOf(string name) => _buckets.GetOrAdd(name, static (key, budget) => budget.Make(key), this);

    private ITokenBucket Make(string name)
    {
        var (whole, part) = (RateTable.Of(name), share ?? 1);
        var rate = new Rate(Math.Max(1, whole.Size * part), whole.PerSecond * part);
        return shared is null ? new TokenBucket(rate.Size, rate.PerSecond, clock)
            : new LeasedBucket((kept, wish) => shared.TakeAsync(scope, name, kept.Size, kept.PerSecond, wish, CancellationToken.None), rate, clock);
    }
}
