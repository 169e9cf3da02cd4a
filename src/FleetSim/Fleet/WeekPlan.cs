using System.Globalization;
using Watchdog.FleetSim.Behaviours;

namespace Watchdog.FleetSim.Fleet;

/// <summary>
/// Lays out a fleet for a whole week: people in five time zones over the night in which Europe puts its clocks forward and the one in which Sydney puts its back, with
/// what they leave running. Nobody abuses anything. The same size and seed give the same fleet.
/// </summary>
public static class WeekPlan
{
    /// <summary>Saturday evening; at 01:00 UTC of the night Europe's clocks are put forward, and a week later, two hours before the end, Sydney's back.</summary>
    public static readonly DateTimeOffset Epoch = new(2026, 3, 28, 18, 0, 0, TimeSpan.Zero);

    /// <summary>The tag that says by which zone's office hours a VM may be started and stopped, where it has some.</summary>
    public const string OfficeTag = "office";

    private static readonly string[] Plans = ["free", "free", "pro", "team"];

    private static readonly string[] OfOffices = ["week/person", "week/open-session", "week/silent-batch", "week/training"];

    // Shares of a hundred.
    private static readonly (int Share, WeekHabit Habit, bool Agent, bool Job)[] Habits =
    [
        (34, new("week/person", 0.85, 0.12, 7.5, 7), true, false),
        (24, new("week/unused", 0.06, 0.03, 10, 0.5), true, false),
        (9, new("week/open-session", 0.85, 0.1, 8, 6.5, AfterWork.OpenSession, 0.6, 2), true, false),
        (9, new("week/silent-batch", 0.8, 0.2, 8, 6.5, AfterWork.SilentBatch, 0.7, 3), true, false),
        (7, new("week/training", 0.7, 0.2, 9, 5, AfterWork.Training, 0.5, 6), true, false),
        (8, new("week/served", 0.95, 0.7, 6, 10, Serves: true), true, false),
        (4, new("week/declared-job", 0.3, 0, 9, 5), true, true),
        (5, new("week/dead-agent", 0.8, 0.1, 8, 7), false, false),
    ];

    private static readonly Scripted[,] Lives = Make();

    /// <summary>The zones' IANA names.</summary>
    public static IReadOnlyList<string> Zones => [.. ZoneClock.All.Select(zone => zone.Name)];

    /// <summary>The fleet, in the order of <see cref="SimulatedVm.Index"/>; all VMs were launched days before <see cref="Epoch"/>.</summary>
    /// <param name="vms">How many; 0 or more.</param>
    /// <param name="seed">Another seed, another fleet.</param>
    public static IReadOnlyList<SimulatedVm> Generate(int vms, ulong seed)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(vms);
        return [.. Enumerable.Range(0, vms).Select(index => Lay(seed, index))];
    }

    /// <summary>The IANA name of the zone in which a VM's owner lives.</summary>
    public static string ZoneOf(SimulatedVm vm) => ZoneClock.All[ZoneAt(vm.Seed)].Name;

    /// <summary>The instants of a span, half-open, at which an hour of the day comes on the clock of a VM's owner: once a day, on the days of its changes too.</summary>
    /// <param name="workdays">Mondays to Fridays only.</param>
    public static IEnumerable<DateTimeOffset> TimesOf(SimulatedVm vm, double hour, bool workdays, DateTimeOffset from, DateTimeOffset until)
    {
        ZoneClock zone = ZoneClock.All[ZoneAt(vm.Seed)];
        for (long day = zone.Day(Scene.Seconds(from)); day <= zone.Day(Scene.Seconds(until)); day++)
        {
            DateTimeOffset at = Scene.Instant(zone.First(day, hour));
            if (at >= from && at < until && !(workdays && ZoneClock.Weekend(day))) yield return at;
        }
    }

    private static SimulatedVm Lay(ulong fleet, int index)
    {
        ulong seed = Noise.Bits(fleet, index, Channel.Identity);
        int kind = KindAt(seed);
        var (type, vcpus) = FleetPlanTypes.Pick(seed, Lives[ZoneAt(seed), kind].Need);
        int owner = (int)(Noise.Bits(seed, 0, Channel.Owner) % (ulong)Math.Max(1, 1 + index / 2));
        return new()
        {
            InstanceId = string.Create(CultureInfo.InvariantCulture, $"i-0{Noise.Mix(seed):x16}"),
            Index = index,
            Seed = seed,
            InstanceType = type,
            Vcpus = vcpus,
            ImageId = "ami-0a1b2c3d4e5f60001",
            Owner = string.Create(CultureInfo.InvariantCulture, $"acct-{owner:d6}"),
            Plan = Noise.Pick<string>(seed, 0, Channel.Plan, Plans),
            AvailabilityZone = "us-east-1a",
            LaunchTime = Epoch - TimeSpan.FromSeconds(Math.Round(3600 * Noise.Between(seed, 0, Channel.Launch, 50, 500))),
            Behaviour = Lives[ZoneAt(seed), kind],
            Tags = TagsOf(seed, kind),
        };
    }

    // One unused VM in eight is to be kept until some hour of the week; one person in four works by his office's hours.
    private static Dictionary<string, string> TagsOf(ulong seed, int kind)
    {
        Dictionary<string, string> tags = [];
        if (Habits[kind].Job) tags["watchdog:job"] = "nightly-report";
        ulong trait = Noise.Bits(seed, 0, Channel.Trait);
        bool eighth = trait % 8 == 0;
        if (eighth && Habits[kind].Habit.Kind == "week/unused")
        {
            var until = Epoch.AddHours(Math.Round(Noise.Between(seed, 1, Channel.Trait, 12, 150)));
            tags["watchdog:keep-until"] = until.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        }

        if (trait % 4 == 0 && OfOffices.Contains(Habits[kind].Habit.Kind)) tags[OfficeTag] = ZoneClock.All[ZoneAt(seed)].Name;
        return tags;
    }

    private static int ZoneAt(ulong seed) => (int)(Noise.Bits(seed, 0, Channel.Zone) % (ulong)ZoneClock.All.Count);

    private static int KindAt(ulong seed)
    {
        int draw = (int)(Noise.Bits(seed, 0, Channel.Kind) % (ulong)Habits.Sum(static habit => habit.Share)), kind = 0;
        while (draw >= Habits[kind].Share) draw -= Habits[kind++].Share;
        return kind;
    }

    private static Scripted[,] Make()
    {
        var lives = new Scripted[ZoneClock.All.Count, Habits.Length];
        for (int zone = 0; zone < ZoneClock.All.Count; zone++)
        {
            for (int kind = 0; kind < Habits.Length; kind++)
            {
                WeekLife life = new(ZoneClock.All[zone], Habits[kind].Habit);
                lives[zone, kind] = Habits[kind].Agent ? life : new DeadAgent(life);
            }
        }

        return lives;
    }
}
