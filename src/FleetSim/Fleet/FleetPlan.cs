using System.Globalization;
using Watchdog.FleetSim.Behaviours;

namespace Watchdog.FleetSim.Fleet;

/// <summary>Lays out a fleet: who has which VM, since when, and what it does.</summary>
public static class FleetPlan
{
    private const double IdleShare = 0.3;
    private const double LeastAgeSeconds = 10;
    private static readonly string[] Plans = ["free", "free", "free", "pro", "pro", "team"];
    private static readonly string[] Images = ["ami-0a1b2c3d4e5f60001", "ami-0a1b2c3d4e5f60002", "ami-0a1b2c3d4e5f60003", "ami-0a1b2c3d4e5f60004"];

    /// <summary>The fleet of these options, in the order of <see cref="SimulatedVm.Index"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A count or share out of its range, or no zone.</exception>
    public static IReadOnlyList<SimulatedVm> Generate(FleetPlanOptions o)
    {
        ArgumentNullException.ThrowIfNull(o);
        ArgumentOutOfRangeException.ThrowIfNegative(o.Vms);
        if (o.AbuseShare is not (>= 0 and <= 0.5)) throw new ArgumentOutOfRangeException(nameof(o), o.AbuseShare, "AbuseShare: 0 to 0.5");
        if (o.Miners < 0 || o.Miners > o.Vms / 2) throw new ArgumentOutOfRangeException(nameof(o), o.Miners, "Miners: 0 to half of the VMs");
        if (o.AbuseWithin < TimeSpan.Zero) throw new ArgumentOutOfRangeException(nameof(o), o.AbuseWithin, "AbuseWithin: 0 or more");
        if (o.Arrivals < 0 || o.Arrivals > o.Vms) throw new ArgumentOutOfRangeException(nameof(o), o.Arrivals, "Arrivals: 0 to all of the VMs");
        if (o.ArrivalsFrom < TimeSpan.Zero || o.ArrivalsWithin < TimeSpan.Zero) throw new ArgumentOutOfRangeException(nameof(o), "ArrivalsFrom, ArrivalsWithin: 0 or more");
        if (o.Zones.Count == 0) throw new ArgumentOutOfRangeException(nameof(o), "Zones: at least one");

        var abusers = FleetPlanAbusers.Choose(o);
        var vms = new SimulatedVm[o.Vms];
        int busy = 0;
        for (int i = 0; i < vms.Length; i++)
        {
            ulong seed = Noise.Bits(o.Seed, i, Channel.Identity);
            if (i < o.Vms - o.Arrivals && abusers.TryGetValue(i, out var abuse)) vms[i] = Lay(o, i, seed, abuse.Behaviour, abuse.Onset);
            else if (Noise.Unit(seed, 0, Channel.Kind) < IdleShare) vms[i] = Lay(o, i, seed, Cast.Idle, DateTimeOffset.MaxValue);
            else vms[i] = Lay(o, i, seed, ++busy % 3 == 0 ? Cast.HardFor(seed) : Cast.EasyFor(seed), DateTimeOffset.MaxValue);
        }

        return vms;
    }

    private static SimulatedVm Lay(FleetPlanOptions o, int index, ulong seed, Scripted behaviour, DateTimeOffset onset)
    {
        (string type, int vcpus) = FleetPlanTypes.Pick(seed, behaviour.Need);
        int owner = OwnerOf(o.Seed, index);
        return new()
        {
            InstanceId = string.Create(CultureInfo.InvariantCulture, $"i-0{Noise.Mix(seed):x16}"),
            Index = index,
            Seed = seed,
            InstanceType = type,
            Vcpus = vcpus,
            ImageId = Noise.Pick<string>(seed, 0, Channel.Image, Images),
            Owner = string.Create(CultureInfo.InvariantCulture, $"acct-{owner:d6}"),
            Plan = Noise.Pick<string>(o.Seed, owner, Channel.Plan, Plans),
            AvailabilityZone = o.Zones[(int)(Noise.Bits(seed, 0, Channel.Zone) % (ulong)o.Zones.Count)],
            LaunchTime = index < o.Vms - o.Arrivals ? LaunchOf(o, seed, onset, behaviour) : ArrivalOf(o, index),
            Behaviour = behaviour,
            Onset = onset,
        };
    }

    // Three in ten VMs belong to the owner of one of the five before them: most owners have one, some have several.
    private static int OwnerOf(ulong seed, int index)
    {
        while (index > 0 && Noise.Unit(seed, index, Channel.Owner) < 0.3)
            index = Math.Max(0, index - 1 - (int)(Noise.Bits(seed, index, Channel.Size) % 5));
        return index;
    }

    private static DateTimeOffset ArrivalOf(FleetPlanOptions o, int index)
    {
        double share = (double)(index - (o.Vms - o.Arrivals)) / o.Arrivals;
        return o.Epoch + o.ArrivalsFrom + TimeSpan.FromSeconds(Math.Floor(o.ArrivalsWithin.TotalSeconds * share));
    }

    // Most are days or weeks old, a tenth under a day, one in fifty boots at the epoch: whoever
    // lists the fleet finds all of it. What has an onset
    // has lived for at least an hour before it.
    private static DateTimeOffset LaunchOf(FleetPlanOptions o, ulong seed, DateTimeOffset onset, Scripted behaviour)
    {
        double draw = Noise.Unit(seed, 0, Channel.Launch), hours = Noise.Decades(seed, 1, Channel.Launch, 48, 24 * 60);
        if (behaviour.Fresh) hours = Noise.Between(seed, 4, Channel.Launch, 0, 0.5);
        else if (draw < 0.1 && behaviour.TellsWithoutPast) hours = Noise.Between(seed, 2, Channel.Launch, 1, 24);
        else if (draw < 0.12 && onset == DateTimeOffset.MaxValue) hours = Noise.Between(seed, 3, Channel.Launch, 0, 0.1);
        // Descriptions lag a few seconds behind a launch: a younger VM would be missing from the first listing.
        return o.Epoch - TimeSpan.FromSeconds(Math.Max(LeastAgeSeconds, Math.Round(hours * 3600)));
    }
}
