using static System.FormattableString;

namespace Watchdog.Enforcement.Verifying;

/// <summary>How a quarantine stands.</summary>
public enum Holding
{
    /// <summary>Not to be told yet.</summary>
    Unknown,
    /// <summary>Its traffic is at rest.</summary>
    Verified,
    /// <summary>The data that would tell never came. Nothing more is done: absent is not leaking.</summary>
    Unverifiable,
    /// <summary>Something still goes out.</summary>
    Leaking,
}

/// <summary>The verdict on a quarantine, with its reason.</summary>
public sealed record VerificationVerdict(Holding Holding, string Reason);

/// <summary>
/// Whether an isolation holds; pure. The group lets SSM through and AWS filters neither the VPC's DNS nor the metadata service, so that bytes
/// never fall to zero. Leaking only on a live foreign peer, or on two whole periods with more traffic than a contained VM can have.
/// </summary>
public static class VerificationRules
{
    /// <summary>Bytes in a period of 300 s that an agent, DNS and time keeping may send.</summary>
    public const double RestBytes = 20_000;
    /// <summary>Whole periods that decide.</summary>
    public const int Periods = 2;
    // Two periods that begin after the isolation have passed, and CloudWatch shows the second a few minutes later.
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(Telemetry.Windows.Period);
    private static readonly TimeSpan Publication = TimeSpan.FromMinutes(5);

    /// <summary>When the traffic can be judged first.</summary>
    public static DateTimeOffset FirstTraffic(DateTimeOffset containedAt) =>
        DateTimeOffset.FromUnixTimeSeconds(((containedAt.ToUnixTimeSeconds() / Telemetry.Windows.Period) + 1) * Telemetry.Windows.Period) + (Periods * Period) + Publication;

    /// <summary>Judges.</summary>
    /// <param name="seen">What has been gathered.</param>
    /// <param name="state">EC2's state of the VM now.</param>
    /// <param name="verifyMinutes">After how long it is given up.</param>
    public static VerificationVerdict Judge(Observed seen, string state, DateTimeOffset now, int verifyMinutes)
    {
        if (seen.Peers is { Count: > 0 } peers)
        {
            return new(Holding.Leaking, $"after the isolation the guest has new connections out: {string.Join(", ", peers)}");
        }

        if (state == VmStates.Stopped)
        {
            return new(Holding.Verified, "the VM is stopped: nothing can go out, and its interfaces stay contained when it starts");
        }

        var limit = Math.Max(RestBytes, (seen.MedianBefore ?? 0) / 2);
        var before = seen.MedianBefore is { } median ? Invariant($"{median:0} bytes a period before") : "traffic before it is not known";
        List<double> known = [.. (seen.After ?? []).OfType<double>()];
        if (known.Count(bytes => bytes > limit) >= Periods)
        {
            return new(Holding.Leaking, Invariant($"NetworkOut was over {limit:0} bytes in {Periods} whole periods after the isolation ({Told(known)}); {before}"));
        }

        var look = seen.LookedAt is null ? "nobody could look inside" : "the look inside shows no new connection out";
        if (known.Count >= Periods && known.TakeLast(Periods).All(bytes => bytes <= limit))
        {
            return new(Holding.Verified, Invariant($"NetworkOut was {Told(known)} bytes, at most {limit:0}; {before}; {look}"));
        }

        return now - seen.ContainedAt < TimeSpan.FromMinutes(verifyMinutes)
            ? new(Holding.Unknown, Invariant($"{known.Count} of {Periods} whole periods are known"))
            : new(Holding.Unverifiable, Invariant($"{known.Count} of {Periods} whole periods of NetworkOut were known {verifyMinutes} minutes after the isolation; {look}"));
    }

    private static string Told(List<double> bytes) => string.Join(", ", bytes.TakeLast(4).Select(value => Invariant($"{value:0}")));
}
