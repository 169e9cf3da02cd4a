using System.Globalization;
using CsvHelper;
using Watchdog.Detectors.Findings;
using Watchdog.Detectors.Replaying;

namespace Watchdog.Sweeps.Recorded;

/// <summary>Writes <c>instance_id,class,opened_at,closed_at,score,reason</c>, ordered by instant and id.</summary>
public static class AlarmsFile
{
    private const string Instant = "yyyy-MM-dd'T'HH:mm:ss'Z'";

    /// <summary>Writes the alarms; <c>closed_at</c> is empty where the recording ended first.</summary>
    public static void Write(TextWriter to, IEnumerable<Alarm> alarms)
    {
        using var csv = new CsvWriter(to, CultureInfo.InvariantCulture, leaveOpen: true);
        foreach (var name in (string[])["instance_id", "class", "opened_at", "closed_at", "score", "reason"])
        {
            csv.WriteField(name);
        }

        csv.NextRecord();
        foreach (var alarm in alarms.OrderBy(alarm => alarm.OpenedAt).ThenBy(alarm => alarm.InstanceId, StringComparer.Ordinal))
        {
            csv.WriteField(alarm.InstanceId);
            csv.WriteField(Finding.NameOf(alarm.Class));
            csv.WriteField(alarm.OpenedAt.UtcDateTime.ToString(Instant, CultureInfo.InvariantCulture));
            csv.WriteField(alarm.ClosedAt?.UtcDateTime.ToString(Instant, CultureInfo.InvariantCulture) ?? "");
            csv.WriteField(alarm.Score.ToString("0.####", CultureInfo.InvariantCulture));
            csv.WriteField(alarm.Reason);
            csv.NextRecord();
        }
    }
}
