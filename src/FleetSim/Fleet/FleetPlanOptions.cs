namespace Watchdog.FleetSim.Fleet;

/// <summary>What a fleet is to look like. The same options give the same fleet.</summary>
public sealed record FleetPlanOptions
{
    /// <summary>How many VMs; 0 or more.</summary>
    public int Vms { get; init; } = 2000;

    /// <summary>The fleet's seed: another seed, another fleet.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>The start of the simulation, fleet time, UTC; VMs have a past before it.</summary>
    public DateTimeOffset Epoch { get; init; } = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    /// <summary>The first onset of abuse, after the epoch.</summary>
    public TimeSpan AbuseFrom { get; init; } = TimeSpan.Zero;

    /// <summary>Onsets lie in [Epoch + AbuseFrom, Epoch + AbuseFrom + AbuseWithin).</summary>
    public TimeSpan AbuseWithin { get; init; } = TimeSpan.FromHours(1);

    /// <summary>Share of the VMs with an abuse or a fault, 0 to 0.5; from 200 VMs on at least one of each class unless it is 0.</summary>
    public double AbuseShare { get; init; } = 0.012;

    /// <summary>So many VMs mine plainly, beside that share; 0 or more. Together at most half of the fleet. Their onsets lie in the same span.</summary>
    public int Miners { get; init; }

    /// <summary>So many of <see cref="Vms"/> launch only after the epoch, none of them with an abuse: a storm of boots. 0 to all.</summary>
    public int Arrivals { get; init; }

    /// <summary>The first of these launches, after the epoch.</summary>
    public TimeSpan ArrivalsFrom { get; init; } = TimeSpan.Zero;

    /// <summary>They lie evenly in [Epoch + ArrivalsFrom, Epoch + ArrivalsFrom + ArrivalsWithin).</summary>
    public TimeSpan ArrivalsWithin { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Availability Zones; VMs spread evenly. At least one.</summary>
    public IReadOnlyList<string> Zones { get; init; } = ["us-east-1a", "us-east-1b", "us-east-1c"];
}
