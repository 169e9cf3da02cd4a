using Amazon.EC2;
using Amazon.Runtime;
using Watchdog.Cli.Demo;
using Watchdog.Enforcement;
using Watchdog.FleetSim;
using Watchdog.FleetSim.State;
using Watchdog.IdleShutdown;

namespace Watchdog.Tests.Drills;

/// <summary>Hours of a simulated fleet in which idle VMs are stopped: what their guests were told and when, and what an owner's start means.</summary>
public sealed class IdleWarningDrill
{
    [Fact]
    [Trait("Category", "Drill")]
    public async Task Each_guest_was_told_a_quarter_of_an_hour_before_its_stop_and_a_vm_that_its_owner_starts_is_left_alone()
    {
        await using var stage = await DemoStage.SetAsync(60);
        var region = stage.Region;

        await stage.RunAsync(60);
        Assert.Equal(0, stage.Pipeline.Failures);
        var stopped = await DemoLedger.StoppedIdleAsync(stage.Database, default);
        Assert.NotEmpty(stopped);
        Assert.Empty((await DemoLedger.WarningsAsync(stage.Database, default)).Unwarned);
        foreach (var (id, at) in stopped)
        {
            var notice = Assert.Single(region.State.NoticesUntil(IndexOf(region, id), at));
            Assert.Equal("idle", notice.Code);
            Assert.InRange(notice.Minutes, 14, 15);
            Assert.True(at >= notice.At.AddMinutes(15), $"{id} was told at {notice.At:T} and stopped at {at:T}");
        }

        var started = stopped.Keys.Order(StringComparer.Ordinal).First(id => region.State.StateOf(IndexOf(region, id)) == PowerState.Stopped);
        using (var owner = new AmazonEC2Client(new BasicAWSCredentials("AKIDOWNER", "secret"), new AmazonEC2Config { ServiceURL = region.Endpoint.ToString(), AuthenticationRegion = "us-east-1" }))
        {
            await owner.StartInstancesAsync(new() { InstanceIds = [started] });
        }

        await stage.RunAsync(120);
        Assert.Equal(PowerState.Running, region.State.StateOf(IndexOf(region, started)));
        Assert.Null(region.State.MessageOfTheDay(IndexOf(region, started), stage.Clock.GetUtcNow()));
        var scope = await stage.ScopeAsync();
        var listed = (await stage.Get<IActuator>().ReadAsync(scope, [started], default)).Single();
        Assert.DoesNotContain("watchdog:stopped", listed.Tags.Keys);
        var verdict = await stage.Get<IdleDesk>().ExplainAsync(scope, started, default);
        Assert.Contains(verdict!.Keepers, keeper => keeper.Code is "started-again" or "uptime");
    }

    private static int IndexOf(SimulatedRegion region, string id) => region.State.Vms.Single(vm => vm.InstanceId == id).Index;
}
