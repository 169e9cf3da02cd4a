using Microsoft.Extensions.Options;
using Watchdog.Enforcement.Governing;

namespace Watchdog.Aws;

/// <summary>The share of AWS's rates that <see cref="RateBudget"/> grants.</summary>
internal sealed class CallRates(IOptions<AwsOptions> options) : ICallRates
{
    public BucketRate Of(string bucket)
    {
        var (rate, share) = (RateTable.Of(bucket), options.Value.RateShare);
        return new(Math.Max(1, rate.Size * share), rate.PerSecond * share);
    }
}
