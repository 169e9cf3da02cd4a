namespace Watchdog.Ledger;

/// <summary>How asking went.</summary>
public enum AskedAs
{
    /// <summary>It is recorded.</summary>
    Recorded,
    /// <summary>The same was recorded before, and stands.</summary>
    Again,
    /// <summary>It means nothing as it stands; nothing was recorded.</summary>
    Wrong,
    /// <summary>What it is about does not exist.</summary>
    Unknown,
    /// <summary>It goes against what is there, or against who asks; nothing was recorded.</summary>
    Conflict,
}

/// <summary>What came of asking.</summary>
/// <param name="Id">Key of what was recorded, now or before; null where nothing was.</param>
/// <param name="Sentence">In words, for who asked.</param>
public sealed record Asked(AskedAs As, long? Id, string Sentence)
{
    /// <summary>Whether what was asked for stands.</summary>
    public bool Stands => As is AskedAs.Recorded or AskedAs.Again;
}
