using Watchdog.Cli;
using Watchdog.Ledger;
using Watchdog.Testing;
using Watchdog.Tests.Enforcement;

namespace Watchdog.Tests.Cli.Cases;

public sealed class CasesRequestTests
{
    [Fact]
    public async Task A_release_waits_for_the_worker_and_tells_its_outcome()
    {
        await using var world = await World.CreateAsync();
        var of = await world.AddCaseAsync(groups: [["sg-a"]]);
        await world.SettleAsync();

        var asked = CliRun.OnAsync(world.Database, "cases", "release", "1", "--reason", "owner called", "--ruling", "false_positive", "--by", "ann", "--wait", "60");
        await Until.TrueAsync(async () => asked.IsCompleted || await world.Database.ScalarAsync<long>("select count(*) from request") == 1);
        await world.SettleAsync();
        var run = await asked;

        Assert.Equal((ExitCodes.Ok, ""), (run.Exit, run.Error));
        Assert.Contains("release of case 1: done.", run.Output, StringComparison.Ordinal);
        Assert.Equal(["sg-a"], world.Ec2["i-1"].Interfaces[0].Groups);
        var whole = await world.ShowAsync(of.Id);
        Assert.Equal((CaseStates.Released, "false_positive", "ann"), (whole.Case.State, whole.Rulings[0].Ruling, whole.Rulings[0].Actor));
    }

    [Fact]
    public async Task Without_a_worker_the_request_stays_and_the_command_says_who_will_carry_it_out()
    {
        await using var world = await World.CreateAsync(("Policy:Mode", "Propose"));
        var of = await world.AddCaseAsync();

        var run = await CliRun.OnAsync(world.Database, "cases", "confirm", "1", "--reason", "seen it", "--wait", "1");

        Assert.Equal(ExitCodes.Unavailable, run.Exit);
        Assert.Contains("watchdog run", run.Output, StringComparison.Ordinal);
        var request = Assert.Single((await world.ShowAsync(of.Id)).Requests);
        Assert.Equal(("confirm", "open", (int?)of.Version), (request.Kind, request.State, request.ExpectedVersion));
        await world.SettleAsync();
        Assert.Equal(CaseStates.Confirmed, (await world.ShowAsync(of.Id)).Case.State);
        Assert.Equal(["sg-contain"], world.Ec2["i-1"].Interfaces[0].Groups);
    }

    [Fact]
    public async Task Who_does_not_wait_is_told_so_and_has_done_well()
    {
        await using var world = await World.CreateAsync();
        await world.AddCaseAsync();

        var run = await CliRun.OnAsync(world.Database, "cases", "release", "1", "--reason", "r", "--force", "--wait", "0", "--json");

        Assert.Equal(ExitCodes.Ok, run.Exit);
        Assert.Equal("open", run.Json.GetProperty("state").GetString());
        Assert.True(run.Json.GetProperty("payload").GetProperty("force").GetBoolean());
    }

    [Fact]
    public async Task A_refusal_is_told_with_its_reason_and_fails()
    {
        await using var world = await World.CreateAsync();
        var of = await world.AddCaseAsync();
        await world.AskAsync("release", of, new("fine"));

        var asked = CliRun.OnAsync(world.Database, "cases", "release", "1", "--reason", "again", "--wait", "60");
        await Until.TrueAsync(async () => asked.IsCompleted || await world.Database.ScalarAsync<long>("select count(*) from request") == 2);
        await world.SettleAsync();
        var run = await asked;

        Assert.Equal(ExitCodes.NotHealthy, run.Exit);
        Assert.Contains("refused. case 1 is released already.", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("release", "1")]
    [InlineData("release", "1", "--reason", " ")]
    [InlineData("release", "1", "--reason", "r", "--ruling", "wrong")]
    [InlineData("release", "1", "--reason", "r", "--wait", "-1")]
    [InlineData("release", "one", "--reason", "r")]
    [InlineData("confirm", "1", "--reason", "r", "--force")]
    public async Task Words_that_make_no_request_leave_none(params string[] words)
    {
        await using var world = await World.CreateAsync();
        await world.AddCaseAsync();

        var run = await CliRun.OnAsync(world.Database, ["cases", .. words]);

        Assert.NotEqual(ExitCodes.Ok, run.Exit);
        Assert.NotEqual("", run.Error);
        Assert.Equal(0, await world.Database.ScalarAsync<long>("select count(*) from request"));
    }
}
