using Watchdog.FleetSim.Fleet;

namespace Watchdog.Bench.Week.Play;

/// <summary>A hold that an owner places within the week.</summary>
internal sealed record WeekHold(int Vm, DateTimeOffset From, DateTimeOffset Until);

/// <summary>
/// What owners say about their VMs within the week, beside using them: holds on one VM in twelve, and half of the declared jobs come to their end. The same
/// fleet and seed give the same words.
/// </summary>
internal sealed class WeekOwners
{
    private readonly Dictionary<int, WeekHold> holds = [];
    private readonly Dictionary<int, DateTimeOffset> jobEnds = [];

    public WeekOwners(IReadOnlyList<SimulatedVm> fleet, ulong seed)
    {
        var random = new Random((int)seed);
        foreach (var vm in fleet)
        {
            var (held, at, hours) = (random.Next(12) == 0, random.Next(0, 150), random.Next(6, 60));
            if (held)
            {
                holds[vm.Index] = new(vm.Index, WeekPlan.Epoch.AddHours(at), WeekPlan.Epoch.AddHours(at + hours));
            }

            if (vm.Tags.ContainsKey("watchdog:job") && random.Next(2) == 0)
            {
                jobEnds[vm.Index] = WeekPlan.Epoch.AddHours(24 + (at / 2));
            }
        }
    }

    /// <summary>The holds placed in [from, to).</summary>
    public IEnumerable<WeekHold> PlacedIn(DateTimeOffset from, DateTimeOffset to) => holds.Values.Where(hold => hold.From >= from && hold.From < to);

    /// <summary>The VMs whose job ends in [from, to): their tag goes.</summary>
    public IEnumerable<int> JobsEndIn(DateTimeOffset from, DateTimeOffset to) => jobEnds.Where(job => job.Value >= from && job.Value < to).Select(job => job.Key);

    /// <summary>What an owner said that keeps the VM at the instant; null when nothing does.</summary>
    public string? Keeps(SimulatedVm vm, DateTimeOffset at) =>
        holds.TryGetValue(vm.Index, out var hold) && at >= hold.From && at < hold.Until ? "a hold"
        : vm.Tags.ContainsKey("watchdog:job") && !(jobEnds.TryGetValue(vm.Index, out var end) && at >= end) ? "a declared job"
        : vm.Tags.TryGetValue("watchdog:keep-until", out var until) && DateTimeOffset.Parse(until, System.Globalization.CultureInfo.InvariantCulture) > at ? "a keep-until tag"
        : null;
}
