using Microsoft.Extensions.Options;
using Watchdog.IdleShutdown;
using Watchdog.IdleShutdown.Savings;
using Watchdog.Tests.Enforcement;

namespace Watchdog.Tests.IdleShutdown.Savings;

/// <summary>The file of prices: the shipped one is sound, and a fault in another one is named with its place.</summary>
public sealed class PriceFileTests
{
    [Fact]
    public void The_shipped_prices_are_sound_and_know_the_simulators_types()
    {
        var (prices, faults) = PriceFile.Read(PriceFile.Shipped);
        Assert.Empty(faults);
        Assert.Equal(0.0104m, prices!.Of("us-east-1", "t3.micro"));
        Assert.All(
            Watchdog.FleetSim.Fleet.FleetPlan.Generate(new() { Vms = 400 }).Select(vm => vm.InstanceType).Distinct(),
            type => Assert.NotNull(prices.Of("us-east-1", type)));
    }

    [Fact]
    public void A_type_or_a_region_that_the_file_does_not_name_has_no_price()
    {
        var prices = PriceFile.Read(PriceFile.Shipped).Prices!;
        Assert.Null(prices.Of("us-east-1", "u-24tb1.metal"));
        Assert.Null(prices.Of("mars-north-1", "t3.micro"));
    }

    [Theory]
    [InlineData("{", "it is no JSON")]
    [InlineData("[]", "a list \"prices\"")]
    [InlineData("""{"version":"a b","prices":[]}""", "\"version\" must be")]
    [InlineData("""{"version":"1","prices":[{"region":"Ireland","date":"2025-01-01","source":"s","usd_per_hour":{}}]}""", "Region's code")]
    [InlineData("""{"version":"1","prices":[{"region":"eu-west-1","date":"1.1.2025","source":"s","usd_per_hour":{}}]}""", "yyyy-MM-dd")]
    [InlineData("""{"version":"1","prices":[{"region":"eu-west-1","date":"2025-01-01","source":"","usd_per_hour":{}}]}""", "where they come from")]
    [InlineData("""{"version":"1","prices":[{"region":"eu-west-1","date":"2025-01-01","source":"s"}]}""", "usd_per_hour")]
    [InlineData("""{"version":"1","prices":[{"region":"eu-west-1","date":"2025-01-01","source":"s","usd_per_hour":{"t3.micro":-1}}]}""", "more than 0")]
    [InlineData("""{"version":"1","prices":[{"region":"eu-west-1","date":"2025-01-01","source":"s","usd_per_hour":{"t3.micro":"0.01"}}]}""", "as a number")]
    [InlineData("""{"version":"1","prices":[{"region":"eu-west-1","date":"2025-01-01","source":"s","usd_per_hour":{"t3.micro":1e30}}]}""", "as a number")]
    [InlineData("""{"version":"1","prices":[{"region":"eu-west-1","date":"2025-01-01","source":"s","usd_per_hour":{"micro":1}}]}""", "no instance type")]
    [InlineData("""{"version":"1","prices":[{"region":"eu-west-1","date":"2025-01-01","source":"s","usd_per_hour":{"t3.micro":1,"t3.micro":2}}]}""", "a second time")]
    [InlineData("""{"version":"1","prices":[{"region":"eu-west-1","date":"2025-01-01","source":"s","usd":{},"usd_per_hour":{}}]}""", "'usd' is no field")]
    [InlineData("""{"version":"1","prices":[7]}""", "Region ''")]
    [InlineData(
        """{"version":"1","prices":[{"region":"eu-west-1","date":"2025-01-01","source":"s","usd_per_hour":{}},{"region":"eu-west-1","date":"2025-01-01","source":"s","usd_per_hour":{}}]}""",
        "a second time")]
    public void What_is_wrong_is_named_and_gives_no_prices(string text, string named)
    {
        var (prices, faults) = PriceFile.Parse(text);
        Assert.Null(prices);
        Assert.Contains(faults, fault => fault.Contains(named, StringComparison.Ordinal));
    }

    [Fact]
    public void A_file_that_is_not_there_stops_the_start_and_is_named()
    {
        var checkedOptions = new PriceFileCheck().Validate(null, new IdleShutdownOptions { PricesFile = "nowhere/prices.json" });
        Assert.True(checkedOptions.Failed);
        Assert.Contains("IdleShutdown:PricesFile 'nowhere/prices.json': it cannot be read", checkedOptions.FailureMessage, StringComparison.Ordinal);
        Assert.True(new PriceFileCheck().Validate(null, new IdleShutdownOptions()).Succeeded);
    }

    [Fact]
    public async Task The_worker_asks_for_sound_prices_at_its_start()
    {
        await using var world = await World.CreateAsync(("IdleShutdown:PricesFile", "nowhere.json"));
        Assert.Throws<OptionsValidationException>(() => world.Get<IOptions<IdleShutdownOptions>>().Value);
    }
}
