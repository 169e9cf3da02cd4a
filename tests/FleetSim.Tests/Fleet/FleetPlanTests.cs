using Watchdog.FleetSim.Fleet;

namespace Watchdog.FleetSim.Tests.Fleet;

public sealed class FleetPlanTests
{
    [Fact]
    public void The_same_seed_gives_the_same_labels_to_the_byte_and_another_seed_does_not()
    {
        Assert.Equal(Labels(new() { Vms = 3_000, Seed = 5 }), Labels(new() { Vms = 3_000, Seed = 5 }));
        Assert.NotEqual(Labels(new() { Vms = 3_000, Seed = 5 }), Labels(new() { Vms = 3_000, Seed = 6 }));
    }

    [Fact]
    public void Two_thousand_VMs_hold_two_dozen_abusers_of_every_class_within_the_hour()
    {
        FleetPlanOptions options = new() { AbuseFrom = TimeSpan.FromMinutes(10), AbuseWithin = TimeSpan.FromMinutes(30) };
        LabelsTruth[] truths = [.. FleetPlan.Generate(options).Select(LabelsTruth.Of).Where(t => t.Onset is not null)];
        Assert.Equal(24, truths.Length);
        var counts = truths.CountBy(t => t.Label).ToDictionary();
        Assert.Equal(10, counts["miner"]);
        Assert.Equal(4, counts["forkbomb"]);
        Assert.Equal(4, counts["runaway"]);
        Assert.Equal(4, counts["panic"]);
        Assert.Equal(2, counts["hostfault"]);
        DateTimeOffset from = options.Epoch.AddMinutes(10);
        Assert.All(truths, t => Assert.InRange(t.Onset!.Value, from, from.AddMinutes(30).AddSeconds(-1)));
        Assert.True(truths.Count(t => t.Label == "miner" && t.Plain) >= 6);
    }

    [Fact]
    public void Arrivals_launch_evenly_in_their_span_and_none_of_them_misbehaves()
    {
        FleetPlanOptions options = new() { Vms = 2_000, Arrivals = 1_000, ArrivalsFrom = TimeSpan.FromMinutes(20), ArrivalsWithin = TimeSpan.FromMinutes(10) };
        var fleet = FleetPlan.Generate(options);
        Assert.All(fleet.Take(1_000), vm => Assert.True(vm.LaunchTime < options.Epoch));
        var arrivals = fleet.Skip(1_000).ToList();
        var from = options.Epoch.AddMinutes(20);
        Assert.All(arrivals.CountBy(vm => (int)((vm.LaunchTime - from).TotalMinutes)), minute => Assert.Equal((true, 100), (minute.Key is >= 0 and < 10, minute.Value)));
        Assert.All(arrivals, vm => Assert.Null(LabelsTruth.Of(vm).Onset));
        Assert.Throws<ArgumentOutOfRangeException>(() => FleetPlan.Generate(new() { Vms = 10, Arrivals = 11 }));
    }

    [Fact]
    public void A_wave_of_plain_miners_comes_on_top_of_the_mix()
    {
        LabelsTruth[] truths = [.. FleetPlan.Generate(new() { Vms = 2_000, Miners = 40 }).Select(LabelsTruth.Of).Where(t => t.Onset is not null)];
        Assert.Equal(64, truths.Length);
        Assert.Equal(50, truths.Count(t => t.Label == "miner"));
        Assert.Throws<ArgumentOutOfRangeException>(() => FleetPlan.Generate(new() { Vms = 10, Miners = 6 }));
    }

    [Theory]
    [InlineData(200)]
    [InlineData(400)]
    public void A_small_fleet_has_one_of_each_class(int vms)
    {
        var labels = FleetPlan.Generate(new() { Vms = vms }).Select(v => v.Behaviour.Label).ToHashSet();
        Assert.Equal(["benign", "forkbomb", "hostfault", "idle", "miner", "panic", "runaway"], labels.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void No_abuse_means_none()
    {
        Assert.All(FleetPlan.Generate(new() { Vms = 500, AbuseShare = 0 }), v => Assert.Equal(DateTimeOffset.MaxValue, v.Onset));
        Assert.Empty(FleetPlan.Generate(new() { Vms = 0 }));
    }

    [Fact]
    public void A_hundred_and_fifty_thousand_VMs_have_ids_of_their_own_and_share_their_behaviours()
    {
        IReadOnlyList<SimulatedVm> fleet = FleetPlan.Generate(new() { Vms = 150_000 });
        Assert.Equal(150_000, fleet.Select(v => v.InstanceId).Distinct().Count());
        Assert.Matches("^i-[0-9a-f]{17}$", fleet[77].InstanceId);
        Assert.True(fleet.Select(v => v.Behaviour).Distinct().Count() < 300);
        Assert.InRange(fleet.Select(v => v.Owner).Distinct().Count(), 90_000, 120_000);
        Assert.All(fleet.GroupBy(v => v.Owner).Where(g => g.Count() > 1).Take(500), g => Assert.Single(g.Select(v => v.Plan).Distinct()));
        Assert.All(fleet.CountBy(v => v.AvailabilityZone), z => Assert.InRange(z.Value, 49_000, 51_000));
    }

    [Fact]
    public void Most_VMs_are_days_old_some_are_young_and_a_few_boot_at_the_epoch()
    {
        FleetPlanOptions options = new() { Vms = 5_000 };
        IReadOnlyList<SimulatedVm> fleet = FleetPlan.Generate(options);
        Assert.All(fleet, v => Assert.True(v.LaunchTime <= options.Epoch, "a fleet of N lists N VMs"));
        Assert.InRange(fleet.Count(v => v.LaunchTime > options.Epoch.AddMinutes(-6)), 50, 150);
        Assert.InRange(fleet.Count(v => v.LaunchTime <= options.Epoch && v.LaunchTime > options.Epoch.AddDays(-1)), 450, 700);
        Assert.All(fleet, v => Assert.True(v.Onset > v.LaunchTime.AddMinutes(30)));
        Assert.All(fleet.Where(v => v.Behaviour.Kind == "runaway/one-core"), v => Assert.True(v.Onset > v.LaunchTime.AddDays(2)));
    }

    [Fact]
    public void A_third_of_those_in_use_are_hard_to_tell()
    {
        string[] hard =
        [
            "benign/encoder", "benign/training", "benign/compute-farm", "benign/big-compile", "benign/blockchain-student", "benign/night-backup",
            "benign/dead-agent", "benign/status-blip", "benign/metric-gaps",
        ];
        SimulatedVm[] used = [.. FleetPlan.Generate(new() { Vms = 3_000 }).Where(v => v.Behaviour.Label == "benign")];
        Assert.Equal(used.Length / 3, used.Count(v => hard.Contains(v.Behaviour.Kind)));
    }

    [Fact]
    public void Options_out_of_range_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => FleetPlan.Generate(new() { Vms = -1 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => FleetPlan.Generate(new() { AbuseShare = 0.6 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => FleetPlan.Generate(new() { AbuseShare = double.NaN }));
        Assert.Throws<ArgumentOutOfRangeException>(() => FleetPlan.Generate(new() { Zones = [] }));
    }

    private static string Labels(FleetPlanOptions options)
    {
        StringWriter text = new();
        LabelsFile.Write(text, FleetPlan.Generate(options), options.Epoch.AddHours(3));
        return text.ToString();
    }
}
