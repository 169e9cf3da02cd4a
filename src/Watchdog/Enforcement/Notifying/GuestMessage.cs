using static System.FormattableString;

namespace Watchdog.Enforcement.Notifying;

/// <summary>What whoever is logged in to a VM is told: one of the notifying document's fixed texts.</summary>
/// <param name="Code">One of <see cref="IdleShutdown.Warnings.MessageCodes"/>.</param>
/// <param name="Minutes">In how many minutes the VM is stopped, 0 to <see cref="MostMinutes"/>; 0 where the text names none.</param>
public sealed record GuestMessage(string Code, int Minutes)
{
    /// <summary>What the document's pattern lets through.</summary>
    public const int MostMinutes = 1_440;

    /// <summary>In words.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public string Words => Minutes == 0 ? $"message '{Code}'" : Invariant($"message '{Code}', {Minutes} min");
}
