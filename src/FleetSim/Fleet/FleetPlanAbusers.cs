using Watchdog.FleetSim.Behaviours;

namespace Watchdog.FleetSim.Fleet;

/// <summary>Which VMs of a fleet misbehave or fail, how, and from when on.</summary>
internal static class FleetPlanAbusers
{
    // Every full round of 24 has 10 miners, 4 fork bombs, 4 runaways, 4 panics and 2 host faults. The first five are one of each
    // class, so that a small fleet has them all.
    private static readonly Scripted[][] Rota =
    [
        Cast.FullMiners, Cast.CappedBombs, Cast.OneCoreRunaways, Cast.HaltPanics, Cast.HostFaults,
        Cast.RenamedMiners, Cast.FadingBombs, Cast.AllCoresRunaways, Cast.SpinPanics, Cast.ThrottledMiners, Cast.FullMiners,
        Cast.DeadBombs, Cast.OneCoreRunaways, Cast.Hangs, Cast.PersistentMiners, Cast.CreditMiners, Cast.RenamedMiners, Cast.FullMiners,
        Cast.KilledAgentMiners, Cast.CappedBombs, Cast.OneCoreRunaways, Cast.HaltPanics, Cast.HostFaults, Cast.FullMiners,
        // The second round has those that hide in time or under load.
        Cast.FullMiners, Cast.CappedBombs, Cast.OneCoreRunaways, Cast.HaltPanics, Cast.HostFaults,
        Cast.RenamedMiners, Cast.FadingBombs, Cast.AllCoresRunaways, Cast.SpinPanics, Cast.DutyMiners, Cast.FullMiners,
        Cast.DeadBombs, Cast.OneCoreRunaways, Cast.Hangs, Cast.PersistentMiners, Cast.NightMiners, Cast.MaskedMiners, Cast.FullMiners,
        Cast.ThrottledMiners, Cast.FadingBombs, Cast.MaskedRunaways, Cast.SpinPanics, Cast.HostFaults, Cast.FullMiners,
    ];

    public static Dictionary<int, (Scripted Behaviour, DateTimeOffset Onset)> Choose(FleetPlanOptions o)
    {
        int mixed = (int)Math.Round(o.Vms * o.AbuseShare);
        if (o.Vms >= 200 && o.AbuseShare > 0) mixed = Math.Max(mixed, 5);
        int count = mixed + o.Miners;
        var chosen = new Dictionary<int, (Scripted, DateTimeOffset)>(count);
        int[] order = Shuffled(o.Seed, count);
        for (int k = 0; k < count; k++)
        {
            // One in each of `count` equal stretches of the fleet: spread, distinct, and which class sits where is shuffled.
            long from = (long)k * o.Vms / count, to = (long)(k + 1) * o.Vms / count;
            int index = (int)(from + (long)((to - from) * Noise.Unit(o.Seed, k, Channel.Begin)));
            Scripted[] faces = order[k] < mixed ? Rota[order[k] % Rota.Length] : Cast.FullMiners;
            Scripted face = faces[(int)(Noise.Bits(o.Seed, k, Channel.Under) % (ulong)faces.Length)];
            // One onset in each of `count` equal stretches of the time.
            double share = (k + Noise.Unit(o.Seed, k, Channel.Onset)) / count;
            chosen[index] = (face, Scene.Instant(Math.Floor(Scene.Seconds(o.Epoch + o.AbuseFrom) + o.AbuseWithin.TotalSeconds * share)));
        }

        return chosen;
    }

    private static int[] Shuffled(ulong seed, int count)
    {
        int[] order = [.. Enumerable.Range(0, count)];
        for (int i = count - 1; i > 0; i--)
        {
            int j = (int)(Noise.Bits(seed, i, Channel.Shuffle) % (ulong)(i + 1));
            (order[i], order[j]) = (order[j], order[i]);
        }

        return order;
    }
}
