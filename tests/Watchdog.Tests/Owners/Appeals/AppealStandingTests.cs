using Watchdog.Ledger.Appeals;
using Watchdog.Owners.Appeals;

namespace Watchdog.Tests.Owners.Appeals;

public sealed class AppealStandingTests
{
    private static readonly DateTimeOffset At = new(2026, 3, 2, 10, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("contained", null, "none", true, AppealStanding.Open)]
    [InlineData("open", null, "none", true, AppealStanding.Open)]
    [InlineData("confirmed", "true_positive", "none", true, AppealStanding.Open)]
    [InlineData("contained", null, "none", false, AppealStanding.Late)]
    [InlineData("contained", null, "waits", true, AppealStanding.UnderReview)]
    // A ruling from before the owner was heard answers nothing.
    [InlineData("confirmed", "true_positive", "waits", true, AppealStanding.UnderReview)]
    [InlineData("contained", null, "overdue", false, AppealStanding.Overdue)]
    [InlineData("confirmed", "true_positive", "ruled", false, AppealStanding.Upheld)]
    [InlineData("contained", "false_positive", "ruled", true, AppealStanding.Undoing)]
    [InlineData("contained", "benign_positive", "ruled", true, AppealStanding.Undoing)]
    [InlineData("contained", "indeterminate", "ruled", true, AppealStanding.Undecided)]
    [InlineData("contained", "duplicate", "ruled", true, AppealStanding.Undecided)]
    [InlineData("released", "false_positive", "ruled", true, AppealStanding.Released)]
    [InlineData("released", null, "none", true, AppealStanding.Released)]
    [InlineData("closed", null, "closed", true, AppealStanding.Over)]
    public void A_matter_stands_as_the_ledger_says(string state, string? ruling, string appeal, bool mayObject, AppealStanding expected) =>
        Assert.Equal(expected, AppealStandings.Of(state, ruling, Appeal(appeal), mayObject));

    private static AppealRecord? Appeal(string which) => which switch
    {
        "none" => null,
        "waits" => new(1, 1, At, "w", At.AddHours(4), null, null, null),
        "overdue" => new(1, 1, At, "w", At.AddHours(4), At.AddHours(5), null, null),
        _ => new(1, 1, At, "w", At.AddHours(4), null, At.AddHours(1), which),
    };
}
