using System.Text.Json;
using System.Text.Json.Serialization;

namespace Watchdog.Alerts.Gathering;

/// <summary>
/// What is known of a member of an incident; null is unknown, and later news overwrites only what it knows. Texts are bounded and cleaned where they are written.
/// </summary>
/// <param name="Type">The VM's instance type.</param>
/// <param name="Plan">The owner's plan, by the VM's tag.</param>
/// <param name="Score">Probability 0 to 1 of what the case says; or how far a condition is beyond its threshold.</param>
/// <param name="Sentence">The evidence, with its values.</param>
/// <param name="Done">What was done, in a word or two: <c>quarantined</c>.</param>
/// <param name="Undoable">Whether what was done can be undone.</param>
/// <param name="Failing">Whether an act on it failed.</param>
/// <param name="CaseId">Key in <c>case_file</c>.</param>
public sealed record MemberFacts(
    string? InstanceId = null, string? Owner = null, string? Region = null, string? Type = null, string? Plan = null, double? Score = null, string? Sentence = null,
    string? Done = null, bool? Undoable = null, bool? Failing = null, long? CaseId = null)
{
    private const int LongestSentence = 500;

    private static readonly JsonSerializerOptions Known = new(Ledger.LedgerJson.Options) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    /// <summary>These facts, overwritten by what later ones know.</summary>
    public MemberFacts With(MemberFacts later) => new(
        later.InstanceId ?? InstanceId, later.Owner ?? Owner, later.Region ?? Region, later.Type ?? Type, later.Plan ?? Plan, later.Score ?? Score,
        later.Sentence ?? Sentence, later.Done ?? Done, later.Undoable ?? Undoable, later.Failing ?? Failing, later.CaseId ?? CaseId);

    /// <summary>As JSON, without what is unknown: laid over stored facts it is <see cref="With"/>.</summary>
    public string Json() => JsonSerializer.Serialize(this with { Sentence = Sentence is null ? null : Ledger.CleanText.Of(Sentence, LongestSentence) }, Known);

    /// <summary>Reads what <see cref="Json"/> wrote.</summary>
    public static MemberFacts Of(string json) => Ledger.LedgerJson.Read<MemberFacts>(json);
}
