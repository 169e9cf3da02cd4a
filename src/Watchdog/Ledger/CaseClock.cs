using System.Globalization;

namespace Watchdog.Ledger;

/// <summary>What happens to a contained case that nobody confirms or releases; a ruling alone decides nothing.</summary>
/// <param name="At">When.</param>
/// <param name="Does"><see cref="Release"/> or <see cref="Escalate"/>.</param>
/// <param name="FiredAt">When it fell due without a ruling; null before.</param>
public sealed record CaseClock(DateTimeOffset At, string Does, DateTimeOffset? FiredAt = null)
{
    /// <summary>Watchdog asks for the release itself.</summary>
    public const string Release = "release";

    /// <summary>Event <c>case.clock_due</c>: people are told that nobody has decided.</summary>
    public const string Escalate = "escalate";

    /// <summary>The clock in a few words, e.g. <c>released at 2026-03-02 10:00Z unless somebody confirms it</c>.</summary>
    public string Words()
    {
        var (at, fired) = (Minute(At), FiredAt is { } instant ? Minute(instant) : "");
        return (Does, FiredAt) switch
        {
            (Release, null) => $"released at {at} unless somebody confirms it",
            (Release, _) => $"release asked for at {fired}: nobody had confirmed it",
            (_, null) => $"escalates at {at} unless somebody confirms or releases it",
            _ => $"escalated at {fired}: nobody had confirmed or released it",
        };
    }

    private static string Minute(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd HH:mm'Z'", CultureInfo.InvariantCulture);
}

/// <summary>Which clock a case gets when it is contained; the policy's to say.</summary>
public interface ICaseClocks
{
    /// <summary>The clock that starts now; null: none.</summary>
    /// <param name="found">The case's class, lower case.</param>
    CaseClock? For(string found, DateTimeOffset now);
}
