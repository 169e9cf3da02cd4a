using System.Text.Json;
using Watchdog.Ledger;

namespace Watchdog.Enforcement.Steps;

/// <summary>An SSM command that is on its way; stored as the step's detail between two runs.</summary>
/// <param name="Command">The command's id.</param>
/// <param name="AskedAt">When it was sent, fleet time.</param>
/// <param name="Since">When the first of the commands that it repeats was sent; null for a command that is sent once.</param>
internal sealed record CommandProgress(string Command, DateTimeOffset AskedAt, DateTimeOffset? Since = null)
{
    /// <summary>A step's; null where none is noted, or something else stands there.</summary>
    public static CommandProgress? Of(StepRecord step)
    {
        try
        {
            return step is { CalledAt: not null, Detail: ['{', ..] detail } ? LedgerJson.Read<CommandProgress>(detail) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
