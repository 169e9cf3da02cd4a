using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Watchdog.Detection;

namespace Watchdog.Tests.Detection;

public sealed class IndicatorSourceTests : IDisposable
{
    private readonly string _path = Path.Combine(Path.GetTempPath(), $"indicators-{Guid.NewGuid():N}.json");
    private DateTime _stamp = new(2026, 3, 1, 0, 0, 0, DateTimeKind.Utc);

    [Fact]
    public void A_changed_file_holds_at_once_and_a_bad_or_missing_one_leaves_the_old_set()
    {
        Write("one");
        var source = Open();
        Assert.Equal("one", source.Current().Version);

        Write("two");
        Assert.Equal("two", source.Current().Version);

        Put("{ \"version\": \"three\", \"indicators\": [ { \"kind\": \"what\" } ] }");
        Assert.Equal("two", source.Current().Version);

        File.Delete(_path);
        Assert.Equal("two", source.Current().Version);

        Write("four");
        Assert.Equal("four", source.Current().Version);
    }

    [Fact]
    public void An_unchanged_file_keeps_the_very_set_that_was_built()
    {
        Write("one");
        var source = Open();
        var before = source.Current();
        Write("one");
        Assert.Same(before, source.Current());
    }

    [Fact]
    public void A_bad_file_stops_the_start_and_names_all_its_faults()
    {
        Put("{ \"version\": \"\", \"indicators\": [ { \"kind\": \"what\" } ] }");
        var refusal = Assert.Throws<OptionsValidationException>(() => Open());
        Assert.Equal(2, refusal.Failures.Count());
        Assert.All(refusal.Failures, failure => Assert.Contains(_path, failure, StringComparison.Ordinal));
        File.Delete(_path);
        Assert.Throws<OptionsValidationException>(() => Open());
    }

    public void Dispose() => File.Delete(_path);

    private IndicatorSource Open() => new(Options.Create(new DetectionOptions { IndicatorsFile = _path }), NullLogger<IndicatorSource>.Instance);

    private void Write(string version) => Put(
        $$"""{ "version": "{{version}}", "indicators": [ { "kind": "name", "value": "xmrig", "date": "2026-01-01", "source": "test" } ] }""");

    private void Put(string text)
    {
        File.WriteAllText(_path, text);
        _stamp = _stamp.AddSeconds(1);
        File.SetLastWriteTimeUtc(_path, _stamp);
    }
}
