using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Watchdog.Inventory;
using Watchdog.Testing;

namespace Watchdog.Tests.Inventory;

public class ScopeCatalogTests
{
    [Fact]
    public async Task Configured_scopes_get_rows_once_and_keep_their_ids()
    {
        await using var database = await TestDatabase.CreateAsync();
        InventoryOptions options = new()
        {
            Scopes =
            {
                new() { AccountId = "123456789012", RoleArn = "arn:aws:iam::123456789012:role/watchdog", Regions = { "eu-west-1", "us-east-1" } },
                new() { Regions = { "eu-west-1" } },
            },
        };
        var catalog = new ScopeCatalog(database.Source, Options.Create(options), () => throw new InvalidOperationException());

        var first = await catalog.LoadAsync(default);
        var second = await catalog.LoadAsync(default);

        Assert.Equal(["123456789012/eu-west-1", "123456789012/us-east-1", "default/eu-west-1"], first.Select(s => s.Key));
        Assert.Equal(first, second);
        Assert.Equal(3, first.Select(s => s.Id).Distinct().Count());
        Assert.Equal("arn:aws:iam::123456789012:role/watchdog", first[0].RoleArn);
        Assert.Null(first[2].RoleArn);
    }

    [Fact]
    public async Task Without_configuration_the_default_region_is_the_scope()
    {
        await using var database = await TestDatabase.CreateAsync();
        var catalog = new ScopeCatalog(database.Source, Options.Create(new InventoryOptions()), () => "eu-north-1");

        Assert.Equal(("default/eu-north-1", "eu-north-1", null), (await catalog.LoadAsync(default)).Select(s => (s.Key, s.Region, s.RoleArn)).Single());
    }

    [Fact]
    public void Wrong_settings_are_reported_all_at_once()
    {
        var provider = Configured(new()
        {
            ["Inventory:ManagedTag"] = "",
            ["Inventory:CoverageGapSeconds"] = "5",
            ["Inventory:Scopes:0:AccountId"] = "12",
            ["Inventory:Scopes:0:Regions:0"] = "eu-west-1",
            ["Inventory:Scopes:1:Regions:0"] = "us-east-1",
            ["Inventory:Scopes:2:Regions:0"] = "us-east-1",
        });

        var failures = Assert.Throws<OptionsValidationException>(() => provider.GetRequiredService<IOptions<InventoryOptions>>().Value).Failures.ToList();

        foreach (var part in (string[])["ManagedTag", "CoverageGapSeconds", "AccountId", "default/us-east-1 is configured twice"])
        {
            Assert.Contains(failures, failure => failure.Contains(part, StringComparison.Ordinal));
        }
    }

    [Fact]
    public void The_defaults_are_valid() => Assert.Equal("watchdog:managed", Configured([]).GetRequiredService<IOptions<InventoryOptions>>().Value.ManagedTag);

    private static ServiceProvider Configured(Dictionary<string, string?> settings) => new ServiceCollection()
        .AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(settings).Build())
        .AddInventory().BuildServiceProvider();
}
