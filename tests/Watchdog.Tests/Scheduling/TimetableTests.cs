using System.Globalization;
using Watchdog.Inventory;
using Watchdog.Scheduling;

namespace Watchdog.Tests.Scheduling;

public sealed class TimetableTests
{
    [Fact]
    public void Shards_are_spread_evenly_over_the_minute()
    {
        var seconds = Timetable.Default.Entries([1]).Where(e => e.Kind == JobKind.Shard)
            .Select(e => int.Parse(e.Cron.Split(' ')[0], CultureInfo.InvariantCulture)).ToArray();

        Assert.Equal(Shard.Count, seconds.Length);
        Assert.Equal(Enumerable.Range(0, 60), seconds.Distinct().Order());
        Assert.All(seconds.CountBy(s => s), count => Assert.InRange(count.Value, 1, 2));
    }

    [Fact]
    public void Resting_vms_of_each_shard_are_looked_at_each_five_minutes_in_turn()
    {
        var entries = Timetable.Default.Entries([1]).Where(e => e.Kind == JobKind.Idle).ToArray();

        Assert.Equal(Shard.Count, entries.Length);
        Assert.All(entries, entry => Assert.Equal($"{entry.Number % 5}/5", entry.Cron.Split(' ')[1]));
    }

    [Fact]
    public void Schedules_of_each_shard_are_seen_to_each_minute_half_of_it_after_the_shards_sweep()
    {
        int[] Seconds(JobKind kind) => [.. Timetable.Default.Entries([1]).Where(e => e.Kind == kind).Select(e => int.Parse(e.Cron.Split(' ')[0], CultureInfo.InvariantCulture))];

        Assert.Equal(Seconds(JobKind.Shard).Select(second => (second + 30) % 60), Seconds(JobKind.Schedule));
    }

    [Fact]
    public void Each_scope_has_one_inventory_and_one_actuator_and_the_cluster_one_seal_and_one_keeper_of_the_books()
    {
        var entries = Timetable.Default.Entries([3, 9]).Where(e => e.Kind is not (JobKind.Shard or JobKind.Idle or JobKind.Schedule)).ToArray();

        Assert.Equal(
            [(JobKind.Inventory, 3, "21 * * * * ?"), (JobKind.Inventory, 9, "3 * * * * ?"), (JobKind.Actuator, 3, "1/2 * * * * ?"), (JobKind.Actuator, 9, "1/2 * * * * ?"), (JobKind.Audit, 0, "50 * * * * ?"), (JobKind.Slo, 0, "40 * * * * ?")],
            entries.Select(e => (e.Kind, e.Number, e.Cron)));
    }
}
