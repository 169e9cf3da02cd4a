using System.Globalization;
using System.IO.Compression;
using Watchdog.Detectors.Facts;
using Watchdog.Detectors.Replaying;

namespace Watchdog.Detectors.Tests.Replaying;

/// <summary>A recorded fleet on disk: <c>WATCHDOG_RECORDED_FLEET</c>, or <c>../shared/data/dev</c> beside the repository. Absent on most machines.</summary>
internal static class RecordedFleet
{
    public static string? Find()
    {
        if (Environment.GetEnvironmentVariable("WATCHDOG_RECORDED_FLEET") is { Length: > 0 } named)
        {
            return Directory.Exists(named) ? named : null;
        }

        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Watchdog.sln")))
        {
            folder = folder.Parent;
        }

        var fleet = folder is null ? null : Path.Combine(folder.FullName, "..", "shared", "data", "dev");
        return Directory.Exists(fleet) ? fleet : null;
    }

    public static RecordedVm[] Load(string folder)
        => File.ReadLines(Path.Combine(folder, "vms.csv")).Skip(1).AsParallel().AsOrdered().Select(line => Read(folder, line.Split(','))).ToArray();

    public static Truth[] Labels(string folder) => File.ReadLines(Path.Combine(folder, "labels.csv")).Skip(1).Select(static line =>
    {
        // Only the notes may be quoted; they are the sixth of eight fields.
        var head = line.Split(',', 6);
        var notes = head[5].StartsWith('"') ? head[5][1..head[5].IndexOf('"', 1)] : head[5].Split(',')[0];
        return new Truth(head[0], head[1], At(head[2]), At(head[3]), notes);
    }).ToArray();

    private static RecordedVm Read(string folder, string[] row)
    {
        var period = int.Parse(row[3], CultureInfo.InvariantCulture);
        var points = new Dictionary<string, List<(long Slot, float Value)>>(StringComparer.Ordinal);
        long first = long.MaxValue, last = 0;
        using var reader = new StreamReader(new GZipStream(File.OpenRead(Path.Combine(folder, "vms", row[0] + ".csv.gz")), CompressionMode.Decompress));
        reader.ReadLine();
        while (reader.ReadLine() is { } line)
        {
            var fields = line.Split(',');
            var slot = At(fields[0]).ToUnixTimeSeconds() / period;
            (first, last) = (Math.Min(first, slot), Math.Max(last, slot));
            if (!points.TryGetValue(fields[2], out var column))
            {
                points[fields[2]] = column = [];
            }

            column.Add((slot, float.Parse(fields[3], CultureInfo.InvariantCulture)));
        }

        float[] Column(string metric)
        {
            if (!points.TryGetValue(metric, out var column))
            {
                return [];
            }

            var values = new float[last - first + 1];
            Array.Fill(values, float.NaN);
            foreach (var (slot, value) in column)
            {
                values[slot - first] = value;
            }

            return values;
        }

        return new RecordedVm(new VmFacts(row[0], row[1], int.Parse(row[2], CultureInfo.InvariantCulture), At(row[4]), null),
            DateTimeOffset.FromUnixTimeSeconds(first * period), period, (int)(last - first + 1))
        {
            Cpu = Column("CPUUtilization"),
            NetworkIn = Column("NetworkIn"),
            NetworkOut = Column("NetworkOut"),
            DiskReads = Column("DiskReadOps"),
            DiskWrites = Column("DiskWriteOps"),
            Credits = Column("CPUCreditBalance"),
            Surplus = Column("CPUSurplusCreditBalance"),
            StatusCheckFailed = Column("StatusCheckFailed"),
        };
    }

    private static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
}
