namespace Watchdog.Aws;

/// <summary>One rate: of this process (<see cref="TokenBucket"/>), or of all workers (<see cref="LeasedBucket"/>).</summary>
internal interface ITokenBucket
{
    /// <summary>Takes tokens and waits until they are earned, in the order of asking.</summary>
    Task TakeAsync(double tokens, CancellationToken ct);
}
