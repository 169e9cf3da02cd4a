using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;
using Watchdog.Aws;
using Watchdog.Cli;
using Watchdog.Cli.Demo;
using Watchdog.Diagnostics;
using Watchdog.FleetSim;
using Watchdog.FleetSim.Fleet;
using Watchdog.Inventory;
using Watchdog.Policy;
using Watchdog.Sweeps;

namespace Watchdog.Tests.Drills;

/// <summary>An hour of a simulated fleet whose policy hibernates: some VMs were launched for it, some not, and of some EC2 refuses it.</summary>
public sealed class HibernationDrill
{
    private const double Unpaced = 100_000;

    [Fact]
    [Trait("Category", "Drill")]
    public async Task What_acts_say_of_hibernations_is_what_ec2_did()
    {
        await using var folder = new WorkerFolder();
        var plan = new DemoPlan(60, Seed: 1, Unpaced, Minutes: null, PolicyMode.Enforce, Idle: true);
        var fleet = new FleetPlanOptions { Vms = plan.Vms, Seed = plan.Seed };
        var clock = new SteppedTime(fleet.Epoch);
        await using var region = await SimulatedRegion.StartAsync(
            new SimulatedRegionOptions { Seed = plan.Seed, RealTokenBuckets = false, HibernationShare = 0.6 }, FleetPlan.Generate(fleet), clock, default);
        region.Faults.NoHibernationShare = 0.4;
        var builder = CliHost.Create(CommandLine.Create().Parse(["demo"]), [.. plan.Settings(folder.Path), new("IdleShutdown:OnStop", "Hibernate")], quiet: LogLevel.Critical);
        builder.Services.AddSingleton(new Clocks(clock, TimeProvider.System));
        builder.Services.AddWorker(builder.Configuration, new SimulatedEndpoint(region.Endpoint, Rates: null));
        using var host = builder.Build();
        await using var services = (IAsyncDisposable)host;
        await SchemaGate.PassAsync(host.Services, default);
        var pipeline = host.Services.GetRequiredService<Pipeline>();
        await new FleetLoop(clock, TimeProvider.System, plan.Speed, pipeline.Jobs()).RunAsync(clock.GetUtcNow().AddMinutes(60), default);
        Assert.Equal(0, pipeline.Failures);

        var scope = (await host.Services.GetRequiredService<ScopeCatalog>().LoadAsync(default)).Single();
        var acts = await ActsAsync(host.Services.GetRequiredService<NpgsqlDataSource>());
        var listed = (await host.Services.GetRequiredService<Watchdog.Enforcement.IActuator>().ReadAsync(scope, [.. acts.Keys], default)).ToDictionary(vm => vm.InstanceId);
        foreach (var (id, detail) in acts)
        {
            Assert.Equal(detail.StartsWith("hibernated;", StringComparison.Ordinal) ? "Client.UserInitiatedHibernate" : "Client.UserInitiatedShutdown", listed[id].StateReason);
            Assert.Equal(listed[id].CanHibernate != true, detail.StartsWith("stopped, not hibernated: EC2 does not say", StringComparison.Ordinal));
        }

        // Each of the three came about.
        Assert.Equal(["hibernated", "refused", "unsaid"], acts.Values.Select(KindOf).Distinct().Order(StringComparer.Ordinal));
    }

    private static string KindOf(string detail) => detail switch
    {
        _ when detail.StartsWith("hibernated;", StringComparison.Ordinal) => "hibernated",
        _ when detail.Contains("EC2 refused it (UnsupportedOperation", StringComparison.Ordinal) => "refused",
        _ when detail.Contains("EC2 does not say", StringComparison.Ordinal) => "unsaid",
        _ => detail,
    };

    private static async Task<IReadOnlyDictionary<string, string>> ActsAsync(NpgsqlDataSource database)
    {
        await using var command = database.CreateCommand("select instance_id, detail from act where purpose = 'idle' and kind = 'stop' and state = 'verified'");
        Dictionary<string, string> details = new(StringComparer.Ordinal);
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
        {
            details.Add(reader.GetString(0), reader.GetString(1));
        }

        return details;
    }
}
