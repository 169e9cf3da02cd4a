using Watchdog.Detectors.Findings;
using Watchdog.Enforcement;
using Watchdog.Policy;
using Watchdog.Policy.Ladders;

namespace Watchdog.Tests.Policy;

public sealed class PolicyOptionsTests
{
    [Fact]
    public void Every_error_is_named_at_once_with_its_range()
    {
        var result = new PolicyOptionsValidator().Validate(null, new PolicyOptions
        {
            Mode = (PolicyMode)9,
            Miner = new ClassRule { Ladder = "stop, restrain" },
            Caps = new CapOptions { PerFiveMinutes = -1, PerHour = -1, PerOwnerAndHour = -1, FleetPercentPerDay = double.NaN },
            MinimumHistory = TimeSpan.FromDays(91),
            ShardCadence = TimeSpan.Zero,
        });

        Assert.Equal(8, result.Failures!.Count());
        Assert.Contains("Policy:Caps:PerFiveMinutes is -1; it must be 0 to 10,000.", result.Failures!);
        Assert.Contains("Policy:Caps:FleetPercentPerDay is NaN; it must be 0 to 100.", result.Failures!);
    }

    [Theory]
    [InlineData("observe, propose", "proposes nothing")]
    [InlineData("stop, stop", "does not climb")]
    [InlineData("", "does not climb")]
    [InlineData("quarantine, delete", "'delete' is no rung")]
    public void A_ladder_that_makes_no_sense_is_told_with_its_word(string ladder, string told)
    {
        var options = new PolicyOptions();
        options.Plans["pro"] = new PlanRule { Miner = new ClassOverride { Ladder = ladder } };
        Assert.Contains(told, Assert.Single(new PolicyOptionsValidator().Validate(null, options).Failures!), StringComparison.Ordinal);
        Assert.StartsWith("Policy:Plans:pro:Miner: ", Assert.Single(new PolicyOptionsValidator().Validate(null, options).Failures!), StringComparison.Ordinal);
    }

    [Fact]
    public void Rules_around_the_ladder_are_checked_as_well()
    {
        var options = new PolicyOptions { RulingMemory = TimeSpan.FromDays(366) };
        options.Miner.DecisiveFrom = "stop";
        options.ForkBomb.ClimbAfter = "verified, applied";
        options.Runaway.BetweenRungs = TimeSpan.Zero;
        options.Panic.Evidence = (EvidenceNeed)9;
        options.Panic.Persistence = TimeSpan.FromDays(8);
        options.QuietHours = new() { From = "22:00", To = "7", Zone = "Europe/Berlin" };

        var failures = new PolicyOptionsValidator().Validate(null, options).Failures!.ToList();

        Assert.Equal(7, failures.Count);
        Assert.Contains("Policy:QuietHours: '7' is no time of day such as 22:00.", failures);
        Assert.Contains("Policy:ForkBomb: 'applied' is no ending to climb after; they are verified, unverifiable, refused, failed.", failures);
    }

    [Fact]
    public void A_plan_lays_over_the_rule_only_what_it_says()
    {
        var options = new PolicyOptions();
        options.Runaway.BetweenRungs = TimeSpan.FromHours(1);
        options.Plans["pro"] = new PlanRule { Approval = "all", Runaway = new ClassOverride { Ladder = "warn, stop", Approval = "stop" } };

        var (pro, free) = (options.LadderOf(FindingClass.Runaway, "pro")!, options.LadderOf(FindingClass.Runaway, "free")!);
        Assert.Equal([Rung.Warn, Rung.Stop], pro.Rungs);
        Assert.Equal([Rung.Stop], pro.Approval);
        Assert.Equal(TimeSpan.FromHours(1), pro.BetweenRungs);
        Assert.Equal([Rung.Restrain, Rung.Stop], free.Rungs);
        Assert.Empty(free.Approval);
        Assert.Contains(Rung.Quarantine, options.LadderOf(FindingClass.Miner, "pro")!.Approval);
        Assert.Null(options.LadderOf(FindingClass.HostFault, null));
    }

    [Fact]
    public void The_defaults_are_valid() => Assert.True(new PolicyOptionsValidator().Validate(null, new PolicyOptions()).Succeeded);

    [Fact]
    public void The_enforcement_sections_errors_are_named_at_once_too()
    {
        var failures = new EnforcementOptionsValidator()
            .Validate(null, new EnforcementOptions { LookAgainSeconds = 0, MostCalls = 0 }).Failures!.ToList();

        Assert.Contains(failures, f => f.Contains("LookAgainSeconds", StringComparison.Ordinal));
        Assert.Contains(failures, f => f.Contains("MostCalls", StringComparison.Ordinal));
    }
}
