namespace Watchdog.FleetSim.Behaviours;

/// <summary>A web server: load and traffic follow the owner's day.</summary>
internal sealed class Web : Workload
{
    public override string Kind => "benign/web";

    protected override double CpuWithoutNetwork => 0.03;

    protected override Demand UseOf(in Scene s)
    {
        double tide = LocalTime.Daylight(s.Vm, s.End) * (0.7 + 0.6 * Noise.Smooth(s.Seed, s.End / 1800, Channel.Wander));
        double peak = Peak(s), bytes = Noise.Decades(s.Seed, 0, Channel.Size, 3_000, 120_000);
        return new Demand(peak * tide, bytes * tide * 0.25, bytes * tide, 0.3, 2.5 * tide).Shaken(s, 0.25) * s.Share(s.Ready, double.PositiveInfinity);
    }

    internal override void Furnish(in Scene s, GuestDraft guest)
    {
        if (s.End < s.Ready) return;
        double cores = Peak(s) / 180 * s.Vm.Vcpus;
        int nginx = guest.Run("nginx", "/usr/sbin/nginx", "nginx: worker process", s.Ready, cores * 0.2, uid: 33, rssMegabytes: 30);
        guest.Run("node", "/usr/bin/node", "node /srv/app/server.js", s.Ready, cores * 0.8, threads: 11, rssMegabytes: 310);
        if (s.Isolated) return;
        int clients = 2 + (int)(14 * LocalTime.Daylight(s.Vm, s.End));
        for (int n = 1; n <= clients; n++)
            guest.Serve(nginx, guest.Address("198.51.100", Channel.Peer, n), 443, s.End - 40 * Noise.Unit(s.Seed, s.Tick * 32 + n, Channel.Peer));
    }

    private static double Peak(in Scene s) => Noise.Between(s.Seed, 0, Channel.Level, 6, 38);
}
