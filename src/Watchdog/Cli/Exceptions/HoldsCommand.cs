using System.CommandLine;
using System.Globalization;
using Microsoft.Extensions.Options;
using Spectre.Console;
using Watchdog.Cli.Cases;
using Watchdog.Diagnostics;
using Watchdog.Policy;

namespace Watchdog.Cli.Exceptions;

/// <summary><c>watchdog holds add|list|end</c>: VMs that are kept from idle stops for a while.</summary>
internal static class HoldsCommand
{
    public static Command Create() => new("holds", "VMs that are kept from idle stops for a while. A hold keeps nobody from a verdict of abuse.")
    {
        Add(), List(),
        EndCommand.Create("a hold", (services, id, reason, by, now, ct) => services.GetRequiredService<HoldBook>().EndAsync(id, reason, by, now, ct)),
    };

    private static Command Add()
    {
        var vm = new Argument<string>("VM") { Description = "The instance id." };
        var (until, reason, by) = (UntilWhen.Option(), Person.Reason("Why, in a sentence."), Person.By());
        var command = new Command("add", "Keep a VM from idle stops until an instant.") { vm, until, reason, by };
        command.Validators.Add(result =>
        {
            if (result.GetValue(vm)?.StartsWith("i-", StringComparison.Ordinal) != true)
            {
                result.AddError($"VM takes an instance id such as i-0123456789abcdef0, not '{result.GetValue(vm)}'.");
            }
        });
        command.SetAction((parse, ct) => LedgerHost.RunAsync(parse, async services =>
        {
            var now = services.GetRequiredService<Clocks>().Fleet.GetUtcNow();
            var end = UntilWhen.Read(parse.GetRequiredValue(until), services.GetRequiredService<IOptions<PolicyOptions>>().Value.LongestExemption, now);
            var id = await services.GetRequiredService<HoldBook>().AddAsync(
                parse.GetRequiredValue(vm), parse.GetRequiredValue(reason), parse.GetRequiredValue(by), now, end, ct);
            await parse.InvocationConfiguration.Output.WriteLineAsync(Screen.Plain($"Hold {id}: {parse.GetRequiredValue(vm)} until {Screen.At(end)}."));
            return ExitCodes.Ok;
        }, ct));
        return command;
    }

    private static Command List()
    {
        var all = new Option<bool>("--all") { Description = "Also those that have ended." };
        var json = GlobalOptions.Json();
        var command = new Command("list", "List the holds in force, newest first.") { all, json };
        command.SetAction((parse, ct) => LedgerHost.RunAsync(parse, async services =>
        {
            var holds = await services.GetRequiredService<HoldBook>().ListAsync(parse.GetValue(all), services.GetRequiredService<Clocks>().Fleet.GetUtcNow(), ct);
            Print(parse.InvocationConfiguration.Output, holds, parse.GetValue(json));
            return ExitCodes.Ok;
        }, ct));
        return command;
    }

    private static void Print(TextWriter output, IReadOnlyList<Hold> holds, bool json)
    {
        if (json)
        {
            output.WriteLine(CliJson.Write(new HoldsJson(holds)));
            return;
        }

        if (holds.Count == 0)
        {
            output.WriteLine("No hold.");
            return;
        }

        var table = new Table().Border(TableBorder.Minimal).AddColumns("id", "VM", "from", "until", "ended", "author", "reason");
        foreach (var hold in holds)
        {
            table.AddRow(
                hold.Id.ToString(CultureInfo.InvariantCulture), Screen.Cell(hold.InstanceId), Screen.At(hold.FromAt), Screen.At(hold.UntilAt), Screen.At(hold.EndedAt),
                Screen.Cell(hold.Author), Screen.Cell(hold.Reason));
        }

        Screen.On(output).Write(table);
    }

    /// <summary>The JSON; its names are a contract.</summary>
    private sealed record HoldsJson(IReadOnlyList<Hold> Holds);
}
