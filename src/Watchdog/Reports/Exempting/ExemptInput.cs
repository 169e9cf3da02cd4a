using System.Globalization;
using Watchdog.Policy.Exempting;

namespace Watchdog.Reports.Exempting;

/// <summary>What somebody typed into the form of an exemption; it stands there again where the form is shown anew.</summary>
/// <param name="Until">The day at whose beginning it ends, UTC: a form that is sent twice says the same instant twice. Null: none was chosen.</param>
/// <param name="Release">Whether the case is released with it.</param>
/// <param name="Seen">Kind and subject of the preview that the form showed; empty: none.</param>
public sealed record ExemptInput(string Kind, string Subject, DateOnly? Until, string Reason = "", bool Release = false, string Seen = "")
{
    /// <summary>Reads a form.</summary>
    public static ExemptInput Of(IFormCollection form) => new(
        form["kind"].ToString(), form["subject"].ToString().Trim(),
        DateOnly.TryParseExact(form["until"], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null,
        form["reason"].ToString().Trim(), form["release"] == "yes", form["seen"].ToString());

    /// <summary>What a form bears that shows a preview of this.</summary>
    public string Scope => $"{Kind} {Subject}";

    /// <summary>What is asked for; an end that was not chosen has passed.</summary>
    /// <param name="version">The version of the case that its reader saw.</param>
    public ExemptionOrder Order(long? caseId, int? version) => new(
        Kind, Subject, Reason, Until is { } day ? new DateTimeOffset(day, TimeOnly.MinValue, TimeSpan.Zero) : DateTimeOffset.MinValue, caseId, Release ? version : null);
}
