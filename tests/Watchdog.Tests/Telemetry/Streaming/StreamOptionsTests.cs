using Watchdog.Cli.Doctor;
using Watchdog.Inventory;
using Watchdog.Telemetry.Streaming;

namespace Watchdog.Tests.Telemetry.Streaming;

public sealed class StreamOptionsTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 10, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("CPUUtilization", null, true)]
    [InlineData("CPUUtilization, NetworkOut", "aaaaaaaaaaaaaaaaaaaa", true)]
    [InlineData("CPUUtilization", "aaaaaaaaaaaaaaaaaaaa bbbbbbbbbbbbbbbbbbbb", true)]
    [InlineData("CPUUtilization", "aaaaaaaaaaaaaaaaaaaa bbbbbbbbbbbbbbbbbbbb cccccccccccccccccccc", false)]
    [InlineData("CPUUtilization", "short", false)]
    [InlineData("CPUUtilization", "aaaaaaaaaaaaaaaaaaa\u00e9", false)]
    [InlineData("cpuutilization", null, false)]
    [InlineData("3", null, false)]
    [InlineData(" , ", null, false)]
    public void Keys_and_metrics_are_checked_and_no_key_is_repeated(string metrics, string? keys, bool wanted)
    {
        var result = new StreamValidator().Validate(null, new() { Stream = new() { Enabled = true, AccessKey = keys, Metrics = metrics } });
        Assert.Equal(wanted, result.Succeeded);
        Assert.True(keys is null || result.FailureMessage?.Contains(keys, StringComparison.Ordinal) != true);
    }

    [Fact]
    public void A_file_may_hold_the_keys_and_one_that_is_not_there_is_told()
    {
        var path = Path.GetTempFileName();
        try
        {
            File.WriteAllText(path, "aaaaaaaaaaaaaaaaaaaa\nbbbbbbbbbbbbbbbbbbbb\n");
            Assert.Equal(["aaaaaaaaaaaaaaaaaaaa", "bbbbbbbbbbbbbbbbbbbb"], new StreamOptions { AccessKeyFile = path }.Keys());
        }
        finally
        {
            File.Delete(path);
        }

        Assert.Contains("AccessKeyFile cannot be read", new StreamValidator().Validate(null, new() { Stream = new() { Enabled = true, AccessKeyFile = path } }).FailureMessage, StringComparison.Ordinal);
    }

    [Fact]
    public void The_doctor_tells_a_silent_stream_from_one_that_delivers()
    {
        var (scope, options) = (new Scope(1, "default/us-east-1", "us-east-1", null), new StreamOptions());
        Assert.Equal(CheckState.Ok, StreamCheck.Of(scope, Now.AddMinutes(-15), Now, options).State);
        Assert.Equal(CheckState.Wrong, StreamCheck.Of(scope, Now.AddMinutes(-16), Now, options).State);
        Assert.Contains("nothing yet", StreamCheck.Of(scope, null, Now, options).Detail, StringComparison.Ordinal);
    }
}
