using System.Globalization;
using Watchdog.Ledger;

namespace Watchdog.Reports.Judging;

/// <summary>What somebody typed into an act's form; it stands there again where the form is shown anew.</summary>
/// <param name="Ruling">Null: nobody has chosen; empty: none, on purpose.</param>
/// <param name="Hours">By how much a clock is put off.</param>
/// <param name="Name">To whom a case is handed.</param>
public sealed record ActInput(string Reason = "", string? Ruling = null, int? Hours = null, string Name = "")
{
    /// <summary>The longest reason.</summary>
    public const int LongestReason = 500;

    /// <summary>Reads a form.</summary>
    public static ActInput Of(IFormCollection form) => new(
        form["reason"].ToString().Trim(), form.TryGetValue("ruling", out var ruling) ? ruling.ToString() : null,
        int.TryParse(form["hours"], NumberStyles.None, CultureInfo.InvariantCulture, out var hours) ? hours : null, form["name"].ToString().Trim());

    /// <summary>What is wrong with it, in a sentence; null when nothing is.</summary>
    public string? Fault(ActKind kind) => Reason.Length switch
    {
        0 => "Say why: it is what the next reader of the case learns.",
        > LongestReason => string.Create(CultureInfo.InvariantCulture, $"Say why in {LongestReason} characters at most; these are {Reason.Length}."),
        _ => RequestRules.Fault(kind.Kind, Payload(kind)),
    };

    /// <summary>What is asked for.</summary>
    public RequestPayload Payload(ActKind kind) => new(
        Reason, kind.Rulings.Count > 0 && Ruling is { Length: > 0 } ? Ruling : null,
        Span: kind.TakesSpan && Hours is { } hours ? TimeSpan.FromHours(hours) : null, Assignee: kind.TakesName ? Name : null);
}
