using System.CommandLine;
using Watchdog.Diagnostics;
using Watchdog.Enforcement;
using Watchdog.Enforcement.Plans;
using Watchdog.Inventory;
using Watchdog.Ledger;

namespace Watchdog.Cli;

/// <summary><c>watchdog plan VM</c>: what an act would do to a VM as it is now, step by step. Reads only.</summary>
internal static class PlanCommand
{
    private static readonly string[] Kinds = [ActKinds.Restrain, ActKinds.Quarantine, ActKinds.Stop, ActKinds.Reboot, ActKinds.Release];

    public static Command Create()
    {
        var vm = new Argument<string>("VM") { Description = "Instance id." };
        var kind = new Option<string?>("--act") { Description = "The act to plan; without it the one that the VM's open case proposes, else a quarantine.", HelpName = "ACT" };
        kind.AcceptOnlyFromAmong(Kinds);
        var force = new Option<bool>("--force") { Description = "Plan a release as if --force were asked for." };
        var json = GlobalOptions.Json();
        var command = new Command("plan", "What an act would do to a VM as it is now: each step, how it is verified and undone. Reads only.") { vm, kind, force, json };
        command.SetAction((parse, ct) => CommandEdge.RunAsync(async () =>
        {
            var builder = CliHost.Create(parse, quiet: LogLevel.Warning);
            builder.Services.AddWorker(builder.Configuration);
            using var host = builder.Build();
            await using var services = (IAsyncDisposable)host;
            await SchemaGate.PassAsync(host.Services, ct);
            var (act, plan) = await PlanAsync(host.Services, parse.GetRequiredValue(vm), parse.GetValue(kind), parse.GetValue(force), ct);
            var output = parse.InvocationConfiguration.Output;
            if (parse.GetValue(json))
            {
                await output.WriteLineAsync(CliJson.Write(new PlanReport(act.InstanceId, act.Kind, plan)));
            }
            else
            {
                PlanPage.Print(Screen.On(output), act.Kind, plan);
            }

            return plan.Refused is null ? ExitCodes.Ok : ExitCodes.NotHealthy;
        }, ct));
        return command;
    }

    private static async Task<(ActRecord Act, Plan Plan)> PlanAsync(IServiceProvider services, string id, string? kind, bool force, CancellationToken ct)
    {
        var known = await services.GetRequiredService<VmRepository>().ByIdsAsync([id], ct) is [var vm] ? vm
            : throw new UsageException($"{id} is in no inventory; `watchdog sweep` or the worker lists the VMs.");
        var scope = (await services.GetRequiredService<ScopeCatalog>().LoadAsync(ct)).FirstOrDefault(s => s.Id == known.Scope)
            ?? throw new UsageException($"{id} lies in a scope that is not configured any more (Inventory:Scopes).");
        var act = await ActAsync(services, known, kind, ct);
        try
        {
            var view = await services.GetRequiredService<Enforcement.Steps.VmReader>().ReadAsync(scope, act, guards: true, ct);
            return (act, await services.GetRequiredService<ActPlanner>().PlanAsync(scope, act, view, force, ct));
        }
        catch (ActuatorException error)
        {
            return (act, Plan.Refuse($"no plan can be made: {error.Message}"));
        }
    }

    // The act that the open case proposes, or one of the kind that was asked for; it has no row and is never carried out.
    private static async Task<ActRecord> ActAsync(IServiceProvider services, Vm vm, string? kind, CancellationToken ct)
    {
        var cases = services.GetRequiredService<CaseRepository>();
        var open = await cases.ListAsync(new CaseFilter(Open: true, InstanceId: vm.InstanceId, Limit: 1), ct);
        var latest = open is [var of] ? (await cases.LatestActsAsync([of.Id], ct)).GetValueOrDefault(of.Id) : null;
        var wanted = kind ?? (latest is { Kind: var proposed } && Kinds.Contains(proposed) ? proposed : ActKinds.Quarantine);
        var now = services.GetRequiredService<Clocks>().Fleet.GetUtcNow();
        return new ActRecord(
            0, Guid.Empty, open is [var present] ? present.Id : null, vm.InstanceId, vm.Scope, wanted, ActStates.Proposed, 0, true, null, "", Audit.Machine, "", now,
            null, null, null, 0, null, null, latest?.EpisodeId);
    }

    private sealed record PlanReport(string InstanceId, string Act, Plan Plan);
}
