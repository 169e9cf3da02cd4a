namespace Watchdog.FleetSim.Behaviours;

/// <summary>Everybody who can play in a fleet, each a shared instance: a behaviour holds no state of a VM.</summary>
internal static class Cast
{
    public static readonly Scripted Idle = new Idle();
    public static readonly Scripted[] Easy = [new Developer(), new Web()];
    public static readonly Scripted[] Hard = [new BlockchainStudent()];
    private static readonly Scripted[] Lives = [Idle, .. Easy];
    private static readonly Scripted[] Unattended = [Idle, new Web()];

    // Laid over each of the lives, so that a kind has as many faces as there are lives beneath it.
    public static readonly Scripted[] FullMiners = Over(Lives, u => new FullMiner(u, "miner/full", Disguise.None));
    public static readonly Scripted[] RenamedMiners = Over(Lives, u => new FullMiner(u, "miner/renamed", Disguise.Renamed));
    public static readonly Scripted[] PersistentMiners = Over(Lives, u => new FullMiner(u, "miner/persistent", Disguise.None, persistent: true));
    public static readonly Scripted[] CappedBombs = Over(Lives, u => new ForkBomb(u, ForkBombEnd.Capped));
    public static readonly Scripted[] FadingBombs = Over(Lives, u => new ForkBomb(u, ForkBombEnd.Fading));
    public static readonly Scripted[] DeadBombs = Over(Lives, u => new ForkBomb(u, ForkBombEnd.Dead));
    public static readonly Scripted[] OneCoreRunaways = Over(Unattended, u => new Runaway(u, allCores: false));
    public static readonly Scripted[] AllCoresRunaways = Over(Unattended, u => new Runaway(u, allCores: true));
    public static readonly Scripted[] HaltPanics = Over(Lives, u => new Panic(u, PanicKind.Halt));
    public static readonly Scripted[] SpinPanics = Over(Lives, u => new Panic(u, PanicKind.Spin));
    public static readonly Scripted[] Hangs = Over(Lives, u => new Panic(u, PanicKind.Hang));
    public static readonly Scripted[] HostFaults = Over(Lives, u => new HostFault(u));

    private static Scripted[] Over(Scripted[] lives, Func<Scripted, Scripted> overlay) => Array.ConvertAll(lives, life => overlay(life));
}
