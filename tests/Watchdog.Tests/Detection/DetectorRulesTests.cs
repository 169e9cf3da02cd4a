using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;
using Watchdog.Detection;
using Watchdog.Detectors.Screening;
using Watchdog.Detectors.Verdicts;

namespace Watchdog.Tests.Detection;

public sealed class DetectorRulesTests
{
    [Fact]
    public void What_is_not_configured_has_its_default()
    {
        Assert.Equal(new DetectorOptions(), Configured());
        var rules = Configured(("Detection:Detectors:Screen:NoveltyPoints", "11.5"), ("Detection:Detectors:Miner:Verdict:Confirm", "0.95"));
        Assert.Equal(new DetectorOptions().Screen with { NoveltyPoints = 11.5f }, rules.Screen);
        Assert.Equal(0.95, rules.Miner.Verdict.Confirm);
        Assert.Equal(new TriageOptions(), rules.Triage);
    }

    [Fact]
    public void A_text_of_rules_goes_over_the_current_ones()
    {
        var current = Configured(("Detection:Detectors:Screen:NoveltyPoints", "11"));
        var rules = DetectorRules.Read("{ \"Screen\": { /* half an hour */ \"PlateauHigh\": 6 } }", current, "new.json");
        Assert.Equal(current with { Screen = current.Screen with { PlateauHigh = 6 } }, rules);
    }

    [Theory]
    [InlineData("{ \"Screen\": { \"NoveltyPoint\": 6 } }", "NoveltyPoint")]
    [InlineData("{ \"Screen\": { \"NoveltyPoints\": \"many\" } }", "NoveltyPoints")]
    [InlineData("{ \"Screen\": null }", "Screen is null")]
    [InlineData("[]", "must be an object")]
    [InlineData("{", "is no JSON")]
    public void A_name_or_a_value_that_is_none_is_refused(string json, string told)
    {
        var refusal = Assert.Throws<OptionsValidationException>(() => DetectorRules.Read(json, new DetectorOptions(), "new.json"));
        Assert.Contains(told, Assert.Single(refusal.Failures), StringComparison.Ordinal);
    }

    [Fact]
    public void All_values_out_of_range_are_named_at_once()
    {
        var refusal = Assert.Throws<OptionsValidationException>(() => DetectorRules.Read(
            """
            { "Screen": { "FloorPercent": 120, "PlateauHigh": 12, "PlateauPoints": 9 }, "Miner": { "Verdict": { "Suspect": 0.95 } }, "Triage": { "PricedShare": -1 } }
            """, new DetectorOptions(), "new.json"));
        Assert.Equal(4, refusal.Failures.Count());
    }

    private static DetectorOptions Configured(params (string Key, string Value)[] settings) => DetectorRules.Read(
        new ConfigurationBuilder().AddInMemoryCollection(settings.ToDictionary(s => s.Key, s => (string?)s.Value)).Build());
}
