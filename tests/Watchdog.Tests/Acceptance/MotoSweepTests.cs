using System.Text.Json;
using Watchdog.Testing;
using Xunit.Abstractions;

namespace Watchdog.Tests.Acceptance;

/// <summary>A sweep over moto, an emulator of AWS that others wrote. Where it is not installed the test says so and ends.</summary>
public sealed class MotoSweepTests(ITestOutputHelper output)
{
    [Fact]
    public async Task Of_300_instances_the_7_hot_ones_are_found_with_the_fewest_calls_and_nothing_else()
    {
        if (!await Moto.IsThereAsync())
        {
            output.WriteLine("python3 with moto and boto3 is not installed: nothing was checked.");
            return;
        }

        var (moto, url) = await Moto.StartAsync();
        await using var process = moto;
        await using var database = await TestDatabase.CreateAsync();
        await using var filling = Child.Start("python3", [Moto.Script("moto_fleet.py"), url, "300", "7"]);
        var hot = (await filling.EndAsync()).With(0).Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(7, hot.Length);

        // moto walks through every stored point for each of the 300 queries: on a busy machine one answer takes minutes.
        await using var sweep = BuiltProgram.Start(["sweep", "--json"], BuiltProgram.On(url, database.ConnectionString, ("Aws__TimeoutSeconds", "300")));
        var ended = (await sweep.EndAsync(TimeSpan.FromMinutes(10))).With(0);

        using var document = JsonDocument.Parse(ended.Output);
        var pass = document.RootElement;
        Assert.Equal((300, 300), (pass.GetProperty("vms").GetInt32(), pass.GetProperty("judged").GetInt32()));
        Assert.Equal(hot.Order(StringComparer.Ordinal),
            pass.GetProperty("findings").EnumerateArray().Select(f => f.GetProperty("instance_id").GetString()).Order(StringComparer.Ordinal));
        var calls = pass.GetProperty("aws_calls");
        Assert.Equal(1, calls.GetProperty("ec2:DescribeInstances").GetInt64());
        // One for the CPU of 300 (a call takes 500 metrics), one for the context of the seven.
        Assert.Equal(2, calls.GetProperty("cloudwatch:GetMetricData").GetInt64());
        Assert.Equal(0, pass.GetProperty("acts_planned").GetInt32());
    }
}
