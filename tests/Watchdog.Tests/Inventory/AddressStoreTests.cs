using Watchdog.Inventory;
using static Watchdog.Tests.Inventory.Fleet;

namespace Watchdog.Tests.Inventory;

public sealed class AddressStoreTests
{
    private const string Intervals =
        """
        select host(address) || '>' || substr(instance_id, 19) || '/' || owner || '@' || coalesce(extract(epoch from since_after - '2026-03-02T10:00:00Z')::int::text, '?')
          || ',' || extract(epoch from from_at - '2026-03-02T10:00:00Z')::int || '-' || coalesce(extract(epoch from last_seen_at - '2026-03-02T10:00:00Z')::int::text, '?')
          || ',' || coalesce(extract(epoch from to_at - '2026-03-02T10:00:00Z')::int::text, '?')
        from address_interval order by from_at, address
        """;

    [Fact]
    public async Task An_address_is_written_when_it_comes_and_when_it_goes_and_not_in_between()
    {
        await using var fleet = await CreateAsync();
        fleet.List(Addressed(1, "ann", "198.51.100.7"), Vm(2));
        await fleet.SweepAsync(0);
        await fleet.SweepAsync(1);
        await fleet.SweepAsync(2);
        fleet.List(Vm(1, tags: ("watchdog:owner", "ann")), Addressed(2, "bob", "198.51.100.7"));
        await fleet.SweepAsync(3);

        Assert.Equal("198.51.100.7>1/ann@?,0-120,180 198.51.100.7>2/bob@120,180-?,?", await fleet.RowsAsync(Intervals));
    }

    [Fact]
    public async Task Every_interface_counts_and_so_do_ipv6_and_the_elastic_one_that_the_vm_itself_names_again()
    {
        await using var fleet = await CreateAsync();
        fleet.List(Vm(1) with
        {
            PublicIp = "198.51.100.7",
            Interfaces =
            [
                new ListedInterface("eni-1", 0, [], "198.51.100.7"),
                new ListedInterface("eni-2", 1, [], "198.51.100.8", ["2001:DB8::0:1", "no address"]),
            ],
        });
        await fleet.SweepAsync(0);

        Assert.Equal("198.51.100.7/eni-1 198.51.100.8/eni-2 2001:db8::1/eni-2", await fleet.RowsAsync(
            "select host(address) || '/' || interface_id from address_interval order by address"));
    }

    [Fact]
    public async Task Another_owner_of_the_same_vm_is_another_interval()
    {
        await using var fleet = await CreateAsync();
        fleet.List(Addressed(1, "pool", "198.51.100.7"));
        await fleet.SweepAsync(0);
        fleet.List(Addressed(1, "ann", "198.51.100.7"));
        await fleet.SweepAsync(1);

        Assert.Equal("198.51.100.7>1/pool@?,0-0,60 198.51.100.7>1/ann@0,60-?,?", await fleet.RowsAsync(Intervals));
    }

    [Fact]
    public async Task A_vm_that_a_complete_listing_lacks_has_lost_its_address_and_a_failed_listing_says_nothing()
    {
        await using var fleet = await CreateAsync();
        fleet.List(Addressed(1, "ann", "198.51.100.7"), Vm(2), Vm(3));
        await fleet.SweepAsync(0);
        fleet.Fails = (0, new InvalidOperationException("away"));
        await fleet.SweepAsync(1);
        Assert.Equal("198.51.100.7>1/ann@?,0-?,?", await fleet.RowsAsync(Intervals));
        fleet.List(Vm(2), Vm(3));
        await fleet.SweepAsync(2);
        await fleet.SweepAsync(3);
        fleet.List(Addressed(1, "ann", "198.51.100.7"), Vm(2), Vm(3));
        await fleet.SweepAsync(4);

        Assert.Equal("198.51.100.7>1/ann@?,0-0,120 198.51.100.7>1/ann@180,240-?,?", await fleet.RowsAsync(Intervals));
    }

    [Fact]
    public async Task Intervals_are_kept_for_ninety_days_after_their_end()
    {
        await using var fleet = await CreateAsync();
        fleet.List(Addressed(1, "ann", "198.51.100.7"), Addressed(2, "bob", "198.51.100.8"));
        await fleet.SweepAsync(0);
        fleet.List(Vm(1), Addressed(2, "bob", "198.51.100.8"));
        await fleet.SweepAsync(1);
        await fleet.SweepAsync(1 + (90 * 24 * 60));
        Assert.Equal(2, await fleet.Database.ScalarAsync<long>("select count(*) from address_interval"));

        await fleet.SweepAsync(2 + (90 * 24 * 60));

        Assert.Equal("198.51.100.8", await fleet.RowsAsync("select host(address) from address_interval"));
    }

    [Fact]
    public async Task A_clock_that_jumps_back_ends_an_interval_at_its_beginning()
    {
        await using var fleet = await CreateAsync();
        fleet.List(Addressed(1, "ann", "198.51.100.7"));
        await fleet.SweepAsync(10);
        fleet.List(Vm(1));

        Assert.True((await fleet.SweepAsync(5)).Seen);

        Assert.Equal("198.51.100.7>1/ann@?,600-?,600", await fleet.RowsAsync(Intervals));
    }

    private static ListedVm Addressed(int number, string owner, string address) =>
        Vm(number, tags: ("watchdog:owner", owner)) with { PublicIp = address };
}
