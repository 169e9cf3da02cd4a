using System.CommandLine;
using Watchdog.Diagnostics;
using Watchdog.IdleShutdown;
using Watchdog.Inventory;

namespace Watchdog.Cli;

/// <summary><c>watchdog idle explain|plan|report|approve|start|snooze</c>: what keeps a VM from an idle stop, who is next, what stops saved, and the stops themselves.</summary>
internal static class IdleCommand
{
    public static Command Create() => new("idle", "Stops of VMs that nobody uses: what keeps a VM, and who is next.") { Explain(), Plan(), IdleReportCommand.Create(), Approve(), Start(), SnoozeCommand.Create() };

    private static Command Explain()
    {
        var vm = Vm();
        var json = GlobalOptions.Json();
        var command = new Command("explain", "What keeps a VM from an idle stop now, and when it would be stopped. Reads only.") { vm, json };
        command.SetAction((parse, ct) => RunAsync(parse, async services =>
        {
            var id = parse.GetRequiredValue(vm);
            var known = await services.GetRequiredService<VmRepository>().ByIdsAsync([id], ct) is [var found] ? found
                : throw new UsageException($"{id} is in no inventory; `watchdog sweep` or the worker lists the VMs.");
            var scope = (await services.GetRequiredService<ScopeCatalog>().LoadAsync(ct)).FirstOrDefault(s => s.Id == known.Scope)
                ?? throw new UsageException($"{id} lies in a scope that is not configured any more (Inventory:Scopes).");
            var verdict = await services.GetRequiredService<IdleDesk>().ExplainAsync(scope, id, ct) ?? throw new UsageException($"{id} is gone.");
            await parse.InvocationConfiguration.Output.WriteLineAsync(parse.GetValue(json) ? CliJson.Write(new ExplainJson(id, verdict.Idle, verdict.StopsAt, verdict.Keepers, verdict.Reason))
                : Words(id, verdict));
            return ExitCodes.Ok;
        }, ct));
        return command;
    }

    private static Command Plan()
    {
        var json = GlobalOptions.Json();
        var command = new Command("plan", "Who would be stopped within the next hour, by what was found last. Reads only.") { json };
        command.SetAction((parse, ct) => RunAsync(parse, async services =>
        {
            var until = services.GetRequiredService<Clocks>().Fleet.GetUtcNow().AddHours(1);
            var next = await services.GetRequiredService<IdleDesk>().PlanAsync(until, ct);
            var output = parse.InvocationConfiguration.Output;
            if (parse.GetValue(json))
            {
                await output.WriteLineAsync(CliJson.Write(new PlanJson([.. next.Select(vm => new NextJson(vm.InstanceId, vm.Verdict!.StopsAt!.Value, vm.Verdict.Reason))])));
                return ExitCodes.Ok;
            }

            await output.WriteLineAsync(next.Count == 0 ? "Nobody, by what is known." : $"{next.Count} VM(s), within the caps:");
            foreach (var vm in next)
            {
                await output.WriteLineAsync(Screen.Plain($"{vm.InstanceId}  {Screen.At(vm.Verdict!.StopsAt)}  {vm.Verdict.Reason}"));
            }

            return ExitCodes.Ok;
        }, ct));
        return command;
    }

    private static Command Approve() => Asking("approve", "Let an idle stop begin that waits for a person.", "is approved", "has no idle stop that waits",
        (desk, id, by, reason, ct) => desk.ApproveAsync(id, by, reason, ct));

    private static Command Start() => Asking("start", "Undo an idle stop: the worker starts the VM again.", "will be started by the worker", "has no idle stop in force, or is being started already",
        (desk, id, by, reason, ct) => desk.StartAsync(id, by, reason, ct));

    private static Command Asking(string name, string description, string done, string not, Func<IdleDesk, string, string, string, CancellationToken, Task<bool>> ask)
    {
        var (vm, reason, by) = (Vm(), Person.Reason("Why, in a sentence."), Person.By());
        var command = new Command(name, description) { vm, reason, by };
        command.SetAction((parse, ct) => RunAsync(parse, async services =>
        {
            var id = parse.GetRequiredValue(vm);
            var well = await ask(services.GetRequiredService<IdleDesk>(), id, parse.GetRequiredValue(by), parse.GetRequiredValue(reason), ct);
            await (well ? parse.InvocationConfiguration.Output : parse.InvocationConfiguration.Error).WriteLineAsync(Screen.Plain($"{id} {(well ? done : not)}."));
            return well ? ExitCodes.Ok : ExitCodes.NotHealthy;
        }, ct));
        return command;
    }

    private static Argument<string> Vm() => new("VM") { Description = "Instance id." };

    private static string Words(string id, IdleVerdict verdict) => Screen.Plain(verdict.Idle ? $"Nothing keeps {id}. {verdict.Reason}"
        : $"{id} is kept: {verdict.Reason} ") + (verdict.StopsAt is { } at ? $"If nothing changes it is stopped from {Screen.At(at)} on." : "It is not stopped as long as that is so.");

    private static Task<int> RunAsync(ParseResult parse, Func<IServiceProvider, Task<int>> body, CancellationToken ct) => CommandEdge.RunAsync(async () =>
    {
        var builder = CliHost.Create(parse, quiet: LogLevel.Warning);
        builder.Services.AddWorker(builder.Configuration);
        using var host = builder.Build();
        await using var services = (IAsyncDisposable)host;
        await SchemaGate.PassAsync(host.Services, ct);
        return await body(host.Services);
    }, ct, parse.InvocationConfiguration.Error);

    /// <summary>The JSON; its names are a contract.</summary>
    private sealed record ExplainJson(string InstanceId, bool Idle, DateTimeOffset? StopsAt, IReadOnlyList<Keeper> Keepers, string Reason);

    private sealed record PlanJson(IReadOnlyList<NextJson> Next);

    private sealed record NextJson(string InstanceId, DateTimeOffset StopsAt, string Reason);
}
