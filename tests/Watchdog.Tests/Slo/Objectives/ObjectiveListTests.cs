using Watchdog.Slo.Burning;
using Watchdog.Slo.Objectives;

namespace Watchdog.Tests.Slo.Objectives;

public sealed class ObjectiveListTests
{
    private static ObjectiveOption Region => new() { Name = "region", Of = "region", Target = 0.9995m };

    [Fact]
    public void Nothing_configured_means_what_is_recommended()
    {
        var objectives = ObjectiveList.Of([]);
        Assert.Equal(["vm", "region", "type", "fleet"], objectives.Select(objective => objective.Name));
        Assert.Equal([0.995m, 0.9995m, 0.9995m, 0.9995m], objectives.Select(objective => objective.Target));
        Assert.Empty(objectives[0].Burn);
        Assert.All(objectives.Skip(1), objective => Assert.Equal(BurnRung.Standard, objective.Burn));
    }

    [Fact]
    public void A_list_that_is_given_is_the_whole_of_it()
    {
        var only = Assert.Single(ObjectiveList.Of([new() { Name = "paid", Of = "plan", Only = ["pro", "team"], Target = 0.999m, Burn = "6/6h+30m" }]));
        Assert.Equal(Dimension.Plan, only.Of);
        Assert.Equal(new BurnRung(6, 360, 30), Assert.Single(only.Burn));
        Assert.True(only.Covers("pro"));
        Assert.False(only.Covers("free"));
        Assert.Equal("paid:pro", only.LabelFor("pro"));
    }

    [Fact]
    public void Every_error_is_named_at_once_with_where_and_the_mend()
    {
        var errors = ObjectiveList.Errors(
        [
            new() { Name = "fleet", Of = "fleet", Target = 1 },
            new() { Name = "fleet", Of = "zone", Target = 99.5m },
            new() { Name = "Not good", Of = "vm", Target = 0.995m, Burn = "14.4/1h+5m", Only = ["i-1"] },
            new() { Name = "low", Of = "region", Target = 0.9m, Burn = "14.4/1h+5m, 6/6h+30m" },
            new() { Name = "odd", Of = "plan", Target = 0.999m, Burn = "6/6h" },
        ]).ToList();
        Assert.Equal(9, errors.Count);
        Assert.Contains("Slo:Objectives:0:Target is 1; it must be over 0 and under 1: a target of 1 has no budget", errors[0], StringComparison.Ordinal);
        Assert.Contains("Slo:Objectives:1:Name is 'fleet', which an objective before it is called", errors[1], StringComparison.Ordinal);
        Assert.Contains("Slo:Objectives:1:Target is 99.5; it must be over 0 and under 1: it is a share; write 0.995 for 99.5 %", errors[2], StringComparison.Ordinal);
        Assert.Contains("Slo:Objectives:1:Of is 'zone'; it must be one of vm, region, type, plan, fleet", errors[3], StringComparison.Ordinal);
        Assert.Contains("Slo:Objectives:2:Name is 'Not good'", errors[4], StringComparison.Ordinal);
        Assert.Contains("Slo:Objectives:2:Only names groups, but 'vm' has none", errors[5], StringComparison.Ordinal);
        Assert.Contains("Slo:Objectives:2:Burn is '14.4/1h+5m', but one VM pages nobody", errors[6], StringComparison.Ordinal);
        Assert.Contains("Slo:Objectives:3:Burn has factor 14.4, which can never be reached: with every minute bad a target of 0.9 burns 10 times", errors[7], StringComparison.Ordinal);
        Assert.Contains("Slo:Objectives:4:Burn has '6/6h'; write factor/long+short", errors[8], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0.0)]
    [InlineData(-0.5)]
    [InlineData(1.0)]
    [InlineData(1.5)]
    [InlineData(100.0)]
    public void A_target_must_leave_a_budget(double target) =>
        Assert.Contains(ObjectiveList.Errors([new() { Name = "x", Of = "region", Target = (decimal)target, Burn = "none" }]), error => error.Contains("Target", StringComparison.Ordinal));

    [Fact]
    public void A_factor_that_all_minutes_bad_just_reach_is_allowed() =>
        Assert.Empty(ObjectiveList.Errors([new() { Name = "x", Of = "region", Target = 0.9m, Burn = "10/1h+5m" }]));

    [Fact]
    public void The_recommended_ones_written_out_are_in_order() =>
        Assert.Empty(ObjectiveList.Errors([Region, new() { Name = "vm", Of = "vm", Target = 0.995m }, new() { Name = "fleet", Of = "fleet", Target = 0.9995m }]));

    [Theory]
    [InlineData("14.4/1h+5m, 14.4/1h+5m", "twice")]
    [InlineData("0/1h+5m", "over 0")]
    [InlineData("1/5m+1h", "longer")]
    [InlineData("1/1h+1h", "longer")]
    [InlineData("1/1h+7m", "five minutes")]
    [InlineData("1/1h+0m", "five minutes")]
    [InlineData("1/29d+1h", "28 days")]
    [InlineData("", "write factor/long+short")]
    [InlineData("x/1h+5m", "write factor/long+short")]
    public void A_rate_that_makes_no_sense_is_refused_with_the_mend(string text, string says) =>
        Assert.Contains(says, Assert.Throws<FormatException>(() => BurnRung.ParseAll(text)).Message, StringComparison.Ordinal);

    [Fact]
    public void A_rate_reads_back_as_it_is_written()
    {
        const string text = "14.4/1h+5m, 6/6h+30m, 3/1d+2h, 1/3d+6h";
        Assert.Equal(BurnRung.Standard, BurnRung.ParseAll(text));
        Assert.Equal(text, string.Join(", ", BurnRung.Standard));
        Assert.Empty(BurnRung.ParseAll("none"));
    }
}
