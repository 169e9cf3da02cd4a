using System.Globalization;
using Watchdog.Detectors.Replaying;

namespace Watchdog.Sweeps.Recorded;

/// <summary>Reads one VM's metrics file onto its period's grid.</summary>
internal static class RecordedPoints
{
    /// <summary>The longest recording that is read, in periods: a year of minutes. A timestamp beyond is a broken clock.</summary>
    private const int MostPeriods = 366 * 24 * 60;

    private static readonly HashSet<string> Known = new(StringComparer.Ordinal)
    {
        "CPUUtilization", "NetworkIn", "NetworkOut", "DiskReadOps", "DiskWriteOps", "EBSReadOps", "EBSWriteOps",
        "CPUCreditBalance", "CPUSurplusCreditBalance", "StatusCheckFailed", "StatusCheckFailed_Instance", "StatusCheckFailed_System",
    };

    public static RecordedVm Read(RecordedRow vm, string path, string name, BadLines bad)
    {
        Dictionary<string, List<(long Period, float Value)>> points = new(StringComparer.Ordinal);
        using (var csv = CsvRows.Open(path, name, "timestamp", "instance_id", "metric", "value"))
        {
            while (csv.Read())
            {
                if (Point(vm, csv) is not var (metric, period, value, problem))
                {
                    continue;
                }

                if (problem is not null)
                {
                    bad.Add(name, csv.Parser.RawRow, problem);
                    continue;
                }

                if (!points.TryGetValue(metric, out var list))
                {
                    points[metric] = list = [];
                }

                list.Add((period, value));
            }
        }

        return OnGrid(vm, points, name, bad);
    }

    private static (string Metric, long Period, float Value, string? Problem)? Point(RecordedRow vm, CsvHelper.CsvReader csv)
    {
        var (time, id, metric, text) = (csv.GetField("timestamp"), csv.GetField("instance_id"), csv.GetField("metric"), csv.GetField("value"));
        if (!CsvRows.TryInstant(time, out var at))
        {
            return ("", 0, 0, $"timestamp '{time}' is not an ISO 8601 instant");
        }

        if (!string.Equals(id, vm.InstanceId, StringComparison.Ordinal))
        {
            return ("", 0, 0, $"instance_id '{id}' is not the file's {vm.InstanceId}");
        }

        if (metric is null || !Known.Contains(metric))
        {
            return ("", 0, 0, $"metric '{metric}' is unknown; it is left out");
        }

        if (at.ToUnixTimeSeconds() % vm.PeriodSeconds != 0)
        {
            return ("", 0, 0, $"timestamp '{time}' is not on the grid of {vm.PeriodSeconds} s");
        }

        // Absent is not zero: NaN, an infinity or a negative count says nothing, and so does a CPU above 100 %.
        if (!float.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) || !float.IsFinite(value) || value < 0
            || (metric == "CPUUtilization" && value > 100.5f))
        {
            return ("", 0, 0, $"value '{text}' of {metric} is not a number in its range; the point is absent");
        }

        return (metric, at.ToUnixTimeSeconds() / vm.PeriodSeconds, value, null);
    }

    private static RecordedVm OnGrid(RecordedRow vm, Dictionary<string, List<(long Period, float Value)>> points, string name, BadLines bad)
    {
        if (points.Count == 0)
        {
            return new RecordedVm(vm.Facts, DateTimeOffset.UnixEpoch, vm.PeriodSeconds, 0);
        }

        // A single wild timestamp must not stretch the grid over centuries: the span is counted from the median point.
        var all = points.Values.SelectMany(list => list.Select(point => point.Period)).Order().ToList();
        var middle = all[all.Count / 2];
        var first = all.First(period => period > middle - (MostPeriods / 2));
        var last = all.Last(period => period < middle + (MostPeriods / 2));
        var wild = all.Count(period => period < first || period > last);
        if (wild > 0)
        {
            bad.Add(name, 0, $"{wild} points lie more than {MostPeriods / 2} periods from the middle of the recording; they are left out");
        }

        var periods = (int)(last - first + 1);
        Dictionary<string, float[]> metrics = new(StringComparer.Ordinal);
        foreach (var (metric, list) in points)
        {
            var values = new float[periods];
            Array.Fill(values, float.NaN);
            foreach (var (period, value) in list)
            {
                if (period >= first && period <= last)
                {
                    values[period - first] = value;
                }
            }

            metrics[metric] = values;
        }

        // Nitro types count EBS operations under names of their own; a recording has one pair or the other.
        float[] Column(string name, string? otherwise = null) =>
            metrics.GetValueOrDefault(name) ?? (otherwise is null ? null : metrics.GetValueOrDefault(otherwise)) ?? [];
        return new RecordedVm(vm.Facts, DateTimeOffset.FromUnixTimeSeconds(first * vm.PeriodSeconds), vm.PeriodSeconds, periods)
        {
            Cpu = Column("CPUUtilization"),
            NetworkIn = Column("NetworkIn"),
            NetworkOut = Column("NetworkOut"),
            DiskReads = Column("DiskReadOps", "EBSReadOps"),
            DiskWrites = Column("DiskWriteOps", "EBSWriteOps"),
            Credits = Column("CPUCreditBalance"),
            Surplus = Column("CPUSurplusCreditBalance"),
            StatusCheckFailed = Column("StatusCheckFailed", "StatusCheckFailed_Instance"),
        };
    }
}
