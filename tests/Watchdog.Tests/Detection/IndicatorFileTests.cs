using Watchdog.Detection;

namespace Watchdog.Tests.Detection;

public sealed class IndicatorFileTests
{
    [Fact]
    public void The_shipped_file_holds_and_is_dated()
    {
        var (set, faults) = IndicatorFile.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "indicators.json")));
        Assert.Empty(faults);
        Assert.True(set!.Count > 90);
        Assert.Matches(@"^\d{4}-\d{2}-\d{2}$", set.Version);
    }

    [Fact]
    public void Every_fault_is_named_with_its_entry_at_once()
    {
        var (set, faults) = IndicatorFile.Parse(
            """
            { "version": "a b", "indicators": [
              { "kind": "name", "value": "python3", "date": "2026-01-01", "source": "s" },
              { "kind": "argument", "value": "-a", "date": "2026-01-01", "source": "s" },
              { "kind": "pool", "value": "203.0.113.7", "date": "2026-01-01", "source": "s" },
              { "kind": "pool", "value": "pool.example.org", "date": "yesterday", "source": "" },
              { "kind": "port", "value": 70000, "date": "2026-01-01", "source": "s" },
              { "kind": "wallet", "value": "short", "date": "2026-01-01", "source": "s" },
              { "kind": "hash", "value": "x", "date": "2026-01-01", "source": "s" },
              { "kind": "port", "value": 3333, "date": "2026-01-01", "source": "s", "weight": 9 },
              { "kind": "port", "value": "3333", "date": "2026-01-01", "source": "s" },
              7 ] }
            """);
        Assert.Null(set);
        Assert.Collection(faults,
            f => Assert.Contains("version", f, StringComparison.Ordinal),
            f => Assert.Contains("entry 1 (name 'python3'): this program runs on every VM", f, StringComparison.Ordinal),
            f => Assert.Contains("entry 2", f, StringComparison.Ordinal),
            f => Assert.Contains("entry 3 (pool '203.0.113.7')", f, StringComparison.Ordinal),
            f => Assert.Contains("entry 4 (pool 'pool.example.org'): date", f, StringComparison.Ordinal),
            f => Assert.Contains("entry 4 (pool 'pool.example.org'): source", f, StringComparison.Ordinal),
            f => Assert.Contains("1 to 65535", f, StringComparison.Ordinal),
            f => Assert.Contains("entry 6", f, StringComparison.Ordinal),
            f => Assert.Contains("kind must be one of name, shared-name", f, StringComparison.Ordinal),
            f => Assert.Contains("'weight' is no field", f, StringComparison.Ordinal),
            f => Assert.Contains("a second time", f, StringComparison.Ordinal),
            f => Assert.Contains("entry 10", f, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{ \"version\": \"1\" }")]
    [InlineData("{ \"version\": \"1\", \"indicators\": [")]
    public void A_text_of_another_shape_is_a_fault_and_no_exception(string text)
    {
        var (set, faults) = IndicatorFile.Parse(text);
        Assert.Null(set);
        Assert.Single(faults);
    }
}
