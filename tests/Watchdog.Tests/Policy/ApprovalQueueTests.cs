using Watchdog.Detectors.Findings;
using Watchdog.Ledger;
using Watchdog.Policy;
using Watchdog.Policy.Exempting;
using Watchdog.Tests.Enforcement;

namespace Watchdog.Tests.Policy;

public sealed class ApprovalQueueTests
{
    [Fact]
    public async Task What_waits_for_a_person_is_listed_worst_first_with_what_a_confirmation_approves()
    {
        await using var world = await World.CreateAsync(("Policy:Mode", "Propose"));
        await world.AddCaseAsync("i-1", FindingClass.Runaway, "alice");
        await world.AddCaseAsync("i-2", FindingClass.Miner, "bob");
        await world.AddCaseAsync("i-3", FindingClass.ForkBomb, "carol");
        await world.Get<ExemptionDesk>().AddAsync(new("image", "ami-1", "a course", world.Now.AddDays(3)), "ann", world.Now, default);

        var queue = world.Get<ApprovalQueue>();
        var waiting = await queue.ListAsync(100, world.Now, default);

        Assert.Equal(["i-2", "i-3", "i-1"], waiting.Cases.Select(one => one.Case.InstanceId));
        Assert.Equal("A confirmation approves act 2 (quarantine); brake, guards and caps still hold it.", waiting.Cases[0].Words);
        Assert.Equal("ami-1", Assert.Single(waiting.Proposals).Subject);
        Assert.Equal(["i-2"], (await queue.ListAsync(1, world.Now, default)).Cases.Select(one => one.Case.InstanceId));

        await world.AskAsync(RequestKinds.Confirm, waiting.Cases[0].Case, new("a miner"), waiting.Cases[0].Case.Version);
        Assert.Equal(["i-3", "i-1"], (await queue.ListAsync(100, world.Now, default)).Cases.Select(one => one.Case.InstanceId));
        Assert.Equal(waiting.Cases[0].Acts.Select(act => act.Id), (await world.ShowAsync(2)).Acts.Where(act => act.ApprovedBy == "ann").Select(act => act.Id));
    }

    [Fact]
    public async Task In_mode_enforce_only_what_needs_a_person_waits_for_one_and_in_observe_a_confirmation_begins_nothing()
    {
        await using var enforcing = await World.CreateAsync(("Policy:Miner:Approval", "all"));
        await enforcing.AddCaseAsync("i-1", FindingClass.Runaway, "alice");
        await enforcing.AddCaseAsync("i-2", FindingClass.Miner, "bob");
        Assert.Equal(["i-2"], (await enforcing.Get<ApprovalQueue>().ListAsync(100, enforcing.Now, default)).Cases.Select(one => one.Case.InstanceId));

        await using var observing = await World.CreateAsync(("Policy:Mode", "Observe"));
        await observing.AddCaseAsync();
        var seen = Assert.Single((await observing.Get<ApprovalQueue>().ListAsync(100, observing.Now, default)).Cases);
        Assert.Equal("A confirmation approves act 1 (quarantine); mode Observe begins nothing all the same.", seen.Words);
    }
}
