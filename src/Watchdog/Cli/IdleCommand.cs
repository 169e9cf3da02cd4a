using System.CommandLine;
using Watchdog.Cli.Idle;
using Watchdog.Diagnostics;
using Watchdog.IdleShutdown;
using Watchdog.IdleShutdown.Schedules;
using Watchdog.IdleShutdown.Warnings;
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
        var command = new Command("explain", "What keeps a VM from an idle stop now, when it would be stopped, and until when it was warned. Reads only.") { vm, json };
        command.SetAction((parse, ct) => RunAsync(parse, async services =>
        {
            var id = parse.GetRequiredValue(vm);
            var known = await services.GetRequiredService<VmRepository>().ByIdsAsync([id], ct) is [var found] ? found
                : throw new UsageException($"{id} is in no inventory; `watchdog sweep` or the worker lists the VMs.");
            var scope = (await services.GetRequiredService<ScopeCatalog>().LoadAsync(ct)).FirstOrDefault(s => s.Id == known.Scope)
                ?? throw new UsageException($"{id} lies in a scope that is not configured any more (Inventory:Scopes).");
            var verdict = await services.GetRequiredService<IdleDesk>().ExplainAsync(scope, id, ct) ?? throw new UsageException($"{id} is gone.");
            var policy = PolicyOf(services, verdict);
            var own = policy?.Schedule;
            var warning = (await services.GetRequiredService<IdleDesk>().WarningsAsync(ct)).GetValueOrDefault(id);
            var now = services.GetRequiredService<Clocks>().Fleet.GetUtcNow();
            var (stop, start) = (own?.NextStop(now), own?.NextStart(now));
            await parse.InvocationConfiguration.Output.WriteLineAsync(parse.GetValue(json)
                ? CliJson.Write(new ExplainJson(id, verdict.Idle, verdict.StopsAt, verdict.Policy, own?.Name, stop, start, verdict.Keepers, verdict.Reason, WayJson(policy), WarnedJson.Of(warning)))
                : Words(id, verdict) + Screen.Plain(WarnedJson.Words(warning) + $" Policy {verdict.Policy}{Way(policy)}" + (own is null ? ", no schedule." : $", schedule {own.Name}:{At("stop", own, stop)}{At("start", own, start)}.")));
            return ExitCodes.Ok;
        }, ct));
        return command;
    }

    private static Command Plan()
    {
        var json = GlobalOptions.Json();
        var command = new Command("plan", "Who would be stopped within the next hour, by what was found last, who was warned and until when, and the times of schedules within a day. Reads only.") { json };
        command.SetAction((parse, ct) => RunAsync(parse, async services =>
        {
            var until = services.GetRequiredService<Clocks>().Fleet.GetUtcNow().AddHours(1);
            var next = await services.GetRequiredService<IdleDesk>().PlanAsync(until, ct);
            var warnings = await services.GetRequiredService<IdleDesk>().WarningsAsync(ct);
            IdleWarning[] others = [.. warnings.Values.Where(warning => next.All(vm => vm.InstanceId != warning.InstanceId))];
            var agenda = await services.GetRequiredService<Agenda>().ReadAsync(until.AddHours(23), ct);
            var output = parse.InvocationConfiguration.Output;
            if (parse.GetValue(json))
            {
                await output.WriteLineAsync(CliJson.Write(new PlanJson([.. next.Select(vm => new NextJson(vm.InstanceId, vm.Verdict!.StopsAt!.Value, vm.Verdict.Reason, WayJson(PolicyOf(services, vm.Verdict)), WarnedJson.Of(warnings.GetValueOrDefault(vm.InstanceId))))],
                    [.. agenda.Select(one => new TimeJson(one.Occurrence.At, one.Occurrence.Wants == Desired.Stopped ? "stop" : "start", one.Schedule, one.Policy, one.Vms, one.Refused))],
                    [.. others.Select(warning => new OtherJson(warning.InstanceId, WarnedJson.Of(warning)!))])));
                return ExitCodes.Ok;
            }

            await output.WriteLineAsync(next.Count == 0 && others.Length == 0 ? "Nobody, by what is known." : $"{next.Count + others.Length} VM(s), within the caps:");
            foreach (var vm in next)
            {
                await output.WriteLineAsync(Screen.Plain($"{vm.InstanceId}  {Screen.At(vm.Verdict!.StopsAt)}  {vm.Verdict.Reason}{WarnedJson.Words(warnings.GetValueOrDefault(vm.InstanceId))}{(PolicyOf(services, vm.Verdict) is { OnStop: OnStop.Hibernate } ? " Hibernated where it was launched for that." : "")}"));
            }

            foreach (var warning in others)
            {
                await output.WriteLineAsync(Screen.Plain($"{warning.InstanceId}  {Screen.At(warning.Deadline)} {WarnedJson.Words(warning)}"));
            }

            await output.WriteLineAsync(agenda.Count == 0 ? "No schedule has a time within 24 h." : $"{agenda.Count} time(s) of schedules within 24 h:");
            foreach (var one in agenda)
            {
                await output.WriteLineAsync(Screen.Plain($"{Screen.At(one.Occurrence.At)}  {(one.Occurrence.Wants == Desired.Stopped
                    ? $"stop   {one.Schedule} (policy {one.Policy}): {one.Vms} VM(s) run" : $"start  {one.Schedule} (policy {one.Policy}): {one.Vms} VM(s) sleep")}{(one.Refused is { } why ? $"; refused: {why}" : "")}"));
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

    private static string At(string what, Schedule schedule, DateTimeOffset? at) => at is { } next ? $" next {what} {schedule.Words(next)}" : "";

    private static IdlePolicy? PolicyOf(IServiceProvider services, IdleVerdict verdict) =>
        services.GetRequiredService<IdlePolicies>().All.FirstOrDefault(policy => policy.Name == verdict.Policy);

    private static string Way(IdlePolicy? policy) => policy is { OnStop: OnStop.Hibernate } ? ", which hibernates a VM that was launched for it and stops others" : "";

    private static string? WayJson(IdlePolicy? policy) => policy?.OnStop.ToString().ToLowerInvariant();

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
    private sealed record ExplainJson(string InstanceId, bool Idle, DateTimeOffset? StopsAt, string? Policy, string? Schedule, DateTimeOffset? NextStop, DateTimeOffset? NextStart, IReadOnlyList<Keeper> Keepers, string Reason, string? OnStop, WarnedJson? Warning);

    private sealed record OtherJson(string InstanceId, WarnedJson Warning);

    private sealed record PlanJson(IReadOnlyList<NextJson> Next, IReadOnlyList<TimeJson> Schedules, IReadOnlyList<OtherJson> OtherWarnings);

    private sealed record TimeJson(DateTimeOffset At, string Wants, string Schedule, string Policy, int Vms, string? Refused);

    private sealed record NextJson(string InstanceId, DateTimeOffset StopsAt, string Reason, string? OnStop, WarnedJson? Warning);
}
