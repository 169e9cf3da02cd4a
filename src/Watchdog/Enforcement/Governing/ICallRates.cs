namespace Watchdog.Enforcement.Governing;

/// <summary>A token bucket: tokens that it holds, and tokens a second that come back.</summary>
public readonly record struct BucketRate(double Size, double PerSecond);

/// <summary>AWS's rates as far as they are ours: what the configured share leaves of each bucket of a scope.</summary>
public interface ICallRates
{
    /// <summary>A bucket's rate.</summary>
    /// <param name="bucket">An action, e.g. <c>ec2:StopInstances</c>, or <see cref="CallNeeds.InstancesOf"/> one.</param>
    BucketRate Of(string bucket);
}
