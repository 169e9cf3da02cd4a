using System.Text.Json;
using Watchdog.Ledger;

namespace Watchdog.Enforcement.Restraining;

/// <summary>How far a step has come; stored as its detail between two looks. Whatever else stands there means: begin, which is idempotent.</summary>
/// <param name="CommandId">The command whose answer is waited for; null before the first.</param>
/// <param name="AskedAt">When it was sent, fleet time.</param>
/// <param name="First">The first answer, where this is the second command.</param>
public sealed record RestrainProgress(string? CommandId, DateTimeOffset AskedAt, RestrainAnswer? First)
{
    /// <summary>Nothing was sent.</summary>
    public static readonly RestrainProgress None = new(null, default, null);

    /// <summary>Reads a step's.</summary>
    public static RestrainProgress Of(StepRecord step)
    {
        try
        {
            return step is { CalledAt: not null, Detail: ['{', ..] detail } ? LedgerJson.Read<RestrainProgress>(detail) : None;
        }
        catch (JsonException)
        {
            return None;
        }
    }
}
