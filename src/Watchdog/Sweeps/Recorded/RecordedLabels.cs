using Watchdog.Detectors.Replaying;

namespace Watchdog.Sweeps.Recorded;

/// <summary>Reads a labels file: the truth about spans of recorded VMs.</summary>
public static class RecordedLabels
{
    private static readonly HashSet<string> Known = new(StringComparer.Ordinal) { "benign", "miner", "forkbomb", "runaway", "panic", "hostfault", "idle" };

    /// <summary>The labels; lines that cannot be used are noted.</summary>
    /// <exception cref="RecordedFleetException">The file is missing or its header lacks a column.</exception>
    public static IReadOnlyList<Truth> Read(string path, BadLines bad)
    {
        if (!File.Exists(path))
        {
            throw new RecordedFleetException($"'{path}' does not exist: --labels takes a file with instance_id,label,start,end[,notes].");
        }

        var name = Path.GetFileName(path);
        List<Truth> labels = [];
        using var csv = CsvRows.Open(path, name, "instance_id", "label", "start", "end");
        while (csv.Read())
        {
            var label = csv.GetField("label") ?? "";
            if (!Known.Contains(label))
            {
                bad.Add(name, csv.Parser.RawRow, $"label '{label}' is none of {string.Join(", ", Known)}");
            }
            else if (!CsvRows.TryInstant(csv.GetField("start"), out var start) || !CsvRows.TryInstant(csv.GetField("end"), out var end) || end < start)
            {
                bad.Add(name, csv.Parser.RawRow, $"start '{csv.GetField("start")}' and end '{csv.GetField("end")}' are not ISO 8601 instants in order");
            }
            else
            {
                csv.TryGetField<string>("notes", out var notes);
                labels.Add(new Truth(csv.GetField("instance_id") ?? "", label, start, end, notes ?? ""));
            }
        }

        return labels;
    }
}
