using System.Text.Json;
using Watchdog.Testing;

namespace Watchdog.Tests.Acceptance;

/// <summary><c>watchdog sweep</c> as a user runs it, against <c>watchdog simulate</c> in a process of its own.</summary>
public sealed class SweepTests
{
    [Fact]
    public async Task A_sweep_tells_one_document_of_the_promised_shape()
    {
        await using var database = await TestDatabase.CreateAsync();
        var (region, url) = await BuiltProgram.SimulateAsync("--vms", "150", "--abuse-from", "-180");
        await using var process = region;

        var ended = (await BuiltProgram.RunAsync(BuiltProgram.On(url, database.ConnectionString), "sweep", "--json")).With(0);

        using var document = JsonDocument.Parse(ended.Output);
        var pass = document.RootElement;
        string[] promised = ["vms", "judged", "unknown", "findings", "acts_planned", "acts_done", "aws_calls", "seconds"];
        Assert.Equal(promised, pass.EnumerateObject().Select(p => p.Name).Take(promised.Length));
        Assert.InRange(pass.GetProperty("vms").GetInt32(), 140, 150);
        Assert.Equal(pass.GetProperty("vms").GetInt32(), pass.GetProperty("judged").GetInt32() + pass.GetProperty("unknown").GetInt32());
        // One page of inventory, and one look at each VM for which an act is drafted.
        var listings = pass.GetProperty("aws_calls").GetProperty("ec2:DescribeInstances").GetInt64();
        Assert.InRange(listings, 1, 1 + pass.GetProperty("acts_planned").GetInt32());
        Assert.True(pass.GetProperty("seconds").GetProperty("inventory").GetDouble() > 0, ended.Told);
        Assert.True(pass.GetProperty("findings").GetArrayLength() > 0, ended.Told);
        Assert.All(pass.GetProperty("findings").EnumerateArray(), finding =>
        {
            Assert.StartsWith("i-", finding.GetProperty("instance_id").GetString(), StringComparison.Ordinal);
            Assert.InRange(finding.GetProperty("score").GetDouble(), 0, 1);
            Assert.NotEmpty(finding.GetProperty("class").GetString()!);
            Assert.NotEmpty(finding.GetProperty("reason").GetString()!);
        });
        Assert.Equal(0, pass.GetProperty("acts_done").GetInt32());
    }

    [Fact]
    public async Task A_fleet_of_2500_is_listed_page_by_page()
    {
        await using var database = await TestDatabase.CreateAsync();
        var (region, url) = await BuiltProgram.SimulateAsync("--vms", "2500");
        await using var process = region;

        var ended = (await BuiltProgram.RunAsync(BuiltProgram.On(url, database.ConnectionString), "sweep", "--json")).With(0);

        Assert.Equal(2500, await database.ScalarAsync<long>("select count(*) from vm where gone_at is null"));
        using var document = JsonDocument.Parse(ended.Output);
        var calls = document.RootElement.GetProperty("aws_calls");
        Assert.Equal(3, calls.GetProperty("ec2:DescribeInstances").GetInt64());
        // 500 metrics a call: five for the screen; newcomers' history and triage ask on top, in pages too.
        Assert.InRange(calls.GetProperty("cloudwatch:GetMetricData").GetInt64(), 5, 25);
    }

    [Fact]
    public async Task An_empty_fleet_is_zeros_and_well()
    {
        await using var database = await TestDatabase.CreateAsync();
        var (region, url) = await BuiltProgram.SimulateAsync("--vms", "0");
        await using var process = region;

        var ended = (await BuiltProgram.RunAsync(BuiltProgram.On(url, database.ConnectionString), "sweep", "--json")).With(0);

        using var document = JsonDocument.Parse(ended.Output);
        var pass = document.RootElement;
        Assert.All(["vms", "judged", "unknown", "acts_planned", "acts_done"], key => Assert.Equal(0, pass.GetProperty(key).GetInt32()));
        Assert.Equal(0, pass.GetProperty("findings").GetArrayLength());
    }

    [Fact]
    public async Task Garbage_from_AWS_ends_no_sweep_and_begins_no_act()
    {
        await using var database = await TestDatabase.CreateAsync();
        var (region, url) = await BuiltProgram.SimulateAsync("--vms", "120", "--abuse-from", "-180", "--fault", "garbage=0.3");
        await using var process = region;
        var environment = BuiltProgram.On(url, database.ConnectionString, ("Policy__Mode", "Enforce"));

        var ended = await BuiltProgram.RunAsync(environment, "sweep", "--json");

        // Retries overcome most of it; where one call failed every time, a problem or a failure says so.
        using var document = JsonDocument.Parse(ended.Output);
        var pass = document.RootElement;
        ended.With(pass.GetProperty("problems").GetArrayLength() == 0 ? 0 : 1);
        Assert.Equal(0, pass.GetProperty("acts_done").GetInt32());
        Assert.Equal(0L, await database.ScalarAsync<long>("select count(*) from act where admitted_at is not null"));
    }

    [Fact]
    public async Task An_endpoint_where_nobody_listens_is_a_named_problem()
    {
        await using var database = await TestDatabase.CreateAsync();
        var environment = BuiltProgram.On("http://127.0.0.1:1", database.ConnectionString, ("Aws__ReadRetries", "1"));

        var ended = (await BuiltProgram.RunAsync(environment, "sweep", "--json")).With(1);

        using var document = JsonDocument.Parse(ended.Output);
        Assert.Equal(0, document.RootElement.GetProperty("vms").GetInt32());
        Assert.Contains("the VMs could not be listed", document.RootElement.GetProperty("problems")[0].GetString(), StringComparison.Ordinal);
        Assert.Contains("127.0.0.1:1", ended.Output + ended.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_Region_without_access_is_named_and_the_others_are_swept()
    {
        await using var database = await TestDatabase.CreateAsync();
        var (region, url) = await BuiltProgram.SimulateAsync("--vms", "40");
        await using var process = region;
        var environment = BuiltProgram.On(url, database.ConnectionString,
            ("Inventory__Scopes__0__Regions__0", "us-east-1"),
            ("Inventory__Scopes__1__AccountId", "111122223333"), ("Inventory__Scopes__1__Regions__0", "us-west-2"),
            ("Inventory__Scopes__1__RoleArn", "arn:aws:iam::111122223333:role/watchdog"), ("AWS_ENDPOINT_URL_STS", "http://127.0.0.1:1"));

        var ended = (await BuiltProgram.RunAsync(environment, "sweep", "--json")).With(1);

        using var document = JsonDocument.Parse(ended.Output);
        Assert.True(document.RootElement.GetProperty("judged").GetInt32() > 30, ended.Told);
        Assert.All(document.RootElement.GetProperty("problems").EnumerateArray(),
            problem => Assert.StartsWith("111122223333/us-west-2: ", problem.GetString(), StringComparison.Ordinal));
        Assert.NotEqual(0, document.RootElement.GetProperty("problems").GetArrayLength());
    }
}
