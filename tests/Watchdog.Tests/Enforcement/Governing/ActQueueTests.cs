using Watchdog.Enforcement.Governing;
using Watchdog.Ledger;

namespace Watchdog.Tests.Enforcement.Governing;

public sealed class ActQueueTests
{
    [Fact]
    public void Releases_go_before_containment_by_severity_before_reboots_before_what_nobody_named()
    {
        var queue = ActQueue.Of(
        [
            Act(1, "idle-stop", 900), Act(2, ActKinds.Reboot, 800), Act(3, ActKinds.Quarantine, 10), Act(4, ActKinds.Stop, 20), Act(5, ActKinds.Quarantine, 20),
            Act(6, ActKinds.Release, 0),
        ]);

        Assert.Equal([6, 4, 5, 3, 2, 1], queue.Select(vm => vm.Single().Id));
    }

    [Fact]
    public void All_acts_of_a_vm_are_one_entry_in_their_order()
    {
        var queue = ActQueue.Of([Act(1, ActKinds.Reboot, 1, "i-a"), Act(2, ActKinds.Quarantine, 5), Act(3, ActKinds.Restrain, 9, "i-a")]);

        Assert.Equal([[3, 1], [2]], queue.Select(vm => vm.Select(act => act.Id)));
    }

    internal static ActRecord Act(long id, string kind, short severity, string? vm = null) => new(
        id, Guid.NewGuid(), id, vm ?? $"i-{id}", 1, kind, ActStates.Admitted, severity, false, null, "r", "watchdog", "v", default, null, null, null, 0, null, null, null);
}
