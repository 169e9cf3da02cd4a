using Watchdog.Reports.Health;

namespace Watchdog.Tests.Reports.Health;

public sealed class ReadyRulesTests
{
    private static readonly ReadyFacts Fine = new(null, null, 3, 3, OthersWork: false);

    [Fact]
    public void A_worker_that_has_seen_a_scope_is_ready_although_others_cannot_be_listed() =>
        Assert.Equal((true, "1 of 3 scopes were listed"), ReadyRules.Decide(Fine with { Listed = 1 }));

    [Fact]
    public void A_worker_that_has_seen_nothing_is_not_ready() => Assert.False(ReadyRules.Decide(Fine with { Listed = 0 }).Ready);

    [Fact]
    public void A_standby_is_ready() => Assert.True(ReadyRules.Decide(Fine with { Listed = 0, OthersWork = true }).Ready);

    [Fact]
    public void A_lost_database_and_a_foreign_schema_are_told_by_name()
    {
        Assert.Equal((false, "the database does not answer: refused"), ReadyRules.Decide(Fine with { Database = "refused" }));
        Assert.Equal((false, "the schema is not this program's: newer"), ReadyRules.Decide(Fine with { Schema = "newer" }));
    }
}
