using FsCheck;
using FsCheck.Fluent;
using Watchdog.FleetSim.Fleet;

namespace Watchdog.FleetSim.Tests.Behaviours;

public sealed class BoundsTests
{
    [Fact]
    public void Every_number_stays_within_its_unit_at_any_instant()
    {
        var arbitrary = ArbMap.Default.ArbFor<(int Pick, int Minutes, int Uptime, bool Isolated)>();
        Prop.ForAll(arbitrary, draw =>
        {
            SimulatedVm vm = Stage.Fleet[(int)((uint)(draw.Pick * 7919) % (uint)Stage.Fleet.Count)];
            DateTimeOffset at = Stage.Options.Epoch.AddSeconds(draw.Minutes * 137.0);
            VmMoment moment = new(vm, at, at.AddSeconds(-Math.Abs((long)draw.Uptime) * 53.0), draw.Isolated);
            Load(vm.Behaviour.LoadOf(moment));
            Guest(vm, vm.Behaviour.GuestOf(moment));
            StatusChecks status = vm.Behaviour.StatusOf(moment);
            Assert.Equal(status.Instance || status.System || status.Ebs, status.ImpairedSince is not null);
            Assert.True(status.ImpairedSince is null || status.ImpairedSince <= at);
            Assert.InRange(vm.Behaviour.ConsoleOf(moment).Length, 0, 64 * 1024);
            return true;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(4_000).WithEndSize(3_000));
    }

    [Fact]
    public void The_same_moment_always_looks_the_same()
    {
        IReadOnlyList<SimulatedVm> again = FleetPlan.Generate(Stage.Options);
        for (int i = 0; i < 600; i++)
        {
            (SimulatedVm a, SimulatedVm b) = (Stage.Fleet[i * 10], again[i * 10]);
            DateTimeOffset at = Stage.Options.Epoch.AddSeconds(i * 17);
            Assert.Equal(a.Behaviour.LoadOf(Stage.At(a, at)), b.Behaviour.LoadOf(Stage.At(b, at)));
            GuestView left = a.Behaviour.GuestOf(Stage.At(a, at)), right = b.Behaviour.GuestOf(Stage.At(b, at));
            Assert.Equal(left.TopProcesses, right.TopProcesses);
            Assert.Equal(left.Connections, right.Connections);
        }
    }

    private static void Load(Load load)
    {
        Assert.InRange(load.Cpu, 0, 100);
        Assert.InRange(load.NetworkIn, 0, 1e12);
        Assert.InRange(load.NetworkOut, 0, 1e12);
        Assert.InRange(load.DiskReadOps, 0, 1e7);
        Assert.InRange(load.DiskWriteOps, 0, 1e7);
        Assert.Equal(load.CreditBalance is null, load.SurplusCredits is null);
        Assert.InRange(load.CreditBalance ?? 0, 0, 4608);
        Assert.InRange(load.SurplusCredits ?? 0, 0, 4608);
    }

    private static void Guest(SimulatedVm vm, GuestView guest)
    {
        Assert.InRange(guest.UserPercent + guest.SystemPercent + guest.StealPercent + guest.IowaitPercent, 0, 100.05);
        Assert.InRange(guest.TopProcesses.Count, 1, 60);
        Assert.True(guest.Processes >= guest.TopProcesses.Count);
        Assert.InRange(guest.PidsCurrent, 1, guest.PidsMax);
        Assert.Equal(guest.TopProcesses.Count, guest.TopProcesses.Select(p => p.Pid).Distinct().Count());
        foreach (GuestProcess p in guest.TopProcesses)
        {
            Assert.InRange(p.AgeSeconds, 0, guest.UptimeSeconds + 1);
            Assert.InRange(p.CpuSeconds, 0, (p.AgeSeconds + 1) * Math.Min(p.Threads, vm.Vcpus) * 1.001);
            Assert.InRange(p.Comm.Length, 1, 15);
            Assert.InRange(p.Args.Length, 1, 1024);
        }

        foreach (GuestConnection c in guest.Connections) Assert.InRange(c.AgeSeconds, 0, guest.UptimeSeconds + 1);
    }
}
