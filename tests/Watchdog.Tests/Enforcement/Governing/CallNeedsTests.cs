using Watchdog.Enforcement.Governing;
using Watchdog.Enforcement.Plans;
using Watchdog.Ledger;

namespace Watchdog.Tests.Enforcement.Governing;

public sealed class CallNeedsTests
{
    [Fact]
    public void A_quarantine_changes_groups_twice_an_interface_and_tries_the_way_back_first()
    {
        StepToDo isolate = new(StepKinds.Isolate, "ec2:ModifyNetworkInterfaceAttribute");

        Assert.Equal(3, CallNeeds.Of(ActKinds.Quarantine, planned: false, []).Tokens["ec2:ModifyNetworkInterfaceAttribute"]);
        Assert.Equal(6, CallNeeds.Of(ActKinds.Quarantine, planned: false, [isolate, isolate]).Tokens["ec2:ModifyNetworkInterfaceAttribute"]);
        Assert.Equal(2, CallNeeds.Of(ActKinds.Quarantine, planned: true, [isolate]).Tokens["ec2:ModifyNetworkInterfaceAttribute"]);
    }

    [Fact]
    public void A_release_of_a_stop_takes_one_of_the_few_tokens_of_starts()
    {
        var need = Backlog.Releasing([StepKinds.Tag, StepKinds.Stop]);

        Assert.Equal((1.0, 1.0, 1.0), (need.Tokens["ec2:StartInstances"], need.Tokens["ec2:StartInstances instances"], need.Tokens["ec2:DeleteTags"]));
    }

    [Fact]
    public void What_is_done_is_not_counted() => Assert.Equal(0, CallNeeds.Of(ActKinds.Stop, planned: true, []).Calls);
}
