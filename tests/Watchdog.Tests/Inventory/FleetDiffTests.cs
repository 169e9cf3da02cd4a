using FsCheck;
using FsCheck.Fluent;
using Watchdog.Inventory;
using static Watchdog.Tests.Inventory.Fleet;

namespace Watchdog.Tests.Inventory;

public class FleetDiffTests
{
    private const int Vms = 6;
    private static readonly string[] States = ["running", "stopped"];

    [Fact]
    public void Whatever_is_listed_transitions_form_one_chain_a_vm_and_nobody_goes_after_one_absence()
    {
        // A listing: for each VM absent, running or stopped.
        var arbitrary = Arb.From(Gen.ListOf(Gen.ArrayOf(Gen.Choose(-1, 1), Vms)));
        Prop.ForAll(arbitrary, listings =>
        {
            Dictionary<string, KnownVm> known = [];
            Dictionary<string, DateTimeOffset> gone = [];
            var chain = new Dictionary<string, (string State, DateTimeOffset At)>();
            var absences = new Dictionary<string, int>();
            var (minute, shrunk) = (0, false);
            foreach (var listing in listings)
            {
                var now = Start.AddMinutes(++minute);
                var diff = new FleetDiff(known, new InventoryOptions(), now);
                diff.Add([.. listing.Index().Where(vm => vm.Item >= 0).Select(vm => Vm(vm.Index, States[vm.Item]))]);
                var changes = diff.Finish(gone, shrunk);
                shrunk = changes.Doubted;
                foreach (var transition in changes.Transitions)
                {
                    if (chain.TryGetValue(transition.InstanceId, out var before))
                    {
                        Assert.Equal(before.State, transition.From);
                        Assert.True(transition.At > before.At, "time goes on");
                    }

                    Assert.NotEqual(transition.From, transition.To);
                    chain[transition.InstanceId] = (transition.To, transition.At);
                }

                for (var number = 0; number < Vms; number++)
                {
                    absences[Id(number)] = listing[number] >= 0 ? 0 : absences.GetValueOrDefault(Id(number)) + 1;
                }

                Assert.All(changes.Gone, id => Assert.True(absences[id] >= 2));
                Apply(known, gone, changes, now);
                Assert.All(listing.Index().Where(vm => vm.Item >= 0), vm => Assert.Equal((States[vm.Item], (DateTimeOffset?)null),
                    (known[Id(vm.Index)].State, known[Id(vm.Index)].MissingSince)));
            }
        }).QuickCheckThrowOnFailure();
    }

    [Theory]
    [InlineData("User initiated (2026-03-02 10:00:00 GMT)", "2026-03-02T10:00:00Z")]
    [InlineData("Server.SpotInstanceTermination: (2026-03-02 10:00:00 UTC)", "2026-03-02T10:00:00Z")]
    [InlineData("User initiated", null)]
    [InlineData("User initiated (2026-13-02 10:00:00 GMT)", null)]
    [InlineData("", null)]
    [InlineData(null, null)]
    public void The_time_inside_ec2s_reason_is_read_or_absent(string? reason, string? at) =>
        Assert.Equal(at is null ? null : DateTimeOffset.Parse(at, System.Globalization.CultureInfo.InvariantCulture), TransitionTime.Parse(reason));

    [Fact]
    public void A_time_from_the_future_or_before_the_state_before_is_not_believed()
    {
        var observed = Start.AddMinutes(5);
        Assert.Equal(observed, At("running", Vm(1, "stopped", "x (2026-03-02 11:00:00 GMT)")));
        Assert.Equal(observed, At("running", Vm(1, "stopped", "x (2026-03-02 09:00:00 GMT)")));
        Assert.Equal(Start.AddMinutes(2), At("running", Vm(1, "stopped", "x (2026-03-02 10:02:00 GMT)")));
        Assert.Equal(observed, At("pending", Vm(1, "running", launched: Start.AddMinutes(1))));

        DateTimeOffset At(string from, ListedVm vm) => TransitionTime.Of(from, Start, vm.State, vm.LaunchTime, vm.TransitionReason, observed);
    }

    [Fact]
    public void A_fingerprint_tells_neighbouring_fields_apart_and_is_the_same_on_every_machine()
    {
        var options = new InventoryOptions();
        var plain = VmRow.Of(Vm(1), options);
        Assert.NotEqual(VmRow.Of(Vm(1) with { PrivateIp = "a", PublicIp = "b" }, options).Fingerprint, VmRow.Of(Vm(1) with { PrivateIp = "ab", PublicIp = "" }, options).Fingerprint);
        Assert.NotEqual(VmRow.Of(Vm(1) with { PublicIp = "" }, options).Fingerprint, plain.Fingerprint);
        Assert.NotEqual(VmRow.Of(Vm(1) with { LaunchTime = Start }, options).Fingerprint, plain.Fingerprint);
        Assert.Equal(8831481482499794909, plain.Fingerprint);
    }

    private static void Apply(Dictionary<string, KnownVm> known, Dictionary<string, DateTimeOffset> gone, FleetChanges changes, DateTimeOffset now)
    {
        foreach (var (row, since) in changes.Upserts)
        {
            known[row.InstanceId] = new(row.Fingerprint, row.State, since, null);
            gone.Remove(row.InstanceId);
        }

        foreach (var id in changes.Missing)
        {
            known[id] = known[id] with { MissingSince = now };
        }

        foreach (var id in changes.Gone)
        {
            known.Remove(id);
            gone[id] = now;
        }
    }
}
