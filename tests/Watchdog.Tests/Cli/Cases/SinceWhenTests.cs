using Watchdog.Cli;
using Watchdog.Cli.Cases;

namespace Watchdog.Tests.Cli.Cases;

public sealed class SinceWhenTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 10, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("30m", "2026-03-02T09:30:00Z")]
    [InlineData("24h", "2026-03-01T10:00:00Z")]
    [InlineData("7d", "2026-02-23T10:00:00Z")]
    [InlineData("2026-01-31T12:00", "2026-01-31T12:00:00Z")]
    [InlineData("2026-01-31T12:00+02:00", "2026-01-31T10:00:00Z")]
    public void An_instant_or_how_long_ago(string text, string expected) =>
        Assert.Equal(expected, SinceWhen.Read(text, Now)!.Value.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", null));

    [Theory]
    [InlineData("5x")]
    [InlineData("d")]
    [InlineData("-5d")]
    [InlineData("2000000000d")]
    [InlineData("")]
    public void Anything_else_is_refused(string text) => Assert.Throws<UsageException>(() => SinceWhen.Read(text, Now));

    [Fact]
    public void Nothing_asked_narrows_nothing() => Assert.Null(SinceWhen.Read(null, Now));
}
