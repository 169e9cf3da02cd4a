using FsCheck;
using FsCheck.Fluent;
using Watchdog.FleetSim.Fleet;
using Watchdog.FleetSim.Streaming;
using Watchdog.Telemetry;
using Watchdog.Tests.Aws;
using Watchdog.Tests.Intake;
using Spans = Watchdog.Telemetry.Windows;
using static Watchdog.Tests.Intake.StreamWorker;

namespace Watchdog.Tests.Telemetry.Streaming;

public sealed class StreamedMetricSourceTests
{
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(200);

    [Fact]
    public async Task A_stream_that_delivers_everything_leaves_nothing_to_poll()
    {
        await using var world = await StreamWorld.CreateAsync(SimulatedAws.Vms(30));
        var worker = await world.WorkAsync();
        using var stream = world.StreamTo(worker, world.Now);
        await world.PlayAsync(stream, Window);

        var streamed = await ReadAsync(worker.Source, world, Trailing(world));

        Assert.Equal(0, worker.Asked);
        Assert.Equal(await ReadAsync(worker.Polled, world, Trailing(world)), streamed);
        Assert.Equal(30 * 40, stream.Tally.Points);
        Assert.Equal(0, stream.Tally.Retries);
    }

    [Fact]
    public void However_it_is_delivered_the_windows_are_those_of_polling()
    {
        Prop.ForAll((from seed in Gen.Choose(1, 100_000)
                     from duplicates in Gen.Choose(0, 100)
                     from late in Gen.Choose(0, 60)
                     from dropped in Gen.Choose(0, 40)
                     from missing in Gen.Choose(0, 20)
                     from gzip in Gen.Elements(true, false)
                     select (seed, duplicates, late, dropped, missing, gzip)).ToArbitrary(), c =>
        {
            HoldAsync((ulong)c.seed, c.duplicates / 100.0, c.late / 100.0, c.dropped / 100.0, c.missing / 100.0, c.gzip).GetAwaiter().GetResult();
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(8));
    }

    [Fact]
    public async Task Exactly_the_vms_that_lack_a_point_are_polled_and_only_once_for_a_hole()
    {
        await using var world = await StreamWorld.CreateAsync(SimulatedAws.Vms(50));
        var worker = await world.WorkAsync();
        using var stream = world.StreamTo(worker, world.Now);
        await world.PlayAsync(stream, Window);
        string[] lacking = [SimulatedAws.Id(3), SimulatedAws.Id(17), SimulatedAws.Id(42)];
        await world.Database.ExecuteAsync("delete from metric_window where instance_id = any($1)", [lacking]);

        var streamed = await ReadAsync(worker.Source, world, Trailing(world));
        Assert.Equal(3, worker.Asked);
        Assert.Equal(await ReadAsync(worker.Polled, world, Trailing(world)), streamed);
        var before = worker.Asked;
        await ReadAsync(worker.Source, world, Trailing(world));
        Assert.Equal(before, worker.Asked);
    }

    [Fact]
    public async Task A_metric_that_the_stream_does_not_carry_is_polled_and_batches_keep_their_order()
    {
        await using var world = await StreamWorld.CreateAsync(SimulatedAws.Vms(5));
        var worker = await world.WorkAsync();
        using var stream = world.StreamTo(worker, world.Now);
        await world.PlayAsync(stream, Window);
        Metric[] wanted = [Metric.NetworkIn, Metric.CPUUtilization, Metric.NetworkOut];

        var rows = await ReadAsync(worker.Source, world, Trailing(world), wanted);

        Assert.Equal(10, worker.Asked);
        Assert.Equal(await ReadAsync(worker.Polled, world, Trailing(world), wanted), rows);
    }

    [Fact]
    public async Task Sums_are_streamed_as_sums()
    {
        await using var world = await StreamWorld.CreateAsync(SimulatedAws.Vms(5));
        var worker = await world.WorkAsync(("Telemetry:Stream:Metrics", "CPUUtilization, NetworkIn,NetworkOut"));
        using var stream = world.StreamTo(worker, world.Now, o => o with { Metrics = ["CPUUtilization", "NetworkIn", "NetworkOut"] });
        await world.PlayAsync(stream, Window);
        Metric[] wanted = [Metric.NetworkIn, Metric.CPUUtilization, Metric.NetworkOut];

        var rows = await ReadAsync(worker.Source, world, Trailing(world), wanted);

        Assert.Equal(0, worker.Asked);
        Assert.Equal(await ReadAsync(worker.Polled, world, Trailing(world), wanted), rows);
    }

    [Fact]
    public async Task Longer_windows_and_other_periods_are_polled()
    {
        await using var world = await StreamWorld.CreateAsync(SimulatedAws.Vms(2));
        var worker = await world.WorkAsync();
        foreach (var span in new[] { Spans.Trailing(world.Now, Spans.Context), Spans.Trailing(world.Now, Spans.Screen, 3600) })
        {
            var before = worker.Asked;
            await ReadAsync(worker.Source, world, span);
            Assert.Equal(before + 2, worker.Asked);
        }
    }

    [Fact]
    public async Task A_silent_stream_leaves_every_vm_to_polling_and_is_told_once_and_so_is_its_return()
    {
        await using var world = await StreamWorld.CreateAsync(SimulatedAws.Vms(20));
        var worker = await world.WorkAsync();
        using var stream = world.StreamTo(worker, world.Now);
        await world.PlayAsync(stream, Window);
        await ReadAsync(worker.Source, world, Trailing(world));
        Assert.Empty(Streams(worker));
        world.Clock.Advance(TimeSpan.FromMinutes(20));

        Assert.Equal(await ReadAsync(worker.Polled, world, Trailing(world)), await ReadAsync(worker.Source, world, Trailing(world)));
        Assert.Equal(40, worker.Asked);
        await ReadAsync(worker.Source, world, Trailing(world));
        Assert.Equal(["StreamSilent"], Streams(worker));

        await stream.DeliverAsync(world.Now, default);
        var before = worker.Asked;
        var back = await ReadAsync(worker.Source, world, Trailing(world));
        Assert.Equal(before, worker.Asked);
        Assert.Equal(await ReadAsync(worker.Polled, world, Trailing(world)), back);
        Assert.Equal(["StreamSilent", "StreamBack"], Streams(worker));
    }

    [Fact]
    public async Task A_late_point_heals_the_window_at_the_next_read()
    {
        await using var world = await StreamWorld.CreateAsync(SimulatedAws.Vms(1));
        var worker = await world.WorkAsync();
        using var stream = world.StreamTo(worker, world.Now);
        await world.PlayAsync(stream, Window);
        world.Region.Faults.MissingPointShare = 1;
        world.Clock.Advance(TimeSpan.FromMinutes(30));
        var hole = await ReadAsync(worker.Source, world, Trailing(world));
        Assert.All(hole[0], point => Assert.True(float.IsNaN(point) || point == 0));
        Assert.Contains(hole[0], float.IsNaN);

        world.Region.Faults.MissingPointShare = 0;
        await stream.DeliverAsync(world.Now, default);

        Assert.Equal(await ReadAsync(worker.Polled, world, Trailing(world)), await ReadAsync(worker.Source, world, Trailing(world)));
    }

    [Fact]
    public async Task What_one_worker_received_another_reads_and_a_restart_between_loses_nothing()
    {
        await using var world = await StreamWorld.CreateAsync(SimulatedAws.Vms(20));
        var (one, two) = (await world.WorkAsync(), await world.WorkAsync());
        using (var stream = world.StreamTo(one, world.Now))
        {
            await world.PlayAsync(stream, TimeSpan.FromMinutes(60));
        }

        await one.StopAsync();
        using (var stream = world.StreamTo(two, world.Now))
        {
            await world.PlayAsync(stream, TimeSpan.FromMinutes(60));
        }

        var again = await world.WorkAsync();
        using (var stream = world.StreamTo(again, world.Now))
        {
            await world.PlayAsync(stream, Window - TimeSpan.FromMinutes(120));
        }

        var polled = await ReadAsync(two.Polled, world, Trailing(world));
        var before = (two.Asked, again.Asked);
        Assert.Equal(polled, await ReadAsync(two.Source, world, Trailing(world)));
        Assert.Equal(polled, await ReadAsync(again.Source, world, Trailing(world)));
        Assert.Equal(before, (two.Asked, again.Asked));
    }

    [Fact]
    public async Task Two_workers_that_receive_the_same_points_at_once_store_each_once()
    {
        await using var world = await StreamWorld.CreateAsync(SimulatedAws.Vms(60));
        var (one, two) = (await world.WorkAsync(), await world.WorkAsync());
        using MetricStream left = world.StreamTo(one, world.Now), right = world.StreamTo(two, world.Now, o => o with { Seed = 9, BufferBytes = 3_000 });
        for (var end = world.Now + Window; world.Now < end;)
        {
            world.Clock.Advance(TimeSpan.FromMinutes(50));
            await Task.WhenAll(left.DeliverAsync(world.Now, default), right.DeliverAsync(world.Now, default));
        }

        Assert.Equal(0, left.Tally.Lost + right.Tally.Lost);
        var polled = await ReadAsync(one.Polled, world, Trailing(world));
        var asked = one.Asked;
        Assert.Equal(polled, await ReadAsync(one.Source, world, Trailing(world)));
        Assert.Equal(asked, one.Asked);
    }

    [Fact]
    public async Task Windows_of_vms_that_fell_silent_are_forgotten_after_four_hours()
    {
        await using var world = await StreamWorld.CreateAsync(SimulatedAws.Vms(2));
        var worker = await world.WorkAsync();
        using (var stream = world.StreamTo(worker, world.Now))
        {
            await world.PlayAsync(stream, TimeSpan.FromMinutes(30));
        }

        await world.Database.ExecuteAsync("update metric_window set newest = newest - 60 where instance_id = $1", SimulatedAws.Id(0));
        using (var stream = world.StreamTo(worker, world.Now, o => o with { DropShare = 0 }))
        {
            world.Clock.Advance(TimeSpan.FromMinutes(20));
            await world.Database.ExecuteAsync("delete from vm where instance_id = $1", SimulatedAws.Id(0));
            await stream.DeliverAsync(world.Now, default);
        }

        Assert.Equal(SimulatedAws.Id(1), await world.Database.ScalarAsync<string>("select string_agg(instance_id, ' ') from metric_window"));
    }

    private static string[] Streams(StreamWorker worker) => [.. worker.Told.Where(name => name.StartsWith("Stream", StringComparison.Ordinal))];

    // A fleet that starts, stops, idles and mines, under everything that a stream may do.
    private static async Task HoldAsync(ulong seed, double duplicates, double late, double dropped, double missing, bool gzip)
    {
        var fleet = FleetPlan.Generate(new FleetPlanOptions { Vms = 40, Seed = seed, Epoch = StreamWorld.Start.AddMinutes(100) });
        await using var world = await StreamWorld.CreateAsync(fleet);
        world.Region.Faults.MissingPointShare = missing;
        var worker = await world.WorkAsync();
        using var stream = world.StreamTo(worker, world.Now, o => o with
        {
            Seed = seed, DuplicateShare = duplicates, LateShare = late, DropShare = dropped, Gzip = gzip, BufferBytes = 4_000,
        });
        await world.PlayAsync(stream, TimeSpan.FromMinutes(120));
        await ReadAsync(worker.Source, world, Trailing(world));
        await world.PlayAsync(stream, TimeSpan.FromMinutes(115));

        // What must have come by now is as polling has it; what may still come is as polling has it, or not there yet.
        var span = Trailing(world);
        var polled = await ReadAsync(worker.Polled, world, span);
        var streamed = await ReadAsync(worker.Source, world, span);
        var mature = (int)((world.Now - TimeSpan.FromMinutes(7) - span.Start).TotalSeconds / span.PeriodSeconds);
        for (var vm = 0; vm < polled.Length; vm++)
        {
            Assert.Equal(polled[vm][..mature], streamed[vm][..mature]);
            for (var i = mature; i < polled[vm].Length; i++)
            {
                Assert.True(float.IsNaN(streamed[vm][i]) || streamed[vm][i].Equals(polled[vm][i]));
            }
        }
    }

    private static MetricSpan Trailing(StreamWorld world) => Spans.Trailing(world.Now, Spans.Screen);
}
