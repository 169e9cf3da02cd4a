using System.Text.Json;

namespace Watchdog.Tests.Acceptance;

/// <summary><c>watchdog demo</c> as a program reads it: a private Postgres, a Region and the worker in one process.</summary>
public sealed class DemoTests
{
    [Fact]
    public async Task A_headless_demo_says_one_document_and_is_healthy()
    {
        var ended = (await BuiltProgram.RunAsync(null, "demo", "--headless", "--json", "--vms", "300", "--minutes", "20", "--speed", "100000")).With(0);

        using var document = JsonDocument.Parse(ended.Output);
        var report = document.RootElement;
        string[] promised = ["healthy", "vms", "simulated_minutes", "classes", "benign_acted_on", "aws_calls", "usd_per_vm_month"];
        Assert.Equal(promised, report.EnumerateObject().Select(p => p.Name).Take(promised.Length));
        Assert.True(report.GetProperty("healthy").GetBoolean(), ended.Told);
        Assert.Equal((300, 20), (report.GetProperty("vms").GetInt32(), report.GetProperty("simulated_minutes").GetInt32()));
        Assert.Equal(0, report.GetProperty("benign_acted_on").GetInt32());
        Assert.InRange(report.GetProperty("aws_calls").GetProperty("ec2:DescribeInstances").GetInt64(), 20, 60);
        Assert.True(report.GetProperty("usd_per_vm_month").GetDouble() > 0, ended.Told);
        string[] keys = ["class", "injected", "detected", "contained", "median_minutes_to_detect", "median_minutes_to_contain"];
        Assert.All(report.GetProperty("classes").EnumerateArray(),
            row => Assert.Equal(keys, row.EnumerateObject().Select(p => p.Name).Take(keys.Length)));
        Assert.All(["miner", "forkbomb", "runaway", "panic"],
            name => Assert.Contains(report.GetProperty("classes").EnumerateArray(), row => row.GetProperty("class").GetString() == name));
    }
}
