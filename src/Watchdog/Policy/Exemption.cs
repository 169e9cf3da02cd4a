namespace Watchdog.Policy;

/// <summary>A scoped, reasoned exception that ends: nothing is done to the VMs that it covers until then.</summary>
/// <param name="Kind"><c>vm</c>, <c>owner</c>, <c>image</c>, <c>tag</c> or <c>executable</c>.</param>
/// <param name="Subject">Instance id, owner, image id, <c>key=value</c> of a tag, or the path of the program that has most of the CPU.</param>
public sealed record Exemption(long Id, string Kind, string Subject, string Reason, string Author, DateTimeOffset UntilAt)
{
    /// <summary>Every kind there is.</summary>
    public static IReadOnlyList<string> Kinds { get; } = ["vm", "owner", "image", "tag", "executable"];

    /// <summary>When it begins.</summary>
    public DateTimeOffset FromAt { get; init; }

    /// <summary>When a person ended it before its time; null where nobody has.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>How many VMs it has kept from an act so far.</summary>
    public int Matches { get; init; }

    /// <summary>When it last did for the first time to a VM; null while it never has.</summary>
    public DateTimeOffset? MatchedAt { get; init; }

    /// <summary>The case that gave rise to it; null where none did.</summary>
    public long? CaseId { get; init; }

    /// <summary>Who approved it beside its author; null where its scope needs one person.</summary>
    public string? ApprovedBy { get; init; }

    /// <summary>Why nothing is done.</summary>
    public string Sentence => FormattableString.Invariant($"{Kind} {Subject} is exempt until {UntilAt:yyyy-MM-dd HH:mm} UTC ({Author}: {Reason})");
}
