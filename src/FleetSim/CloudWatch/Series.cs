using Watchdog.FleetSim.Fleet;
using Watchdog.FleetSim.State;

namespace Watchdog.FleetSim.CloudWatch;

/// <summary>Computes the points of one query; reused for all queries of a request.</summary>
internal sealed class Series(RegionState region, Faults faults, DateTimeOffset now)
{
    private long[] _times = new long[64];
    private double[] _values = new double[64];
    private int _count;

    /// <summary>Start of each point's period.</summary>
    public ReadOnlySpan<long> Times => _times.AsSpan(0, _count);

    public ReadOnlySpan<double> Values => _values.AsSpan(0, _count);

    /// <summary>
    /// Points with start of period in [start, end), seconds since 1970, of the periods through which the VM ran and whose points are
    /// published by now. An unknown instance or metric has none.
    /// </summary>
    public void Compute(MetricQuery query, DateTimeOffset start, DateTimeOffset end, bool ascending)
    {
        _count = 0;
        if (query.Namespace != "AWS/EC2" || query.OtherDimensions || query.InstanceId is not { } id || !region.TryFind(id, out var index))
            return;
        var vm = region.Vms[index];
        var metric = Metrics.Of(query.MetricName, vm.InstanceType);
        if (metric == Metric.None)
            return;
        var step = Metrics.PeriodOf(metric);
        var first = Floor(start.ToUnixTimeSeconds(), Math.Max(query.Period, step));
        var last = Math.Min(end.ToUnixTimeSeconds() + (end.Millisecond > 0 ? 1 : 0),
            (now - VmShape.PublicationDelay(vm, region.Options)).ToUnixTimeSeconds() - step + 1);
        first = Math.Max(first, Floor(vm.LaunchTime.ToUnixTimeSeconds(), step));
        var bin = default(Bin);
        for (var at = first; at < last; at += step)
        {
            if (faults.MissingPointShare > 0 && Mix.Unit(vm.Seed ^ faults.Seed, (ulong)at + (ulong)metric) < faults.MissingPointShare)
                continue;
            if (ValueAt(index, vm, metric, at, step) is not { } value)
                continue;
            var period = Floor(at, query.Period);
            if (bin.Samples > 0 && bin.Period != period)
                Add(bin.Period, bin.Statistic(query.Stat));
            bin = bin.Samples > 0 && bin.Period == period ? bin : new Bin { Period = period, Min = double.MaxValue, Max = double.MinValue };
            bin.Take(value, Metrics.SamplesOf(metric), Metrics.IsCount(metric));
        }

        if (bin.Samples > 0)
            Add(bin.Period, bin.Statistic(query.Stat));
        if (!ascending)
        {
            _times.AsSpan(0, _count).Reverse();
            _values.AsSpan(0, _count).Reverse();
        }
    }

    private double? ValueAt(int index, SimulatedVm vm, Metric metric, long at, int step)
    {
        var from = DateTimeOffset.FromUnixTimeSeconds(at);
        var to = from.AddSeconds(step);
        if (!region.RanThrough(index, from, to) || region.RunningSince(index, to.AddTicks(-1)) is not { } since)
            return null;
        return Metrics.Value(metric, new VmMoment(vm, to, since, region.FlowsCut(index, from)) { Restraint = region.RestraintAt(index, to) });
    }

    private void Add(long time, double value)
    {
        if (_count == _times.Length)
        {
            Array.Resize(ref _times, _count * 2);
            Array.Resize(ref _values, _count * 2);
        }

        _times[_count] = time;
        // Four decimals: more would only be digits to write and to parse, 5.4 million times a sweep.
        _values[_count++] = Math.Round(value, 4);
    }

    private static long Floor(long seconds, int period) => seconds - (((seconds % period) + period) % period);

    private struct Bin
    {
        public long Period;
        public double Min;
        public double Max;
        private double _sum;

        public int Samples { get; private set; }

        public void Take(double value, int samples, bool isCount)
        {
            var each = isCount ? value / samples : value;
            _sum += each * samples;
            Samples += samples;
            Min = Math.Min(Min, each);
            Max = Math.Max(Max, each);
        }

        public readonly double Statistic(string stat) => stat switch
        {
            "Average" => _sum / Samples,
            "Sum" => _sum,
            "Minimum" => Min,
            "Maximum" => Max,
            _ => Samples,
        };
    }
}
