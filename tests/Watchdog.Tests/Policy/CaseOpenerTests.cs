using Watchdog.Detectors.Findings;
using Watchdog.Ledger;
using Watchdog.Tests.Enforcement;
using EpisodeStep = Watchdog.Detection.EpisodeStep;

namespace Watchdog.Tests.Policy;

public sealed class CaseOpenerTests
{
    private static readonly Evidence AgentLost = new(Family.Agent, "agent-lost", 0.7, "the agent does not answer");

    [Fact]
    public async Task A_second_class_on_the_same_vm_joins_its_case_and_the_severer_one_leads()
    {
        await using var world = await World.CreateAsync();
        var vm = await world.AddVmAsync("i-1");
        await world.ApplyAsync(await world.EpisodeAsync(vm, FindingClass.Runaway, score: 0.8));
        await world.ApplyAsync(await world.EpisodeAsync(vm, FindingClass.Miner, score: 0.9));

        var of = Assert.Single(await world.Cases.ListAsync(new CaseFilter(), default));
        var whole = await world.ShowAsync(of.Id);
        Assert.Equal(("miner", 0.9, 2), (of.Class, of.Score, of.Version));
        Assert.Equal(["runaway", "miner"], whole.Episodes.Select(e => e.Class));
        Assert.Equal([ActKinds.Stop, ActKinds.Quarantine], whole.Acts.Select(a => a.Kind));
        Assert.Equal(of.Id, Assert.Single(await world.Cases.ListAsync(new CaseFilter(Class: "runaway"), default)).Id);
    }

    [Fact]
    public async Task An_episode_that_ends_withdraws_its_own_act_only_and_the_last_one_closes_the_case()
    {
        await using var world = await World.CreateAsync(("Policy:Mode", "Propose"));
        var vm = await world.AddVmAsync("i-1");
        var (runaway, miner) = (await world.EpisodeAsync(vm, FindingClass.Runaway), await world.EpisodeAsync(vm, FindingClass.Miner));
        await world.ApplyAsync(runaway, miner);

        await world.ApplyAsync(miner with { Step = EpisodeStep.Closed });
        var of = Assert.Single(await world.Cases.ListAsync(new CaseFilter(Open: true), default));
        Assert.Equal([ActStates.Proposed, ActStates.Withdrawn], (await world.ShowAsync(of.Id)).Acts.Select(a => a.State));

        await world.ApplyAsync(runaway with { Step = EpisodeStep.Closed });
        var whole = await world.ShowAsync(of.Id);
        Assert.Equal(CaseStates.Closed, whole.Case.State);
        Assert.All(whole.Acts, a => Assert.Equal(ActStates.Withdrawn, a.State));
    }

    [Fact]
    public async Task A_contained_case_outlives_its_episode_and_a_new_one_does_not_contain_twice()
    {
        await using var world = await World.CreateAsync();
        var vm = await world.AddVmAsync("i-1");
        var miner = await world.EpisodeAsync(vm);
        await world.ApplyAsync(miner);
        await world.RunAsync();
        await world.Database.ExecuteAsync("update episode set closed_at = $1", world.Now);
        await world.ApplyAsync(miner with { Step = EpisodeStep.Closed });
        await world.ApplyAsync(await world.EpisodeAsync(vm));

        var of = Assert.Single(await world.Cases.ListAsync(new CaseFilter(Open: true), default));
        Assert.Equal(CaseStates.Contained, of.State);
        var whole = await world.ShowAsync(of.Id);
        Assert.Single(whole.Acts);
        Assert.Equal(2, whole.Episodes.Count);
    }

    [Fact]
    public async Task A_suspected_miner_with_a_lost_agent_waits_for_a_person_until_its_finding_is_confirmed()
    {
        await using var world = await World.CreateAsync();
        var vm = await world.AddVmAsync("i-1");
        var suspicion = await world.EpisodeAsync(vm, FindingClass.Miner, Verdict.Suspicion, 0.7, AgentLost);
        await world.ApplyAsync(suspicion);
        await world.SettleAsync();
        Assert.Empty(world.Ec2.Changes);

        await world.ApplyAsync(suspicion with { Step = EpisodeStep.Confirmed, Finding = suspicion.Finding with { Verdict = Verdict.Confirmed, Evidence = World.Proof } });
        await world.SettleAsync();

        Assert.Equal(["sg-contain"], world.Ec2["i-1"].Interfaces[0].Groups);
        Assert.Equal(1, await world.Database.ScalarAsync<long>("select count(*) from act"));
    }

