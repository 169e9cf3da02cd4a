using static Watchdog.Tests.Inventory.Fleet;

namespace Watchdog.Tests.Inventory;

public class MembershipTests
{
    private const string Rows =
        "select owner || ',' || coalesce(plan, '-') || ',' || instance_type || '@' || extract(epoch from at - '2026-03-02T10:00:00Z')::int from vm_membership order by id";

    [Fact]
    public async Task A_first_sight_says_whose_a_vm_is_since_its_state_began()
    {
        await using var fleet = await CreateAsync();
        fleet.List(Vm(1, launched: Start.AddMinutes(-10), tags: [("watchdog:owner", "ann"), ("plan", "pro")]));

        await fleet.SweepAsync(0);

        Assert.Equal("ann,pro,m6i.large@-600", await fleet.RowsAsync(Rows));
    }

    [Fact]
    public async Task Only_a_change_of_what_it_counts_for_is_recorded_with_when_it_was_seen()
    {
        await using var fleet = await CreateAsync();
        fleet.List(Vm(1, launched: Start));
        await fleet.SweepAsync(0);
        fleet.List(Vm(1, launched: Start, tags: [("colour", "red")]));
        await fleet.SweepAsync(1);
        fleet.List(Vm(1, "stopped", launched: Start));
        await fleet.SweepAsync(2);
        fleet.List(Vm(1, "stopped", launched: Start, tags: [("plan", "pro")]));
        await fleet.SweepAsync(3);
        fleet.List(Vm(1, "stopped", launched: Start, tags: [("plan", "pro")]) with { InstanceType = "m6i.xlarge" });
        await fleet.SweepAsync(4);

        Assert.Equal("unknown,-,m6i.large@0 unknown,pro,m6i.large@180 unknown,pro,m6i.xlarge@240", await fleet.RowsAsync(Rows));
    }
}
