using Watchdog.Ledger;
using Watchdog.Ledger.Appeals;

namespace Watchdog.Owners.Appeals;

/// <summary>How an owner's matter stands, as the owner is told.</summary>
public enum AppealStanding
{
    /// <summary>The owner has said nothing yet, and may.</summary>
    Open,
    /// <summary>The owner has said nothing, and the time for it has passed.</summary>
    Late,
    /// <summary>A person is to look at it by the clock's end.</summary>
    UnderReview,
    /// <summary>The clock has run out; people were told.</summary>
    Overdue,
    /// <summary>A person ruled that it was not as the case says, or that the owner may do it; what was done is being undone.</summary>
    Undoing,
    /// <summary>What was done is undone.</summary>
    Released,
    /// <summary>A person looked, and it stays.</summary>
    Upheld,
    /// <summary>A person looked and has not decided yet.</summary>
    Undecided,
    /// <summary>The case is over: the behaviour ended, or the VM is gone.</summary>
    Over,
}

/// <summary>Reads the standing off the ledger. Pure.</summary>
public static class AppealStandings
{
    /// <summary>The standing of a case.</summary>
    /// <param name="state">The case's state.</param>
    /// <param name="ruling">Its latest ruling; null: none.</param>
    /// <param name="appeal">What the owner said; null: nothing.</param>
    /// <param name="mayObject">Whether the link still takes an objection.</param>
    public static AppealStanding Of(string state, string? ruling, AppealRecord? appeal, bool mayObject) => state switch
    {
        CaseStates.Released => AppealStanding.Released,
        CaseStates.Closed => AppealStanding.Over,
        _ => appeal switch
        {
            // A ruling that came before the owner was heard ends nothing.
            null => mayObject ? AppealStanding.Open : AppealStanding.Late,
            { Ended: null, FiredAt: null } => AppealStanding.UnderReview,
            { Ended: null } => AppealStanding.Overdue,
            _ => ruling switch
            {
                Rulings.TruePositive => AppealStanding.Upheld,
                { } wrong when Rulings.WasWrong(wrong) => AppealStanding.Undoing,
                _ => AppealStanding.Undecided,
            },
        },
    };
}
