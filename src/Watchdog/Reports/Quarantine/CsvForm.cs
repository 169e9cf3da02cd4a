using System.Globalization;

namespace Watchdog.Reports.Quarantine;

/// <summary>One row a case, RFC 4180 with a header; times in UTC, minutes with one decimal, what is unknown is empty.</summary>
public sealed class CsvForm(TextWriter output) : IReportForm
{
    private const string Header =
        "case,instance_id,owner,class,state,outcome,score,rule_version,onset,opened,minutes_to_detection,minutes_to_containment,minutes_to_verification,acts,exposed_seconds,ruling,ruled_by,reason,clock,minutes_to_ruling";

    /// <inheritdoc/>
    public bool ShowsCurves => false;

    /// <inheritdoc/>
    public Task BeginAsync(ReportSpan span, Summary summary) => output.WriteAsync(Header + "\r\n");

    /// <inheritdoc/>
    public Task CaseAsync(ReportedCase of, Curves curves)
    {
        var times = of.Times;
        string[] cells =
        [
            of.Case.Id.ToString(CultureInfo.InvariantCulture), of.Case.InstanceId, of.Case.Owner, of.Case.Class, of.Case.State,
            CaseOutcomes.NameOf(of.Outcome), of.Case.Score.ToString("0.###", CultureInfo.InvariantCulture), of.Case.RuleVersion,
            At(times.Onset), At(times.Detected), Minutes(times.MinutesTo(times.Detected)), Minutes(times.MinutesTo(times.Contained)),
            Minutes(times.MinutesTo(times.Verified)), string.Join(' ', of.Acts.Select(act => $"{act.Act.Kind}:{act.Act.State}")),
            times.Exposures.Count == 0 ? "" : times.Exposures.Where(double.IsFinite).Sum().ToString("0.0", CultureInfo.InvariantCulture),
            of.Ruling?.Ruling ?? "", of.Ruling?.Actor ?? "", of.Case.Reason, of.Case.Clock?.Words() ?? "", Minutes(times.MinutesToRuling),
        ];
        return output.WriteAsync(string.Join(',', cells.Select(SafeText.Csv)) + "\r\n");
    }

    /// <inheritdoc/>
    public Task EndAsync() => Task.CompletedTask;

    private static string At(DateTimeOffset? at) => at?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture) ?? "";

    // A clock that jumped may give less than none; a minus would look like a formula.
    private static string Minutes(double? minutes) => minutes is { } known ? Math.Max(0, known).ToString("0.0", CultureInfo.InvariantCulture) : "";
}
