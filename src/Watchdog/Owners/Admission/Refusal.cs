namespace Watchdog.Owners.Admission;

/// <summary>Why an owner may start no VM.</summary>
/// <param name="Reason">A word of the contract: <c>blocked</c> or <c>contained</c>.</param>
/// <param name="CaseId">The case, for those who ask Watchdog's operators about it.</param>
/// <param name="Until">When it ends by itself; null: when a person has ruled.</param>
public sealed record Refusal(string Reason, long CaseId, DateTimeOffset? Until)
{
    /// <summary>An act of kind block is in force.</summary>
    public const string Blocked = "blocked";

    /// <summary>A VM of the owner is contained for one of the configured classes.</summary>
    public const string Contained = "contained";

    /// <summary>Whether it still holds.</summary>
    public bool Holds(DateTimeOffset now) => Until is not { } until || until > now;

    /// <summary>The one of two that holds longer; of two that hold equally long, the block.</summary>
    public static Refusal Longer(Refusal one, Refusal other)
    {
        var (first, second) = (one.Until ?? DateTimeOffset.MaxValue, other.Until ?? DateTimeOffset.MaxValue);
        return first > second || first == second && one.Reason == Blocked ? one : other;
    }
}
