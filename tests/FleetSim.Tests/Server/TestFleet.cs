using System.Globalization;
using Watchdog.FleetSim.Fleet;

namespace Watchdog.FleetSim.Tests.Server;

/// <summary>A clock that stands until it is moved.</summary>
internal sealed class ManualClock(DateTimeOffset start) : TimeProvider
{
    private long _ticks = start.UtcTicks;

    public override DateTimeOffset GetUtcNow() => new(Volatile.Read(ref _ticks), TimeSpan.Zero);

    public void Advance(TimeSpan by) => Interlocked.Add(ref _ticks, by.Ticks);
}

/// <summary>A behaviour with constant, tellable numbers; each part can be replaced.</summary>
internal sealed class PlainBehaviour : Behaviour
{
    public override string Label => "benign";
    public override string Kind => "benign/test";
    public Func<VmMoment, Load> Loads { get; init; } = at => new Load(at.Isolated ? 1 : 42, 1000, 2000, 30, 40, 55, 0);
    public Func<VmMoment, StatusChecks> Checks { get; init; } = _ => StatusChecks.Ok;
    public Func<VmMoment, bool> Agent { get; init; } = _ => true;
    public Func<VmMoment, string> Console { get; init; } = at => $"[    0.000000] Linux version 6.1\nup {(at.At - at.RunningSince).TotalSeconds} s\n";
    public IReadOnlyList<GuestProcess> Processes { get; init; } = [new GuestProcess(7, 1, 1000, "node", "/usr/bin/node", "node \"server\".js <1>", 100, 90, 4, 2048)];
    public IEnumerable<OwnerAction> Owner { get; init; } = [];
    /// <summary>Who is there; null: the one that is always there.</summary>
    public Func<VmMoment, (GuestConnection[] Connections, GuestSession[] Sessions)>? Guests { get; init; }

    public override Load LoadOf(in VmMoment at) => Loads(at);

    public override StatusChecks StatusOf(in VmMoment at) => Checks(at);

    public override bool AgentAnswers(in VmMoment at) => Agent(at);

    public override GuestView GuestOf(in VmMoment at)
    {
        var (connections, sessions) = Guests?.Invoke(at)
            ?? ([new GuestConnection(7, "203.0.113.7", 443, 50000, !at.Isolated, 60)], [new GuestSession("dev", "pts/0", "198.51.100.1", 5)]);
        return new((at.At - at.RunningSince).TotalSeconds, 0.5, 0.4, 0.3, 10, 2, 0, 1, 3, 120, 300, Processes, connections, sessions);
    }

    public override string ConsoleOf(in VmMoment at) => Console(at);

    public override IEnumerable<OwnerAction> OwnerActions(SimulatedVm vm) => Owner;
}

internal static class TestFleet
{
    public static readonly DateTimeOffset Start = new(2026, 3, 2, 10, 0, 0, TimeSpan.Zero);

    private static readonly PlainBehaviour Plain = new();

    /// <summary>A VM launched a day before <see cref="Start"/> unless said otherwise.</summary>
    public static SimulatedVm Vm(int index, Behaviour? behaviour = null, string type = "t3.medium", DateTimeOffset? launch = null, ulong? seed = null) => new()
    {
        InstanceId = Id(index),
        Index = index,
        Seed = seed ?? ((ulong)index * 7919) + 13,
        InstanceType = type,
        Vcpus = 2,
        ImageId = "ami-0123456789abcdef0",
        Owner = string.Create(CultureInfo.InvariantCulture, $"owner-{index % 5}"),
        Plan = index % 4 == 0 ? "paid" : "free",
        AvailabilityZone = index % 2 == 0 ? "us-east-1a" : "us-east-1b",
        LaunchTime = launch ?? Start.AddDays(-1),
        Behaviour = behaviour ?? Plain,
    };

    public static SimulatedVm[] Vms(int count) => [.. Enumerable.Range(0, count).Select(i => Vm(i))];

    public static string Id(int index) => string.Create(CultureInfo.InvariantCulture, $"i-0{((ulong)index * 0x9E3779B97F4A7C15UL) ^ 0x5A5AUL:x16}");

    /// <summary>A VM whose seed gives it the wanted shape.</summary>
    public static SimulatedVm VmWith(int index, Predicate<SimulatedVm> wanted, Behaviour? behaviour = null)
    {
        for (ulong seed = 1; ; seed++)
        {
            if (Vm(index, behaviour, seed: seed) is var vm && wanted(vm))
                return vm;
        }
    }
}
