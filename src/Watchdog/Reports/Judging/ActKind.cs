using Watchdog.Ledger;

namespace Watchdog.Reports.Judging;

/// <summary>One thing that people can ask of a case, as the pages' forms spell it.</summary>
/// <param name="Kind">One of <see cref="RequestKinds"/>.</param>
/// <param name="Verb">What its button says.</param>
/// <param name="Rulings">Those to choose from; empty: it takes none.</param>
/// <param name="Proposes">Whether the first ruling is chosen until somebody chooses another.</param>
public sealed record ActKind(string Kind, string Verb, IReadOnlyList<RulingChoice> Rulings, bool Proposes)
{
    private const string Duplicate = "duplicate";

    /// <summary>All of them, the most frequent first.</summary>
    public static IReadOnlyList<ActKind> All { get; } =
    [
        new(RequestKinds.Release, "Release",
        [
            new(Ledger.Rulings.FalsePositive, "False positive: it was not what the case says"), new(Ledger.Rulings.BenignPositive, "Benign positive: read right, and allowed"),
            new(Ledger.Rulings.TruePositive, "True positive: it has been dealt with"), new("", "No ruling yet"),
        ], true),
        new(RequestKinds.Confirm, "Confirm",
        [
            new(Ledger.Rulings.TruePositive, "True positive: approve what is proposed, keep what was done"), new(Ledger.Rulings.Indeterminate, "Cannot tell yet: its clock begins anew"),
            new(Duplicate, "Duplicate of another case"),
        ], true),
        new(RequestKinds.Extend, "Extend", [], false),
        new(RequestKinds.HandOver, "Hand over", [], false),
        new(RequestKinds.Rule, "Rule",
        [
            new(Ledger.Rulings.TruePositive, "True positive: it was what the case says"), new(Ledger.Rulings.BenignPositive, "Benign positive: read right, and allowed"),
            new(Ledger.Rulings.FalsePositive, "False positive: it was not what the case says"), new(Duplicate, "Duplicate of another case"),
            new(Ledger.Rulings.Indeterminate, "Nobody can tell"),
        ], false),
    ];

    /// <summary>As addresses spell it.</summary>
    public string Path => Kind.Replace('_', '-');

    /// <summary>Whether it says by how much.</summary>
    public bool TakesSpan => Kind == RequestKinds.Extend;

    /// <summary>Whether it names somebody.</summary>
    public bool TakesName => Kind == RequestKinds.HandOver;

    /// <summary>The kind that an address spells; null: there is none.</summary>
    public static ActKind? Of(string? path) => All.FirstOrDefault(kind => kind.Path == path);
}

/// <summary>A ruling to choose, and what it means here.</summary>
/// <param name="Ruling">One of <see cref="Rulings.All"/>; empty: none.</param>
public sealed record RulingChoice(string Ruling, string Words);
