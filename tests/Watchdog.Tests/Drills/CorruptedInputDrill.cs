using System.Runtime.CompilerServices;
using Microsoft.Extensions.DependencyInjection;
using Watchdog.Aws;
using Watchdog.FleetSim.Fleet;
using Watchdog.Inventory;
using Watchdog.Policy;
using Watchdog.Telemetry;
using Xunit.Abstractions;

namespace Watchdog.Tests.Drills;

/// <summary>AWS tells nonsense of the whole fleet, with abusers in it: nothing is done to anybody, the brake is on, and it says why.</summary>
public sealed class CorruptedInputDrill(ITestOutputHelper output)
{
    [Theory]
    [InlineData("half of the fleet is not listed", "listed", "VMs are listed")]
    [InlineData("all CPU at 100", "equal", "CPU of 100 %")]
    [InlineData("all CPU at 0", "equal", "CPU of 0 %")]
    [Trait("Category", "Drill")]
    public async Task No_act_begins_and_the_brake_names_the_reason(string fault, string cause, string words)
    {
        // What is listed is held against an hour ago. The abuse begins after the nonsense: somebody would be acted on.
        var plan = new FleetPlanOptions
        {
            Vms = Quick.Is ? 400 : 2_000, Seed = 11, AbuseShare = 0.02, AbuseFrom = TimeSpan.FromMinutes(68), AbuseWithin = TimeSpan.FromMinutes(5),
        };
        var from = plan.Epoch.AddMinutes(63);
        await using var fleet = await DrillFleet.StartAsync(plan);
        await using var worker = fleet.Worker(
            services => Corrupt(services, fault, () => fleet.Now >= from), ("Policy:Caps:FleetPercentPerDay", "100"), ("Policy:Caps:PerFiveMinutes", "1000"));

        await fleet.PlayAsync(worker, from.AddMinutes(-1), acts: true, () => Task.FromResult(false));
        Assert.False((await Brake.ReadAsync(fleet.Database.Source, default)).IsOn);
        var acts = await ActsAsync(fleet);
        await fleet.PlayAsync(worker, from.AddMinutes(25), acts: true, () => Task.FromResult(false));

        var brake = await Brake.ReadAsync(fleet.Database.Source, default);
        output.WriteLine($"{fault}: {brake.Reason}");
        Assert.Equal((true, cause), (brake.IsOn, brake.Cause));
        Assert.Contains(words, brake.Reason, StringComparison.Ordinal);
        Assert.Equal((0L, acts), (acts, await ActsAsync(fleet)));
    }

    private static Task<long> ActsAsync(DrillFleet fleet) => fleet.Database.ScalarAsync<long>("select count(*) from act where admitted_at is not null");

    private static void Corrupt(IServiceCollection services, string fault, Func<bool> now)
    {
        if (fault.StartsWith("half", StringComparison.Ordinal))
        {
            services.AddSingleton<IFleetSource>(provider => new HalfListed(ActivatorUtilities.CreateInstance<Ec2FleetSource>(provider), now));
        }
        else
        {
            var level = fault.EndsWith("100", StringComparison.Ordinal) ? 100f : 0f;
            services.AddSingleton<IMetricSource>(provider => new OneLevel(ActivatorUtilities.CreateInstance<CloudWatchMetricSource>(provider), level, now));
        }
    }

    private sealed class HalfListed(IFleetSource real, Func<bool> on) : IFleetSource
    {
        public async IAsyncEnumerable<IReadOnlyList<ListedVm>> ListAsync(Scope scope, [EnumeratorCancellation] CancellationToken ct)
        {
            await foreach (var page in real.ListAsync(scope, ct))
            {
                yield return on() ? [.. page.Where(vm => vm.InstanceId[^1] < '8')] : page;
            }
        }

        public Task<IReadOnlyList<ListedStatus>> ListStatusAsync(Scope scope, CancellationToken ct) => real.ListStatusAsync(scope, ct);
    }

    private sealed class OneLevel(IMetricSource real, float level, Func<bool> on) : IMetricSource
    {
        public async Task<IReadOnlyList<MetricBatch>> ReadAsync(
            Scope scope, IReadOnlyList<string> instanceIds, IReadOnlyList<Metric> metrics, DateTimeOffset start, DateTimeOffset end, int periodSeconds,
            CancellationToken ct)
        {
            var batches = await real.ReadAsync(scope, instanceIds, metrics, start, end, periodSeconds, ct);
            foreach (var batch in batches.Where(batch => on() && batch.Metric == Metric.CPUUtilization))
            {
                for (var row = 0; row < batch.InstanceIds.Count; row++)
                {
                    foreach (ref var point in batch.Row(row))
                    {
                        point = float.IsNaN(point) ? point : level;
                    }
                }
            }

            return batches;
        }
    }
}
