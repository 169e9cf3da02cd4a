using System.Collections;
using Watchdog.Detectors.Features;
using Watchdog.FleetSim.Fleet;

namespace Watchdog.Bench.Week.Play;

/// <summary>
/// Who knows the script and stops a VM as early as the waiting and warning times let him: metrics without delay, no look between two looks, no limits. He keeps
/// office hours on time. What he reclaims is what there was to reclaim.
/// </summary>
internal static class WeekOracle
{
    private static readonly TimeSpan Boots = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan StopsWithin = TimeSpan.FromMinutes(1);

    /// <summary>At which steps of the play the VM would be off.</summary>
    public static BitArray Off(SimulatedVm vm, WeekOwners owners, WeekRequest request, int steps)
    {
        var rules = request.Rules;
        var off = new BitArray(steps);
        var periods = (int)((vm.Tags.ContainsKey(WeekPlan.OfficeTag) ? WeekOffice.Rest : rules.Rest) / rules.Step);
        var (cpu, bytes) = (new float[periods], new double[periods]);
        Array.Fill(cpu, float.NaN);
        // What was before the week is known.
        for (var n = 1 - periods; n < 0; n++)
        {
            Measure(vm, vm.LaunchTime, request.At(n), cpu, bytes, n + periods);
        }

        using var starts = vm.Behaviour.OwnerActions(vm).Where(action => action.Action == PowerAction.Start).Select(action => action.At).GetEnumerator();
        starts.MoveNext();
        Queue<DateTimeOffset> opens = new(WeekOffice.StartsOf(vm, request.Begin, request.At(steps)));
        List<DateTimeOffset> closes = [.. WeekOffice.StopsOf(vm, request.Begin, request.At(steps))];
        var (isOff, offAt, since, freeSteps, restSteps) = (false, default(DateTimeOffset), vm.LaunchTime, 0, 0);
        var warning = (int)Math.Ceiling(rules.Warning / rules.Step);
        for (var n = 0; n < steps; n++)
        {
            var at = request.At(n);
            for (; starts.Current <= at; starts.MoveNext())
            {
                if (isOff && starts.Current >= offAt + StopsWithin)
                {
                    Start(starts.Current);
                }
            }

            if (opens.TryPeek(out var open) && open <= at)
            {
                opens.Dequeue();
                if (isOff)
                {
                    Start(open);
                }
            }

            if (!isOff)
            {
                Measure(vm, since, at, cpu, bytes, n + periods);
                var moment = new VmMoment(vm, at, since, Isolated: false);
                var free = at >= since + rules.Uptime && owners.Keeps(vm, at) is null && vm.Behaviour.AgentAnswers(moment) && WeekUse.Of(moment) is null;
                (freeSteps, restSteps) = (free ? freeSteps + 1 : 0, free && Rests(cpu, bytes, rules) ? restSteps + 1 : 0);
                // Of a time of its office's he warns before it; of another try within its bound, from when nobody uses it.
                var closed = closes.FindLast(time => time <= at) is var time && time > at - WeekOffice.CatchUp - rules.Step && (freeSteps > warning || (free && time == at));
                (isOff, offAt) = restSteps > warning || closed ? (true, at) : (false, offAt);
            }

            off[n] = isOff;
        }

        return off;

        void Start(DateTimeOffset begins)
        {
            (isOff, since, freeSteps, restSteps) = (false, begins + Boots, 0, 0);
            Array.Fill(cpu, float.NaN);
        }
    }

    private static void Measure(SimulatedVm vm, DateTimeOffset since, DateTimeOffset at, float[] cpu, double[] bytes, int n)
    {
        var load = vm.Behaviour.LoadOf(new VmMoment(vm, at, since, Isolated: false));
        (cpu[n % cpu.Length], bytes[n % bytes.Length]) = ((float)load.Cpu, load.NetworkIn + load.NetworkOut);
    }

    private static bool Rests(float[] cpu, double[] bytes, WeekRules rules) =>
        Stat.Known(cpu) == cpu.Length && Stat.Quantile(cpu, 0.95) < rules.CpuPercent && bytes.Max() < rules.NetworkBytesPerSecond * rules.Step.TotalSeconds;
}
