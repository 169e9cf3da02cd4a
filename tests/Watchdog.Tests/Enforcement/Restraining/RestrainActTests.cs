using Npgsql;
using Watchdog.Detection;
using Watchdog.Detectors.Facts;
using Watchdog.Detectors.Findings;
using Watchdog.Enforcement;
using Watchdog.Enforcement.Restraining;
using Watchdog.Ledger;
using Watchdog.Policy;

namespace Watchdog.Tests.Enforcement.Restraining;

/// <summary>The rung as an act: from the frozen evidence to the guest and back, over real Postgres.</summary>
public sealed class RestrainActTests
{
    private static readonly GuestProcess Spinner = new(4242, 1, 1000, "server", "/srv/app/server", "./server", 32_400, 32_300, 1, 100_000, false, "other", 184_467);
    private static readonly RequestPayload Mistake = new("it was a long computation", "false_positive");

    [Fact]
    public async Task A_runaway_is_capped_seen_to_be_held_and_given_back_on_release()
    {
        await using var world = await World.CreateAsync(("Policy:Runaway:Ladder", "restrain"));
        var of = await CaseAsync(world, FindingClass.Runaway, Spinner);

        await world.SettleAsync();

        var whole = await world.ShowAsync(of.Id);
        Assert.Equal((ActKinds.Restrain, ActStates.Verified), (whole.Acts[0].Kind, whole.Acts[0].State));
        Assert.Equal(CaseStates.Contained, whole.Case.State);
        Assert.Equal([new Restraint(4242, 184_467, "cap", 20, false, "server"), new Restraint(4242, 184_467, "cap", 20, false, "server")], world.Restrainer.Sent);
        Assert.Contains("took 20 % of a core in 60 s", whole.Steps.Single(s => s.Kind == "restrain").Detail, StringComparison.Ordinal);
        Assert.Empty(world.Ec2.Changes);

        var answer = await world.AskAsync(RequestKinds.Release, of, Mistake);

        Assert.Equal("done", answer.State);
        Assert.Equal("lift", world.Restrainer.Sent[^1].Action);
        Assert.Equal(3, world.Restrainer.Sent.Count);
        Assert.Equal(ActStates.Released, (await world.ShowAsync(of.Id)).Acts[0].State);
    }

    [Fact]
    public async Task A_fork_bomb_is_capped_as_a_crowd_by_its_oldest_member()
    {
        await using var world = await World.CreateAsync(("Policy:ForkBomb:Ladder", "restrain"));
        var members = Enumerable.Range(0, 30).Select(i => Spinner with { Pid = 5_000 + i, Comm = "bash", AgeSeconds = i, StartTicks = 900_000 - i }).ToArray();
        await CaseAsync(world, FindingClass.ForkBomb, members);

        await world.SettleAsync();

        Assert.Equal(new Restraint(5_029, 899_971, "cap", 20, true, "bash"), world.Restrainer.Sent[0]);
    }

    [Fact]
    public async Task A_process_that_is_ended_leaves_nothing_to_give_back()
    {
        await using var world = await World.CreateAsync(("Policy:Runaway:Ladder", "restrain"), ("Enforcement:Restrain:End", "true"), ("Enforcement:EvidenceSeconds", "0"));
        var of = await CaseAsync(world, FindingClass.Runaway, Spinner);

        await world.SettleAsync();

        Assert.Equal("end", Assert.Single(world.Restrainer.Sent).Action);
        Assert.Equal(ActStates.Verified, (await world.ShowAsync(of.Id)).Acts[0].State);
        await world.AskAsync(RequestKinds.Release, of, Mistake);
        Assert.Single(world.Restrainer.Sent);
    }

    [Theory]
    [InlineData("agent", "SSM agent does not answer")]
    [InlineData("look", "names no process")]
    [InlineData("start", "when process 4242 began")]
    [InlineData("stopped", "is stopped")]
    public async Task What_cannot_be_restrained_is_refused_with_the_reason_and_nothing_is_sent(string lacks, string reason)
    {
        await using var world = await World.CreateAsync(("Policy:Runaway:Ladder", "restrain"));
        var of = await CaseAsync(world, FindingClass.Runaway, lacks switch { "look" => null, "start" => Spinner with { StartTicks = null }, _ => Spinner } is { } one ? [one] : []);
        if (lacks == "agent")
        {
            world.Guests.Says = null;
        }
        else if (lacks == "stopped")
        {
            world.Ec2.Alter("i-1", vm => vm with { State = "stopped" });
        }

        await world.SettleAsync();

        var act = (await world.ShowAsync(of.Id)).Acts[0];
        Assert.Equal(ActStates.Refused, act.State);
        Assert.Contains(reason, act.Detail, StringComparison.Ordinal);
        Assert.Empty(world.Restrainer.Sent);
    }

