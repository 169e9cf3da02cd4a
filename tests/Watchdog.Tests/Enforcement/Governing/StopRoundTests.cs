using System.Globalization;
using Watchdog.Detectors.Findings;
using Watchdog.Enforcement;
using Watchdog.Ledger;
using Watchdog.Policy;

namespace Watchdog.Tests.Enforcement.Governing;

public sealed class StopRoundTests
{
    [Fact]
    public async Task Stops_that_are_due_together_go_out_in_one_call()
    {
        await using var world = await BombsAsync(9);

        var report = await world.RunAsync();

        Assert.Single(world.Ec2.Calls, "stop");
        Assert.Equal(9, report.Done);
        Assert.Equal(0, report.Waiting);
        Assert.Equal(9L, await CountAsync(world, ActStates.Verified));
        Assert.Equal(9L, await world.Database.ScalarAsync<long>("select count(*) from step where kind = 'stop' and state = 'done' and detail = 'called and seen'"));
    }

    [Theory]
    [InlineData("pending", "IncorrectInstanceState")]
    [InlineData("spot", "UnsupportedOperation")]
    [InlineData("protected", "OperationNotPermitted")]
    [InlineData("gone", "InvalidInstanceID.NotFound")]
    public async Task One_bad_id_is_found_by_halving_and_the_rest_is_stopped(string how, string code)
    {
        await using var world = await BombsAsync(9);
        // After the plans were made, and before the call.
        world.Ec2.Before = (_, name) =>
        {
            if (name == "stop")
            {
                Spoil(world, "i-5", how);
            }
        };

        var report = await world.RunAsync();

        Assert.Equal(8, report.Done);
        Assert.Equal(1, report.Waiting + report.Ended);
        Assert.All(Enumerable.Range(1, 9).Where(n => n != 5), n => Assert.Equal("stopped", world.Ec2[Id(n)].State));
        Assert.Contains(code, await world.Database.ScalarAsync<string>("select detail from act where instance_id = 'i-5'"), StringComparison.Ordinal);
        // Nine of them: at most four halvings, of two calls each.
        Assert.InRange(world.Ec2.Calls.Count(call => call == "stop"), 3, 9);
    }

    [Fact]
    public async Task A_stop_that_was_not_ready_is_called_again_by_itself()
    {
        await using var world = await BombsAsync(3);
        world.Ec2.Alter("i-2", vm => vm with { State = "pending" });

        await world.RunAsync();
        world.Ec2.Alter("i-2", vm => vm with { State = "running" });
        await world.SettleAsync();

        Assert.Equal(3L, await CountAsync(world, ActStates.Verified));
    }

    [Fact]
    public async Task The_switch_turned_on_between_gathering_and_the_call_holds_all_of_them()
    {
        await using var world = await BombsAsync(4);
        world.Ec2.Before = (_, name) =>
        {
            if (name == "tag" && world.Ec2.Calls.Count(call => call == "tag") == 4)
            {
                Brake.SetAsync(world.Database.Source, true, "enough", "ann", world.Now, default).GetAwaiter().GetResult();
            }
        };

        var report = await world.RunAsync();

        Assert.DoesNotContain("stop", world.Ec2.Calls);
        Assert.Equal((0, 0, 4), (report.Done, report.Ended, report.Waiting));
        Assert.Equal(0L, await world.Database.ScalarAsync<long>("select count(*) from step where kind = 'stop' and started_at is not null"));
    }

    [Fact]
    public async Task A_lost_answer_is_read_again_and_nothing_is_stopped_twice()
    {
        await using var world = await BombsAsync(6);
        world.Ec2.After = (_, name) =>
        {
            if (name == "stop")
            {
                throw new ActuatorException(ActuatorError.Transient, "IOException", "the answer was lost");
            }
        };

        await world.RunAsync();
        Assert.Equal(6L, await world.Database.ScalarAsync<long>("select count(*) from step where kind = 'stop' and state = 'executing'"));
        await world.SettleAsync();

        Assert.Single(world.Ec2.Calls, "stop");
        Assert.Equal(6L, await CountAsync(world, ActStates.Verified));
    }

    [Fact]
    public async Task A_run_that_ends_right_before_the_call_leaves_a_journal_that_the_next_one_finishes()
    {
        await using var world = await BombsAsync(5);
        using var cut = new CancellationTokenSource();
        world.Ec2.Before = (_, name) =>
        {
            if (name == "stop")
            {
                cut.Cancel();
                cut.Token.ThrowIfCancellationRequested();
            }
        };

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => world.RunAsync(cut.Token));
        Assert.Equal(5L, await world.Database.ScalarAsync<long>("select count(*) from step where kind = 'stop' and state = 'executing' and called_at is null"));
        world.Ec2.Before = null;
        await world.SettleAsync();

        Assert.Equal(5, world.Ec2.Changes.Count(change => change.StartsWith("stop ", StringComparison.Ordinal)));
        Assert.Equal(5L, await CountAsync(world, ActStates.Verified));
    }

    [Fact]
    public async Task A_denied_call_stops_the_lane_and_every_stop_of_it_waits()
    {
        await using var world = await BombsAsync(5);
        world.Ec2.Before = (_, name) =>
        {
            if (name == "stop")
            {
                throw new ActuatorException(ActuatorError.Denied, "UnauthorizedOperation", "no");
            }
        };

        var report = await world.RunAsync();

        Assert.Equal((0, 0, 5), (report.Done, report.Ended, report.Waiting));
        Assert.Single(world.Ec2.Calls, "stop");
        world.Ec2.Before = null;
        await world.SettleAsync();
        Assert.Equal(5L, await CountAsync(world, ActStates.Verified));
    }

    private static async Task<World> BombsAsync(int count)
    {
        var world = await World.CreateAsync();
        for (var n = 1; n <= count; n++)
        {
            await world.AddCaseAsync(Id(n), FindingClass.ForkBomb, $"owner-{n}");
        }

        return world;
    }

    private static string Id(int n) => string.Create(CultureInfo.InvariantCulture, $"i-{n}");

    private static Task<long> CountAsync(World world, string state) => world.Database.ScalarAsync<long>("select count(*) from act where state = $1", state);

    private static void Spoil(World world, string id, string how)
    {
        switch (how)
        {
            case "gone":
                world.Ec2.Remove(id);
                break;
            case "protected":
                world.Ec2.AlterGuards(id, guards => guards with { StopProtected = true });
                break;
            case "spot":
                world.Ec2.Alter(id, vm => vm with { Lifecycle = "spot" });
                break;
            default:
                world.Ec2.Alter(id, vm => vm with { State = how });
                break;
        }
    }
}
