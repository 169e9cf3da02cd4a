using System.Text.Json;
using Xunit.Abstractions;

namespace Watchdog.FleetSim.Tests.Server;

/// <summary>The stock aws command. Where it is not installed the test says so and ends.</summary>
public sealed class CommandLineTests(ITestOutputHelper output)
{
    [Fact]
    public async Task The_aws_command_pages_through_2500_VMs()
    {
        await using var host = await Host.StartAsync(TestFleet.Vms(2500));
        if (await Programs.Run("aws", "--version") is not { ExitCode: 0 })
        {
            output.WriteLine("The aws command is not installed: nothing was checked.");
            return;
        }

        var (code, text) = (await Programs.Run("aws", "ec2", "describe-instances", "--endpoint-url", host.Region.Endpoint.ToString(),
            "--page-size", "1000", "--output", "json", "--query", "Reservations[].Instances[].InstanceId"))!.Value;
        Assert.True(code == 0, text);
        using var ids = JsonDocument.Parse(text);
        Assert.Equal(Enumerable.Range(0, 2500).Select(TestFleet.Id), ids.RootElement.EnumerateArray().Select(i => i.GetString()));
        Assert.Equal(3, host.Region.CallCounts["ec2:DescribeInstances"]);
    }
}
