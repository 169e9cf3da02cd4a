using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Watchdog.Enforcement;
using Watchdog.Enforcement.Governing;
using Watchdog.FleetSim.Fleet;
using Watchdog.Ledger;
using Watchdog.Policy;
using Watchdog.Reports.Quarantine;
using Xunit.Abstractions;

namespace Watchdog.Tests.Drills;

/// <summary>300 miners begin at once among 20,000 VMs (80 among 2,000 in a quick run), with EC2's buckets as they are.</summary>
public sealed class WaveDrill(ITestOutputHelper output)
{
    private static readonly (int Vms, int Miners) Size = Quick.Is ? (2_000, 80) : (20_000, 300);

    // What a worker changes in AWS. Changes of groups are asked for as dry runs by the plans that a person is shown.
    private static readonly string[] Changes = ["StopInstances", "RebootInstances", "CreateTags", "ModifyInstanceAttribute"];

    [Fact]
    [Trait("Category", "Drill")]
    public async Task A_wave_of_miners_meets_the_brake_and_once_a_person_lets_it_go_is_contained_within_the_estimate()
    {
        var plan = new FleetPlanOptions
        {
            Vms = Size.Vms, Miners = Size.Miners, Seed = 7, AbuseShare = 0.001, AbuseFrom = TimeSpan.FromMinutes(10), AbuseWithin = TimeSpan.FromMinutes(2),
        };
        await using var fleet = await DrillFleet.StartAsync(plan);
        var truth = fleet.Region.State.Vms.Select(LabelsTruth.Of).Where(vm => vm.Onset is not null).ToList();
        var miners = truth.Where(vm => vm is { Label: "miner", Plain: true }).Select(vm => vm.InstanceId).ToArray();
        Assert.True(miners.Length >= Size.Miners);

        // With default caps. What shows miners is looked at before any act begins, so that they come at once.
        await using (var careful = fleet.Worker(null, ("Policy:BatchVms", "0")))
        {
            await fleet.PlayAsync(careful, plan.Epoch.AddHours(3), acts: false, async () => await ProposedAsync(fleet, miners) == miners.Length);
            Assert.Equal(miners.Length, await ProposedAsync(fleet, miners));
            var since = fleet.Now;
            await fleet.PlayAsync(careful, since.AddMinutes(5), acts: true, () => Task.FromResult(false));

            var brake = await Brake.ReadAsync(fleet.Database.Source, default);
            Assert.Equal((true, "candidates"), (brake.IsOn, brake.Cause));
            Assert.Equal(0L, await fleet.Database.ScalarAsync<long>("select count(*) from act where admitted_at is not null"));
            Assert.Equal(0L, await fleet.Database.ScalarAsync<long>("select count(*) from step"));
            Assert.All(Changes, change => Assert.Equal(0, fleet.Region.CallCounts.GetValueOrDefault($"ec2:{change}")));
            output.WriteLine($"default caps, {fleet.Now:HH:mm}: {brake.Reason}; {miners.Length} proposed, nobody touched");
            await ReportAsync(fleet, plan, miners);
        }

        // A person raises caps and floor, and lets the brake go.
        await using var raised = fleet.Worker(
            null, ("Policy:BatchVms", "0"), ("Policy:Caps:PerFiveMinutes", "10000"), ("Policy:Caps:PerHour", "10000"), ("Policy:Caps:PerOwnerAndHour", "1000"),
            ("Policy:Caps:FleetPercentPerDay", "100"), ("Policy:Brake:CandidatesFloor", "10000"),
            // Sweeps and acts take turns here, where a worker has them side by side.
            ("Enforcement:FreshMinutes", "120"));
        await Brake.SetAsync(fleet.Database.Source, false, "they are miners", "ann", fleet.Now, default);
        await raised.GetRequiredService<Admission>().AdmitAsync(await fleet.ActuatorAsync(), fleet.Now, default);
        var (began, clock) = (fleet.Now, TimeProvider.System.GetTimestamp());
        var estimate = Assert.Single(Backlog.Of(
            await raised.GetRequiredService<ActBacklog>().ReadAsync(default), raised.GetRequiredService<ICallRates>(),
            raised.GetRequiredService<IOptions<EnforcementOptions>>().Value, began)).Estimate;
        await fleet.PlayAsync(raised, began + (2 * estimate.Most), acts: true, async () => await ContainedAsync(fleet, miners) == miners.Length);

        var took = fleet.Now - began;
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"raised caps: {miners.Length} miners contained in {took.TotalSeconds:F0} s of fleet time ({TimeProvider.System.GetElapsedTime(clock).TotalSeconds:F0} s of wall time); estimated {estimate.Least.TotalSeconds:F0} to {estimate.Most.TotalSeconds:F0} s, slowest {estimate.Bottleneck}"));
        Assert.Equal(miners.Length, await ContainedAsync(fleet, miners));
        Assert.True(took <= estimate.Most, $"{took} is longer than the estimated {estimate.Most}");
        var guilty = truth.Select(vm => vm.InstanceId).ToArray();
        Assert.Equal(0L, await fleet.Database.ScalarAsync<long>("select count(*) from act where admitted_at is not null and not instance_id = any($1)", (object)guilty));
        // No act began while a more severe one that was admitted with it had not; as many as act at once may overtake one another.
        Assert.Equal(0L, await fleet.Database.ScalarAsync<long>(
            """
            select count(*) from (select a.id, min(s.started_at) as began, a.severity, a.admitted_at from act a join step s on s.act_id = a.id group by a.id) low
            where (select count(*) from (select a.id, min(s.started_at) as began, a.severity, a.admitted_at from act a join step s on s.act_id = a.id group by a.id) high
              where high.admitted_at = low.admitted_at and high.severity > low.severity and high.began > low.began) > $1
            """, 8L));
        await ReportAsync(fleet, plan, miners);
    }

    private static Task<long> ProposedAsync(DrillFleet fleet, string[] miners) => fleet.Database.ScalarAsync<long>(
        "select count(distinct instance_id) from act where kind = 'quarantine' and state = 'proposed' and instance_id = any($1)", (object)miners);

    private static Task<long> ContainedAsync(DrillFleet fleet, string[] miners) => fleet.Database.ScalarAsync<long>(
        "select count(distinct instance_id) from act where kind = 'quarantine' and state in ('applied', 'verified', 'unverifiable', 'escalated') and instance_id = any($1)", (object)miners);

    private async Task ReportAsync(DrillFleet fleet, FleetPlanOptions plan, string[] miners)
    {
        using var text = new StringWriter();
        var cases = await new QuarantineReport(fleet.Database.Source, new EvidenceOnly(), TimeSpan.FromDays(90))
            .WriteAsync(new ReportSpan(plan.Epoch, fleet.Now.AddMinutes(1), fleet.Now), new MarkdownForm(text), default);
        var told = text.ToString();
        Assert.All(miners, vm => Assert.Contains(vm, told, StringComparison.Ordinal));
        output.WriteLine($"the quarantine report lists {cases} cases");
    }
}
