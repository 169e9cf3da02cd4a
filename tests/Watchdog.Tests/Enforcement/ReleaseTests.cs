using FsCheck;
using FsCheck.Fluent;
using Npgsql;
using Watchdog.Detectors.Findings;
using Watchdog.Enforcement;
using Watchdog.Inventory;
using Watchdog.Ledger;

namespace Watchdog.Tests.Enforcement;

public sealed class ReleaseTests
{
    private static readonly RequestPayload Mistake = new("it was a build farm", "false_positive");

    [Fact]
    public async Task Quarantine_and_release_restore_the_groups_exactly_for_any_vm_with_one_to_four_interfaces()
    {
        await using var world = await World.CreateAsync(
            ("Policy:Caps:PerFiveMinutes", "1000"), ("Policy:Caps:PerHour", "1000"), ("Policy:Caps:PerOwnerAndHour", "1000"),
            // Twenty-five mistakes in a row would cost the detector its right to act.
            ("Policy:Precision:Floor", "0"));
        var number = 0;
        var name = Gen.Elements("sg-a", "sg-b", "sg-c", "sg-d", "sg-e", "sg-contain");
        var card = from count in Gen.Choose(1, 5) from some in name.ArrayOf(count) select some.Distinct().ToArray();
        var vms = from count in Gen.Choose(1, 4) from cards in card.ArrayOf(count) select cards;

        Prop.ForAll(vms.ToArbitrary(), cards => HoldsAsync(cards).GetAwaiter().GetResult())
            .Check(Config.QuickThrowOnFailure.WithMaxTest(25));

        async Task<bool> HoldsAsync(string[][] cards)
        {
            var id = $"i-{++number}";
            var of = await world.AddCaseAsync(id, groups: cards);
            var before = world.Ec2[id];
            await world.SettleAsync();
            var contained = world.Ec2[id].Interfaces.All(i => i.Groups is ["sg-contain"]);
            var answer = await world.AskAsync(RequestKinds.Release, of, Mistake);
            var after = world.Ec2[id];
            return contained && answer.State == "done" && after.Tags.OrderBy(t => t.Key).SequenceEqual(before.Tags.OrderBy(t => t.Key))
                && after.State == before.State
                && after.Interfaces.Zip(before.Interfaces).All(pair => pair.First.Groups.SequenceEqual(pair.Second.Groups));
        }
    }

    [Fact]
    public async Task A_release_closes_the_case_with_its_ruling_and_marks_the_act_released()
    {
        await using var world = await World.CreateAsync();
        var of = await world.AddCaseAsync();
        await world.RunAsync();

        var answer = await world.AskAsync(RequestKinds.Release, of, Mistake);

        Assert.Equal("done", answer.State);
        var whole = await world.ShowAsync(of.Id);
        Assert.Equal(CaseStates.Released, whole.Case.State);
        Assert.NotNull(whole.Case.ClosedAt);
        Assert.Equal([ActStates.Released, ActStates.Verified], whole.Acts.Select(a => a.State));
        Assert.Equal("false_positive", Assert.Single(whole.Rulings).Ruling);
        Assert.Contains(whole.Audit, a => a is { What: "case.released", Actor: "ann" });
        Assert.DoesNotContain("watchdog:case", world.Ec2["i-1"].Tags.Keys);
    }

    [Fact]
    public async Task Groups_that_somebody_changed_are_named_and_only_force_overrides()
    {
        await using var world = await World.CreateAsync();
        var of = await world.AddCaseAsync(groups: ["sg-a"]);
        await world.RunAsync();
        world.Ec2.Alter("i-1", vm => vm with { Interfaces = [vm.Interfaces[0] with { Groups = ["sg-other"] }] });

        var refused = await world.AskAsync(RequestKinds.Release, of, Mistake);

        Assert.Equal("refused", refused.State);
        Assert.Contains("eni-i-1-0 has [sg-other], Watchdog had set [sg-contain]", refused.Outcome, StringComparison.Ordinal);
        Assert.Equal(["sg-other"], world.Ec2["i-1"].Interfaces[0].Groups);
        Assert.Equal(CaseStates.Contained, (await world.ShowAsync(of.Id)).Case.State);

        var forced = await world.AskAsync(RequestKinds.Release, of, Mistake with { Force = true });
        Assert.Equal("done", forced.State);
        Assert.Equal(["sg-a"], world.Ec2["i-1"].Interfaces[0].Groups);
    }

    [Theory]
    [InlineData(true, "running")]
    [InlineData(false, "stopped")]
    public async Task A_vm_is_started_again_only_if_watchdog_stopped_it(bool byWatchdog, string expected)
    {
        await using var world = await World.CreateAsync();
        var of = await world.AddCaseAsync("i-1", byWatchdog ? FindingClass.ForkBomb : FindingClass.Miner);
        await world.RunAsync();
        world.Ec2.Alter("i-1", vm => vm with { State = "stopped" });

        await world.AskAsync(RequestKinds.Release, of, Mistake);

        Assert.Equal(expected, world.Ec2["i-1"].State);
        Assert.Equal(CaseStates.Released, (await world.ShowAsync(of.Id)).Case.State);
    }

