namespace Watchdog.FleetSim;

/// <summary>What a request asked of one of AWS's token buckets, and whether it got it.</summary>
/// <param name="At">Fleet time.</param>
/// <param name="Bucket">The bucket: an action with its category, or what several actions share (<c>datapoints:old</c>).</param>
/// <param name="Tokens">Tokens asked for, above 0.</param>
/// <param name="Size">Most tokens that the bucket holds.</param>
/// <param name="PerSecond">Tokens refilled a second.</param>
/// <param name="AccessKeyId">Who signed the request; null where nobody did.</param>
/// <param name="Refused">There were too few: nothing was taken.</param>
public readonly record struct TokensAsked(DateTimeOffset At, string Bucket, double Tokens, double Size, double PerSecond, string? AccessKeyId, bool Refused);
