using System.Collections.Concurrent;

namespace Watchdog.Aws;

/// <summary>
/// One scope's share of AWS's rates: a token bucket an action, and others for instances and datapoints. The provider's own control plane
/// lives on the same quotas, hence the share.
/// </summary>
/// <param name="share">Part of each bucket and refill that is ours, above 0, at most 1; null for no limits at all (a stepped clock would
/// never pay a debt).</param>
/// <param name="clock">Whose seconds the refills are.</param>
internal sealed class RateBudget(double? share, TimeProvider clock)
{
    private readonly ConcurrentDictionary<string, TokenBucket> _buckets = new(StringComparer.Ordinal);

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

    private TokenBucket BucketOf(string name) => _buckets.GetOrAdd(name, static (key, budget) =>
    {
        var rate = RateTable.Of(key);
        return new(Math.Max(1, rate.Size * budget.Share), rate.PerSecond * budget.Share, budget.Clock);
    }, (Share: share ?? 1, Clock: clock));
}