    [Fact]
    public async Task A_suspicion_that_led_to_nothing_is_proposed_to_a_person_once_its_agent_is_lost()
    {
        await using var world = await World.CreateAsync();
        var suspicion = await world.EpisodeAsync(await world.AddVmAsync("i-1"), FindingClass.Miner, Verdict.Suspicion);
        await world.ApplyAsync(suspicion);
        Assert.Equal(0, await world.Database.ScalarAsync<long>("select count(*) from case_file"));

        var silenced = suspicion with { Step = EpisodeStep.Silenced, Finding = suspicion.Finding with { Evidence = [AgentLost] } };
        await world.ApplyAsync(silenced);
        await world.ApplyAsync(silenced);
        await world.SettleAsync();

        Assert.Equal("proposed", await world.Database.ScalarAsync<string>("select state from act"));
        Assert.Empty(world.Ec2.Changes);
    }

    [Fact]
    public async Task A_plain_suspicion_and_a_failing_host_never_lead_to_an_act()
    {
        await using var world = await World.CreateAsync();
        await world.ApplyAsync(
            await world.EpisodeAsync(await world.AddVmAsync("i-1"), FindingClass.Miner, Verdict.Suspicion),
            await world.EpisodeAsync(await world.AddVmAsync("i-2"), FindingClass.HostFault));
        await world.SettleAsync();

        Assert.Equal("hostfault", Assert.Single(await world.Cases.ListAsync(new CaseFilter(), default)).Class);
        Assert.Equal(0, await world.Database.ScalarAsync<long>("select count(*) from act"));
        Assert.Empty(world.Ec2.Calls);
    }

    [Fact]
    public async Task A_vm_of_an_auto_scaling_group_gets_its_case_and_a_refused_act_once()
    {
        await using var world = await World.CreateAsync();
        var change = await world.EpisodeAsync(await world.AddVmAsync("i-1", asg: "web"));
        await world.ApplyAsync(change, change);
        await world.SettleAsync();

        var of = Assert.Single(await world.Cases.ListAsync(new CaseFilter(), default));
        var act = Assert.Single((await world.ShowAsync(of.Id)).Acts);
        Assert.Equal(ActStates.Refused, act.State);
        Assert.Contains("Auto Scaling group web", act.Detail, StringComparison.Ordinal);
        Assert.Empty(world.Ec2.Calls);
    }

    [Fact]
    public async Task What_a_hostile_guest_calls_its_processes_is_stored_cleaned_and_cut()
    {
        await using var world = await World.CreateAsync();
        var change = await world.EpisodeAsync(await world.AddVmAsync("i-1"), FindingClass.Miner, Verdict.Confirmed, 0.9,
            new Evidence(Family.GuestProcesses, "miner-name", 3, "process \0\u001b[31m\ud800" + new string('x', 100_000)));
        await world.ApplyAsync(change with { Finding = change.Finding with { Reason = "named \0evil" } });

        var whole = await world.ShowAsync(1);
        Assert.Equal("named  evil", whole.Case.Reason);
        var sentence = LedgerJson.Read<Finding>(whole.Episodes[0].FindingJson).Evidence[0].Sentence;
        Assert.StartsWith("process   [31m\ufffdxxx", sentence, StringComparison.Ordinal);
        Assert.Equal(CleanText.Longest, sentence.Length);
    }

    [Fact]
    public async Task A_case_keeps_its_events_in_the_transaction_that_changed_it()
    {
        await using var world = await World.CreateAsync();
        await using (var connection = await world.Database.Source.OpenConnectionAsync())
        {
            var change = await world.EpisodeAsync(await world.AddVmAsync("i-1"));
            await using var transaction = await connection.BeginTransactionAsync();
            await world.Get<Watchdog.Policy.CaseOpener>().ApplyAsync(connection, transaction, [change], world.Now, default);
            await transaction.RollbackAsync();
        }

        Assert.Equal(0, await world.Database.ScalarAsync<long>(
            "select (select count(*) from event) + (select count(*) from case_file) + (select count(*) from audit)"));
    }
}