    [Fact]
    public async Task A_guest_that_cannot_fails_the_act_with_its_own_reason()
    {
        await using var world = await World.CreateAsync(("Policy:Runaway:Ladder", "restrain"));
        world.Restrainer.Says = (what, operation) => FakeRestrainer.Answer(what, operation, "unsupported", why: "no cgroup here can limit CPU");
        var of = await CaseAsync(world, FindingClass.Runaway, Spinner);

        await world.SettleAsync();

        var act = (await world.ShowAsync(of.Id)).Acts[0];
        Assert.Equal(ActStates.Failed, act.State);
        Assert.Contains("no cgroup here can limit CPU", act.Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("rm -rf /")]
    [InlineData("{\"v\":1,\"state\":\"capped\"}")]
    public async Task A_guest_that_talks_nonsense_or_not_at_all_is_asked_a_bounded_number_of_times(string? nonsense)
    {
        await using var world = await World.CreateAsync(("Policy:Runaway:Ladder", "restrain"));
        world.Restrainer.Says = (_, _) => nonsense;
        var of = await CaseAsync(world, FindingClass.Runaway, Spinner);

        for (var run = 0; run < 400 && (await world.ShowAsync(of.Id)).Acts[0].State is not ActStates.Failed; run++)
        {
            await world.RunAsync();
            world.Clock.Advance(TimeSpan.FromMinutes(1));
        }

        Assert.Equal(ActStates.Failed, (await world.ShowAsync(of.Id)).Acts[0].State);
        Assert.Equal(new EnforcementOptions().MostCalls, world.Restrainer.Sent.Count);
    }

    [Fact]
    public async Task Killed_after_any_call_it_asks_again_and_ends_as_one_act()
    {
        await using var world = await World.CreateAsync(("Policy:Runaway:Ladder", "restrain"));
        var of = await CaseAsync(world, FindingClass.Runaway, Spinner);
        var kills = 2;
        world.Restrainer.After = () => _ = kills-- > 0 ? throw new NpgsqlException("killed") : 0;
        await Assert.ThrowsAsync<NpgsqlException>(() => world.RunAsync());
        await Assert.ThrowsAsync<NpgsqlException>(() => world.RunAsync());

        await world.SettleAsync();

        var whole = await world.ShowAsync(of.Id);
        Assert.Equal(ActStates.Verified, Assert.Single(whole.Acts).State);
        Assert.All(world.Restrainer.Sent, sent => Assert.Equal((4242, 184_467L, "cap"), (sent.Pid, sent.StartTicks, sent.Action)));
        Assert.Equal(4, world.Restrainer.Sent.Count);
    }

    [Fact]
    public async Task While_the_brake_is_on_nothing_is_sent_and_a_release_lifts_all_the_same()
    {
        await using var world = await World.CreateAsync(("Policy:Runaway:Ladder", "restrain"));
        var of = await CaseAsync(world, FindingClass.Runaway, Spinner);
        await world.RunAsync();
        Assert.Single(world.Restrainer.Sent);
        await Brake.SetAsync(world.Database.Source, true, "wrong verdicts", "ann", world.Now, default);
        world.Clock.Advance(TimeSpan.FromMinutes(5));

        await world.RunAsync();

        Assert.Single(world.Restrainer.Sent);
        await Brake.SetAsync(world.Database.Source, false, "right again", "ann", world.Now, default);
        await world.SettleAsync();
        Assert.Equal(ActStates.Verified, (await world.ShowAsync(of.Id)).Acts[0].State);
        await Brake.SetAsync(world.Database.Source, true, "wrong verdicts", "ann", world.Now, default);
        Assert.Equal("done", (await world.AskAsync(RequestKinds.Release, of, Mistake)).State);
        Assert.Equal("lift", world.Restrainer.Sent[^1].Action);
    }

    [Fact]
    public async Task A_vm_that_has_been_stopped_has_nothing_left_to_lift()
    {
        await using var world = await World.CreateAsync(("Policy:Runaway:Ladder", "restrain"));
        var of = await CaseAsync(world, FindingClass.Runaway, Spinner);
        await world.SettleAsync();
        var sent = world.Restrainer.Sent.Count;
        world.Ec2.Alter("i-1", vm => vm with { State = "stopped" });

        Assert.Equal("done", (await world.AskAsync(RequestKinds.Release, of, Mistake)).State);

        Assert.Equal(sent, world.Restrainer.Sent.Count);
    }

    // A case whose evidence froze a look at these processes, in a guest whose agent answers.
    private static async Task<CaseRecord> CaseAsync(World world, FindingClass found, params GuestProcess[] processes)
    {
        world.Guests.Says = _ => "{}";
        var of = await world.AddCaseAsync("i-1", found);
        var snapshot = new GuestSnapshot(
            world.Now, true, 90_000, 1, 1, 1, 50, 1, 0, 0, 1, 120, 200, processes, [], [], 0, false, 200, 8_000, [], []);
        await world.Database.ExecuteAsync(
            "insert into evidence (episode_id, at, finding, facts) select id, $1, '{}', $2::jsonb from episode where instance_id = 'i-1'",
            world.Now, FrozenJson.Write(new { InstanceType = "m5.large", Vcpus = 2, LaunchTime = world.Now, Guest = GuestReading.Of(snapshot) }));
        return of;
    }
}
