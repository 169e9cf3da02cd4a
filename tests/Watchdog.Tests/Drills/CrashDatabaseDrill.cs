using Watchdog.Ledger;
using Watchdog.Testing;

namespace Watchdog.Tests.Drills;

/// <summary>The database is away for seconds in the middle of a plan, under a worker that lives on: it finishes the plan by itself.</summary>
public sealed class CrashDatabaseDrill
{
    private static readonly TimeSpan Away = TimeSpan.FromSeconds(4);

    // After the first of these changes: a plain one, and one that has opened an interface.
    public static TheoryData<string> Moments =>
        Quick.Is ? ["ec2:ModifyNetworkInterfaceAttribute"] : ["ec2:ModifyInstanceAttribute", "ec2:ModifyNetworkInterfaceAttribute"];

    [Theory]
    [MemberData(nameof(Moments))]
    [Trait("Category", "Drill")]
    public async Task A_database_that_goes_away_in_the_middle_of_a_plan_delays_it(string action)
    {
        await using var stage = await CrashStage.SetAsync(3);
        (await BuiltProgram.RunAsync(stage.Environment, "migrate")).With(0);
        var round = new CrashRound(stage, ActKinds.Quarantine);
        var left = false;
        stage.Region.After = async seen =>
        {
            if (!left && seen.Action == action)
            {
                left = true;
                stage.Proxy.GoAway();
                await Task.Delay(Away, TimeProvider.System);
                stage.Proxy.ComeBack();
            }
        };
        await using var worker = BuiltProgram.Start(["run"], stage.Environment);
        var of = await round.BeginAsync(stage.Region.Ids[0]);
        try
        {
            await Until.TrueAsync(async () => await stage.ScalarAsync<long>("select count(*) from act where state = 'applied'") == 1);
        }
        catch (TimeoutException)
        {
            Assert.Fail(worker.Said);
        }

        Assert.True(left);
        await round.AssertDoneAsync(of, null);
        await stage.AskAsync(RequestKinds.Release, of.CaseId);
        await Until.TrueAsync(async () => await stage.ScalarAsync<long>("select count(*) from case_file where state = 'released'") == 1);
        await round.AssertReleasedAsync(of, null);
        await worker.StopAsync();
    }
}
