namespace Watchdog.FleetSim.Behaviours;

/// <summary>A database server: the owner's day in its load, disks at work, clients that stay connected.</summary>
internal sealed class Database : Workload
{
    public override string Kind => "benign/database";

    protected override double CpuWithoutNetwork => 0.1;

    protected override Demand UseOf(in Scene s)
    {
        double tide = 0.3 + 0.7 * LocalTime.Daylight(s.Vm, s.End) * (0.6 + 0.8 * Noise.Smooth(s.Seed, s.End / 3600, Channel.Wander));
        return new Demand(Peak(s) * tide, 20_000 * tide, 70_000 * tide, 25 * tide, 40 * tide).Shaken(s, 0.3) * s.Share(s.Ready, double.PositiveInfinity);
    }

    internal override void Furnish(in Scene s, GuestDraft guest)
    {
        if (s.End < s.Ready) return;
        const string exe = "/usr/lib/postgresql/15/bin/postgres";
        double cores = Peak(s) / 200 * s.Vm.Vcpus;
        int main = guest.Run("postgres", exe, "/usr/lib/postgresql/15/bin/postgres -D /var/lib/postgresql/15/main", s.Ready, 0.002, uid: 110, rssMegabytes: 28);
        guest.Run("postgres", exe, "postgres: 15/main: checkpointer", s.Ready + 1, 0.01, uid: 110, parent: main, rssMegabytes: 140);
        int clients = 3 + (int)(s.Seed % 6);
        for (int n = 0; n < clients; n++)
        {
            string peer = guest.Address("10.20", Channel.Peer, n + 1);
            int backend = guest.Run("postgres", exe, $"postgres: 15/main: app app {peer} idle", s.Ready + 20 + n, cores / clients, uid: 110, parent: main, rssMegabytes: 60);
            if (!s.Isolated) guest.Serve(backend, peer, 5432, s.Ready + 20 + n);
        }

        guest.HugePages = s.Vm.Vcpus >= 4 ? 512 : 0;
        guest.IowaitPercent = 3;
    }

    private static double Peak(in Scene s) => Noise.Between(s.Seed, 0, Channel.Level, 5, 30);
}
