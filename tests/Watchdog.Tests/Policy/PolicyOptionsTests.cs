using Watchdog.Enforcement;
using Watchdog.Policy;

namespace Watchdog.Tests.Policy;

public sealed class PolicyOptionsTests
{
    [Fact]
    public void Every_error_is_named_at_once_with_its_range()
    {
        var result = new PolicyOptionsValidator().Validate(null, new PolicyOptions
        {
            Mode = (PolicyMode)9,
            Miner = new ClassRule { Act = (ClassAct)7 },
            Caps = new CapOptions { PerFiveMinutes = -1, PerHour = -1, PerOwnerAndHour = -1, FleetPercentPerDay = double.NaN },
            MinimumHistory = TimeSpan.FromDays(91),
            ShardCadence = TimeSpan.Zero,
        });

        Assert.Equal(8, result.Failures!.Count());
        Assert.Contains("Policy:Caps:PerFiveMinutes is -1; it must be 0 to 10,000.", result.Failures!);
        Assert.Contains("Policy:Caps:FleetPercentPerDay is NaN; it must be 0 to 100.", result.Failures!);
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
