namespace Watchdog.FleetSim.Behaviours;

/// <summary>Everybody who can play in a fleet, each a shared instance: a behaviour holds no state of a VM.</summary>
internal static class Cast
{
    public static readonly Scripted Idle = new Idle();
    private static readonly Scripted[] Easy =
        [new Developer(), new Web(), new Developer(), new SmallService(), new CiRunner(), new Database(), new NightlyBatch(), new SmallService(), new Transfer()];
    private static readonly Scripted[] Lives = [Idle, new Developer(), new Web(), new Database(), new SmallService()];
    private static readonly Scripted[] Quiet = [Idle, new SmallService()];

    // Load of their own that rises and falls with the day: what is laid over them may be explained by it.
    private static readonly Scripted[] Loaded = [new Web(), new Database()];
    private static readonly Scripted[] Flat = [new Encoder(), new Training(), new ComputeFarm(), new BigCompile()];

    // By kind first, then by the life beneath: a kind with many faces is no more frequent than one with a single face.
    private static readonly Scripted[][] Hard =
    [
        [Flat[0]], [Flat[1]], [Flat[2]], [Flat[3]], [new BlockchainStudent()], [new NightBackup()],
        Over([.. Lives[1..], .. Flat], u => new DeadAgent(u)), Over(Lives[1..], u => new StatusBlip(u)), Over(Lives[1..], u => new MetricGaps(u)),
    ];

    private static readonly Scripted[] OfficeHours = Over([Easy[0], Easy[1]], u => new OfficeHours(u));
    private static readonly Scripted[] Rebooters = Over(Lives[1..], u => new Rebooter(u));
    private static readonly Scripted[] ShortLived = Over(Lives[1..], u => new ShortLived(u));

    // Laid over each of the lives, so that a kind has as many faces as there are lives beneath it.
    public static readonly Scripted[] FullMiners = Over(Lives, u => new FullMiner(u, "miner/full", Disguise.None));
    public static readonly Scripted[] RenamedMiners = Over(Quiet, u => new FullMiner(u, "miner/renamed", Disguise.Renamed));
    public static readonly Scripted[] MaskedMiners = Over(Loaded, u => new FullMiner(u, "miner/renamed-under-load", Disguise.Renamed, plain: false));
    public static readonly Scripted[] PersistentMiners = Over(Lives, u => new FullMiner(u, "miner/persistent", Disguise.None, persistent: true));
    public static readonly Scripted[] KilledAgentMiners = Over(Lives, u => new FullMiner(u, "miner/killed-agent", Disguise.None, killsAgent: true, plain: false));
    public static readonly Scripted[] ThrottledMiners = Over(Lives, u => new ThrottledMiner(u));
    public static readonly Scripted[] CreditMiners = Over([Idle], u => new CreditMiner(u));
    public static readonly Scripted[] DutyMiners = Over(Lives, u => new PulsedMiner(u, "miner/duty-cycled", 100, PulsedMiner.Duty));
    public static readonly Scripted[] NightMiners = Over(Quiet, u => new PulsedMiner(u, "miner/nightly", 75, PulsedMiner.Night));
    public static readonly Scripted[] CappedBombs = Over(Lives, u => new ForkBomb(u, ForkBombEnd.Capped));
    public static readonly Scripted[] FadingBombs = Over(Lives, u => new ForkBomb(u, ForkBombEnd.Fading));
    public static readonly Scripted[] DeadBombs = Over(Lives, u => new ForkBomb(u, ForkBombEnd.Dead));
    public static readonly Scripted[] OneCoreRunaways = Over(Quiet, u => new Runaway(u, allCores: false));
    public static readonly Scripted[] AllCoresRunaways = Over(Quiet, u => new Runaway(u, allCores: true));
    public static readonly Scripted[] MaskedRunaways = Over(Loaded, u => new Runaway(u, allCores: false, masked: true));
    public static readonly Scripted[] HaltPanics = Over(Lives, u => new Panic(u, PanicKind.Halt));
    public static readonly Scripted[] SpinPanics = Over(Lives, u => new Panic(u, PanicKind.Spin));
    public static readonly Scripted[] Hangs = Over(Lives, u => new Panic(u, PanicKind.Hang));
    public static readonly Scripted[] HostFaults = Over(Lives, u => new HostFault(u));

    /// <summary>Somebody whose work looks like abuse at first sight.</summary>
    public static Scripted HardFor(ulong seed) => Pick(seed, Noise.Pick<Scripted[]>(seed, 1, Channel.Kind, Hard));

    /// <summary>Somebody who is plainly at work; one in twenty goes on and off, and is found in another state than he was left in.</summary>
    public static Scripted EasyFor(ulong seed)
    {
        double draw = Noise.Unit(seed, 3, Channel.Kind);
        if (draw < 0.035) return Pick(seed, OfficeHours);
        if (draw < 0.045) return Pick(seed, Rebooters);
        return Pick(seed, draw < 0.05 ? ShortLived : Easy);
    }

    private static Scripted Pick(ulong seed, Scripted[] faces) => Noise.Pick<Scripted>(seed, 2, Channel.Kind, faces);

    private static Scripted[] Over(Scripted[] lives, Func<Scripted, Scripted> overlay) => Array.ConvertAll(lives, life => overlay(life));
}
