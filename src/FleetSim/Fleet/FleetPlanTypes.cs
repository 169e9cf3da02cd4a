using Watchdog.FleetSim.Behaviours;

namespace Watchdog.FleetSim.Fleet;

/// <summary>The instance types of the fleet with their shares, and which of them suit whom.</summary>
internal static class FleetPlanTypes
{
    private readonly record struct Offer(string Name, int Vcpus, int Weight);

    private static readonly Offer[] All =
    [
        new("t3.micro", 2, 10), new("t3.small", 2, 14), new("t3.medium", 2, 18), new("t3.large", 2, 10), new("t3.xlarge", 4, 7), new("t3.2xlarge", 8, 2),
        new("t2.micro", 1, 5), new("t2.small", 1, 5), new("t2.medium", 2, 4), new("t2.large", 2, 2),
        new("m5.large", 2, 6), new("m5.xlarge", 4, 4), new("c5.large", 2, 3), new("c5.xlarge", 4, 3), new("c5.2xlarge", 8, 1),
        new("m6i.large", 2, 4), new("m6i.xlarge", 4, 2),
    ];

    // Types that run flat out for hours: no credits, or credits that may be overdrawn (T3's default).
    private static readonly Offer[] Steady = [.. All.Where(static o => !o.Name.StartsWith("t2.", StringComparison.Ordinal))];

    // The provider throttles these to 20 or 30 % once the credits are spent.
    private static readonly Offer[] Throttled = [.. All.Where(static o => o.Name is "t2.small" or "t2.medium" or "t2.large")];

    public static (string Name, int Vcpus) Pick(ulong seed, FleetPlanNeed need)
    {
        Offer[] offers = need switch
        {
            FleetPlanNeed.Steady => Steady,
            FleetPlanNeed.Throttled => Throttled,
            _ => All,
        };
        long draw = (long)(Noise.Bits(seed, 0, Channel.Type) % (ulong)offers.Sum(static o => o.Weight));
        foreach (Offer offer in offers)
        {
            draw -= offer.Weight;
            if (draw < 0) return (offer.Name, offer.Vcpus);
        }

        return (offers[^1].Name, offers[^1].Vcpus);
    }
}

/// <summary>What a behaviour asks of its instance type.</summary>
internal enum FleetPlanNeed
{
    /// <summary>Nothing.</summary>
    Any,
    /// <summary>Whole cores for hours.</summary>
    Steady,
    /// <summary>To be throttled when its credits are spent.</summary>
    Throttled,
}
