using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Watchdog.Aws;
using Watchdog.Diagnostics;
using Watchdog.Inventory;
using Watchdog.Telemetry;

namespace Watchdog.Tests.Aws;

public class AwsOptionsTests
{
    [Fact]
    public void Wrong_settings_are_reported_all_at_once()
    {
        using var provider = Configured(new() { ["Aws:RateShare"] = "1.5", ["Aws:TimeoutSeconds"] = "0", ["Aws:MonthlyBudgetUsd"] = "-1" });
        var failures = Assert.Throws<OptionsValidationException>(() => provider.GetRequiredService<IOptions<AwsOptions>>().Value).Failures.ToList();
        Assert.Equal(3, failures.Count);
    }

    [Fact]
    public void A_pattern_is_no_document_name()
    {
        using var provider = Configured(new() { ["Telemetry:InspectDocument"] = "Watchdog-*" });
        Assert.Throws<OptionsValidationException>(() => provider.GetRequiredService<IOptions<TelemetryOptions>>().Value);
    }

    [Fact]
    public void The_shipped_settings_are_the_defaults_and_valid()
    {
        var file = Path.Combine(AppContext.BaseDirectory, "appsettings.json");
        var shipped = new ConfigurationBuilder().AddJsonFile(file).Build();
        Assert.Equivalent(new AwsOptions(), shipped.GetRequiredSection(AwsOptions.Section).Get<AwsOptions>(), strict: true);
        Assert.Equivalent(new TelemetryOptions(), shipped.GetRequiredSection(TelemetryOptions.Section).Get<TelemetryOptions>(), strict: true);
        Assert.Equivalent(new InventoryOptions(), shipped.GetRequiredSection(InventoryOptions.Section).Get<InventoryOptions>(), strict: true);
        foreach (var (section, type) in ((string, Type)[])[
            (AwsOptions.Section, typeof(AwsOptions)), (TelemetryOptions.Section, typeof(TelemetryOptions)), (InventoryOptions.Section, typeof(InventoryOptions))])
        {
            Assert.Equal(type.GetProperties().Select(p => p.Name).Order(), shipped.GetSection(section).GetChildren().Select(child => child.Key).Order());
        }
    }

    private static ServiceProvider Configured(Dictionary<string, string?> settings) => new ServiceCollection().AddLogging()
        .AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(settings).Build()).AddSingleton(Clocks.Real)
        .AddInventory().AddTelemetry().AddAws().BuildServiceProvider();
}
