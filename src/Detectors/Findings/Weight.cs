namespace Watchdog.Detectors.Findings;

/// <summary>One line of the table of weights.</summary>
/// <param name="Code">Stable name of the evidence, kebab-case.</param>
/// <param name="Family">Where such evidence comes from.</param>
/// <param name="LogOdds">Natural log-odds; negative exculpates.</param>
public sealed record Weight(string Code, Family Family, double LogOdds)
{
    /// <summary>A piece of evidence of this weight.</summary>
    /// <param name="sentence">One sentence with its numbers.</param>
    /// <param name="decisive">Whether it is enough by itself where the hypervisor agrees.</param>
    public Evidence Because(string sentence, bool decisive = false) => new(Family, Code, LogOdds, sentence, decisive);
}
