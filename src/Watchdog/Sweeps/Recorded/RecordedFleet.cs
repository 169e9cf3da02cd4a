using System.Globalization;
using Watchdog.Detectors.Replaying;

namespace Watchdog.Sweeps.Recorded;

/// <summary>A folder of recorded metrics: <c>vms.csv</c> and <c>vms/ID.csv</c> or <c>vms/ID.csv.gz</c>.</summary>
public sealed class RecordedFleet
{
    private readonly string _folder;

    private RecordedFleet(string folder, IReadOnlyList<RecordedRow> vms, BadLines bad)
    {
        _folder = folder;
        Vms = vms;
        Bad = bad;
    }

    /// <summary>The VMs, in the file's order; an id that comes twice counts once.</summary>
    public IReadOnlyList<RecordedRow> Vms { get; }

    /// <summary>Lines that were left out, of all files read so far.</summary>
    public BadLines Bad { get; }

    /// <summary>Reads <c>vms.csv</c>; the metrics are read VM by VM later.</summary>
    /// <exception cref="RecordedFleetException">There is no such folder or file, or its header lacks a column.</exception>
    public static RecordedFleet Open(string folder)
    {
        var path = Path.Combine(folder, "vms.csv");
        if (!File.Exists(path))
        {
            throw new RecordedFleetException(
                $"'{folder}' has no vms.csv: a recorded fleet is a folder with vms.csv (instance_id,instance_type,vcpus,period_s,launch_time) and vms/<instance_id>.csv[.gz].");
        }

        var bad = new BadLines();
        List<RecordedRow> vms = [];
        HashSet<string> seen = new(StringComparer.Ordinal);
        using var csv = CsvRows.Open(path, "vms.csv", "instance_id", "instance_type", "vcpus", "period_s", "launch_time");
        while (csv.Read())
        {
            var id = csv.GetField("instance_id") ?? "";
            var launch = csv.GetField("launch_time");
            if (id.Length is 0 or > 64 || !id.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_'))
            {
                bad.Add("vms.csv", csv.Parser.RawRow, "instance_id is empty or holds characters other than letters, digits, '-' and '_'");
            }
            else if (!int.TryParse(csv.GetField("vcpus"), CultureInfo.InvariantCulture, out var vcpus) || vcpus is < 1 or > 1024)
            {
                bad.Add("vms.csv", csv.Parser.RawRow, $"{id}: vcpus '{csv.GetField("vcpus")}' is not a whole number from 1 to 1024");
            }
            else if (!int.TryParse(csv.GetField("period_s"), CultureInfo.InvariantCulture, out var period) || period is < 60 or > 3600 || period % 60 != 0)
            {
                bad.Add("vms.csv", csv.Parser.RawRow, $"{id}: period_s '{csv.GetField("period_s")}' is not a multiple of 60 from 60 to 3600");
            }
            else if (!CsvRows.TryInstant(launch, out var launched) && !string.IsNullOrEmpty(launch))
            {
                bad.Add("vms.csv", csv.Parser.RawRow, $"{id}: launch_time '{launch}' is not an ISO 8601 instant");
            }
            else if (!seen.Add(id))
            {
                bad.Add("vms.csv", csv.Parser.RawRow, $"{id} stands here a second time; the first row counts");
            }
            else
            {
                var type = csv.GetField("instance_type");
                vms.Add(new RecordedRow(id, string.IsNullOrEmpty(type) ? null : type, vcpus, period, string.IsNullOrEmpty(launch) ? null : launched));
            }
        }

        return new RecordedFleet(folder, vms, bad);
    }

    /// <summary>Reads one VM's points; a VM without a file has none, and that is noted.</summary>
    public RecordedVm Read(RecordedRow vm)
    {
        var plain = Path.Combine(_folder, "vms", vm.InstanceId + ".csv");
        var path = File.Exists(plain) ? plain : plain + ".gz";
        var name = $"vms/{Path.GetFileName(path)}";
        if (!File.Exists(path))
        {
            Bad.Add(name, 0, $"{vm.InstanceId} has no metrics file; all its points are absent");
            return new RecordedVm(vm.Facts, DateTimeOffset.UnixEpoch, vm.PeriodSeconds, 0);
        }

        try
        {
            return RecordedPoints.Read(vm, path, name, Bad);
        }
        catch (Exception e) when (e is InvalidDataException or IOException or RecordedFleetException or CsvHelper.CsvHelperException)
        {
            Bad.Add(name, 0, $"{vm.InstanceId}: the file cannot be read ({e.Message}); all its points are absent");
            return new RecordedVm(vm.Facts, DateTimeOffset.UnixEpoch, vm.PeriodSeconds, 0);
        }
    }
}
