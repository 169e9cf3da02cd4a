namespace Watchdog.Sweeps.Recorded;

/// <summary>One row of <c>labels.csv</c>: the truth about a span of a recorded VM.</summary>
/// <param name="InstanceId">The VM.</param>
/// <param name="Label">One of <c>benign, miner, forkbomb, runaway, panic, idle</c>.</param>
/// <param name="Start">Start, UTC.</param>
/// <param name="End">End, exclusive.</param>
/// <param name="Notes">Kind of the window; empty when the column is absent.</param>
public sealed record RecordedLabel(string InstanceId, string Label, DateTimeOffset Start, DateTimeOffset End, string Notes)
{
    private static readonly HashSet<string> Known = new(StringComparer.Ordinal) { "benign", "miner", "forkbomb", "runaway", "panic", "hostfault", "idle" };

    /// <summary>Reads a labels file; lines that cannot be used are noted.</summary>
    /// <exception cref="RecordedFleetException">The file is missing or its header lacks a column.</exception>
    public static IReadOnlyList<RecordedLabel> Read(string path, BadLines bad)
    {
        if (!File.Exists(path))
        {
            throw new RecordedFleetException($"'{path}' does not exist: --labels takes a file with instance_id,label,start,end[,notes].");
        }

        var name = Path.GetFileName(path);
        List<RecordedLabel> labels = [];
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
                labels.Add(new RecordedLabel(csv.GetField("instance_id") ?? "", label, start, end, notes ?? ""));
            }
        }

        return labels;
    }
}
