namespace Watchdog.FleetSim.Behaviours;

/// <summary>A bot or a small service: always there, day and night alike, and never much.</summary>
internal sealed class SmallService : Workload
{
    public override string Kind => "benign/service";

    protected override double CpuWithoutNetwork => 0.2;

    protected override Demand UseOf(in Scene s)
    {
        double bytes = Noise.Decades(s.Seed, 0, Channel.Size, 200, 8_000);
        return new Demand(Level(s), bytes * 0.7, bytes, 0.05, 0.6).Shaken(s, 0.15) * s.Share(s.Ready, double.PositiveInfinity);
    }

    internal override void Furnish(in Scene s, GuestDraft guest)
    {
        if (s.End < s.Ready) return;
        int bot = guest.Run("python3", "/usr/bin/python3.11", "python3 -m bot --config /etc/bot.toml", s.Ready, Level(s) / 100 * s.Vm.Vcpus, threads: 4, rssMegabytes: 140);
        if (!s.Isolated) guest.Dial(bot, guest.Address("198.51.100", Channel.Peer, 1), 443, Math.Max(s.Ready, Math.Floor(s.End / 7200) * 7200));
    }

    private static double Level(in Scene s) => Noise.Between(s.Seed, 0, Channel.Level, 0.8, 5);
}
