using Watchdog.Detectors.Findings;

namespace Watchdog.Detectors.Verdicts;

/// <summary>Puts a finding's pieces into one text, the heaviest first.</summary>
public static class Reasons
{
    private const int Told = 4;

    /// <summary>The sentences of the heaviest pieces, up to four; never empty.</summary>
    public static string Of(FindingClass @class, IReadOnlyList<Evidence> evidence)
    {
        if (evidence.Count == 0)
        {
            return $"Nothing speaks for {Finding.NameOf(@class)}.";
        }

        return string.Join(' ', evidence.OrderByDescending(static piece => Math.Abs(piece.Weight)).ThenBy(static piece => piece.Code, StringComparer.Ordinal)
            .Take(Told).Select(static piece => piece.Sentence));
    }
}
