namespace Watchdog.Detectors.Replaying;

/// <summary>Reads kinds out of a label's notes.</summary>
public static class Kind
{
    /// <summary>Label and kind, e.g. <c>miner/throttled</c>: the word after OVERLAY, or first boot, credits, or cores.</summary>
    public static string Of(Truth truth)
    {
        var notes = truth.Notes;
        var kind = notes.Contains("first boot", StringComparison.Ordinal) ? "first-boot"
            : notes.Contains("credits", StringComparison.Ordinal) ? "credits"
            : notes.Contains("cores spin", StringComparison.Ordinal) ? "spin"
            : notes.Contains("SPLICE", StringComparison.Ordinal) ? "splice"
            : Stratum(truth);
        return $"{truth.Label}/{kind}";
    }

    /// <summary>The first word after REAL or OVERLAY, lower case; <c>other</c> when there is none.</summary>
    public static string Stratum(Truth truth)
    {
        var words = truth.Notes.Split([' ', ',', ':'], StringSplitOptions.RemoveEmptyEntries);
        var at = Array.FindIndex(words, static word => word is "REAL" or "OVERLAY");
        return at >= 0 && at + 1 < words.Length ? words[at + 1] : "other";
    }
}
