using Amazon.EC2;
using Amazon.EC2.Model;
using Watchdog.Aws;
using Watchdog.Detectors.Facts;

namespace Watchdog.Tests.Aws;

public class StatusReadingTests
{
    [Theory]
    [InlineData("ok", "ok", "ok", true)]
    [InlineData("ok", "ok", null, true)]
    [InlineData("ok", "ok", "not-applicable", true)]
    [InlineData("impaired", "ok", "ok", false)]
    [InlineData("ok", "insufficient-data", "ok", false)]
    [InlineData("ok", "ok", "initializing", false)]
    public void A_vm_passes_when_no_check_says_otherwise(string? instance, string? system, string? ebs, bool passes) =>
        Assert.Equal(passes, StatusReading.Passes(Of(instance, system, ebs)));

    [Fact]
    public void What_aws_cannot_tell_is_unknown_and_the_earliest_impairment_counts()
    {
        var status = Of("impaired", "insufficient-data", null);
        status.Status!.Details = [Detail(10), Detail(5)];
        var facts = StatusReading.Read("i-1", status).Status;
        Assert.Equal(new StatusFacts(CheckState.Impaired, CheckState.Unknown, CheckState.Unknown, new(2026, 3, 2, 10, 5, 0, TimeSpan.Zero)), facts);
    }

    [Fact]
    public void Finished_events_are_not_scheduled_ones()
    {
        var status = Of("impaired", "ok", "ok");
        status.Events =
        [
            new() { Code = EventCode.SystemReboot, Description = "[Completed] scheduled reboot" },
            new() { Code = EventCode.InstanceRetirement, Description = "The instance is running on degraded hardware", NotBefore = At(20), NotAfter = At(40) },
        ];
        Assert.Equal(
            [new("instance-retirement", new(2026, 3, 2, 10, 20, 0, TimeSpan.Zero), new(2026, 3, 2, 10, 40, 0, TimeSpan.Zero))], StatusReading.Read("i-1", status).Events);
    }

    private static InstanceStatusDetails Detail(int minute) => new() { ImpairedSince = At(minute) };

    private static DateTime At(int minute) => new(2026, 3, 2, 10, minute, 0, DateTimeKind.Utc);

    private static InstanceStatus Of(string? instance, string? system, string? ebs) => new()
    {
        InstanceId = "i-1",
        Status = new() { Status = instance },
        SystemStatus = new() { Status = system },
        AttachedEbsStatus = ebs is null ? null : new() { Status = ebs },
    };
}
