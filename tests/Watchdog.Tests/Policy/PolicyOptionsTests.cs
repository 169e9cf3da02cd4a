using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Watchdog.Enforcement;
using Watchdog.Ledger;
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
        var failures = new EnforcementOptionsValidator().Validate(null, new EnforcementOptions { LookAgainSeconds = 0, MostCalls = 0 }).Failures!.ToList();

        Assert.Contains(failures, f => f.Contains("LookAgainSeconds", StringComparison.Ordinal));
        Assert.Contains(failures, f => f.Contains("MostCalls", StringComparison.Ordinal));
    }

    [Fact]
    public void The_shipped_settings_are_the_defaults_of_the_code()
    {
        var shipped = new ConfigurationBuilder().AddJsonFile(Path.Combine(AppContext.BaseDirectory, "appsettings.json")).Build();
        using var services = new ServiceCollection().AddLogging().AddSingleton<IConfiguration>(shipped).AddPolicy().AddEnforcement().BuildServiceProvider();

        Assert.Equal(LedgerJson.Write(new PolicyOptions()), LedgerJson.Write(services.GetRequiredService<IOptions<PolicyOptions>>().Value));
        Assert.Equal(LedgerJson.Write(new EnforcementOptions()), LedgerJson.Write(services.GetRequiredService<IOptions<EnforcementOptions>>().Value));
        foreach (var key in typeof(EnforcementOptions).GetProperties().Select(p => $"Enforcement:{p.Name}").Concat(typeof(CapOptions).GetProperties().Where(p => p.CanWrite).Select(p => $"Policy:Caps:{p.Name}")))
        {
            Assert.True(shipped[key] is not null, $"appsettings.json lacks {key}");
        }
    }
}