    [Fact]
    public async Task A_tag_that_somebody_gave_another_value_stays()
    {
        await using var world = await World.CreateAsync();
        var of = await world.AddCaseAsync();
        await world.RunAsync();
        world.Ec2.Alter("i-1", vm => vm with { Tags = new Dictionary<string, string>(vm.Tags) { ["watchdog:case"] = "theirs" } });

        await world.AskAsync(RequestKinds.Release, of, Mistake);

        Assert.Equal("theirs", world.Ec2["i-1"].Tags["watchdog:case"]);
        Assert.Equal(CaseStates.Released, (await world.ShowAsync(of.Id)).Case.State);
    }

    [Fact]
    public async Task A_request_about_a_case_that_moved_on_is_refused_and_says_so()
    {
        await using var world = await World.CreateAsync();
        var of = await world.AddCaseAsync();
        await world.RunAsync();

        var stale = await world.AskAsync(RequestKinds.Release, of, Mistake, version: of.Version);
        Assert.Equal("refused", stale.State);
        Assert.Contains("you saw version 1, it is at 2 and contained", stale.Outcome, StringComparison.Ordinal);
        Assert.Equal(["sg-contain"], world.Ec2["i-1"].Interfaces[0].Groups);

        Assert.Equal("done", (await world.AskAsync(RequestKinds.Release, of, Mistake, version: 2)).State);
        var again = await world.AskAsync(RequestKinds.Release, of, Mistake);
        Assert.Contains("is released already", again.Outcome, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Releasing_before_anything_was_done_withdraws_the_act_and_calls_nothing()
    {
        await using var world = await World.CreateAsync(("Policy:Mode", "Propose"));
        var of = await world.AddCaseAsync();

        var answer = await world.AskAsync(RequestKinds.Release, of, Mistake);

        Assert.Equal("done", answer.State);
        var whole = await world.ShowAsync(of.Id);
        Assert.Equal(ActStates.Withdrawn, Assert.Single(whole.Acts).State);
        Assert.Equal(CaseStates.Released, whole.Case.State);
        Assert.Empty(world.Ec2.Changes);
    }

    [Fact]
    public async Task A_release_asked_for_amid_a_quarantine_waits_for_the_lost_call_and_undoes_that_too()
    {
        await using var world = await World.CreateAsync();
        var of = await world.AddCaseAsync(groups: [["sg-a"], ["sg-b"]]);
        world.Ec2.Lag = TimeSpan.FromSeconds(40);
        world.Ec2.After = (_, name) =>
        {
            if (name == "groups")
            {
                throw new NpgsqlException("killed after the call");
            }
        };
        await Assert.ThrowsAsync<NpgsqlException>(() => world.RunAsync());
        world.Ec2.After = null;

        var answer = await world.AskAsync(RequestKinds.Release, of, Mistake);

        Assert.Equal("done", answer.State);
        world.Clock.Advance(TimeSpan.FromMinutes(5));
        Assert.Equal([["sg-a"], ["sg-b"]], world.Ec2["i-1"].Interfaces.Select(i => i.Groups));
        Assert.DoesNotContain("groups eni-i-1-1 sg-contain", world.Ec2.Changes);
        Assert.Equal(CaseStates.Released, (await world.ShowAsync(of.Id)).Case.State);
    }

    [Fact]
    public async Task What_failed_half_way_is_undone_and_a_second_quarantine_does_not_take_its_groups_for_the_vms_own()
    {
        await using var world = await World.CreateAsync();
        var of = await world.AddCaseAsync(groups: [["sg-a"], ["sg-b"]]);
        world.Ec2.Before = (_, name) =>
        {
            if (name == "groups" && world.Ec2.Changes.Count == 4)
            {
                throw new ActuatorException(ActuatorError.Configuration, "InvalidGroup.NotFound", "sg-contain");
            }
        };
        await world.RunAsync();
        Assert.Equal(ActStates.Failed, (await world.ShowAsync(of.Id)).Acts[0].State);
        world.Ec2.Before = null;
        await world.Database.ExecuteAsync("update episode set closed_at = $1", world.Now);

        var vm = world.Ec2["i-1"];
        Assert.Equal([["sg-contain"], ["sg-b"]], vm.Interfaces.Select(i => i.Groups));
        var change = await world.EpisodeAsync(new Vm(
            "i-1", world.Scope.Id, 0, "alice", null, "running", world.Now, "m5.large", 2, null, null, "vpc-1", world.Now, null));
        await world.ApplyAsync(change);
        await world.SettleAsync();
        Assert.All(world.Ec2["i-1"].Interfaces, i => Assert.Equal(["sg-contain"], i.Groups));

        await world.AskAsync(RequestKinds.Release, of, Mistake);

        Assert.Equal([["sg-a"], ["sg-b"]], world.Ec2["i-1"].Interfaces.Select(i => i.Groups));
    }
}
