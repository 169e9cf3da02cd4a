using System.CommandLine;
using Microsoft.Extensions.Options;
using Watchdog.Cli.Cases;
using Watchdog.Cli.Exceptions;
using Watchdog.Diagnostics;
using Watchdog.Owners;
using Watchdog.Owners.Holds;

namespace Watchdog.Cli;

/// <summary><c>watchdog idle snooze VM</c>: the same hold that the control plane and owners place, by the same bounds.</summary>
internal static class SnoozeCommand
{
    public static Command Create()
    {
        var vm = new Argument<string>("VM") { Description = "Instance id." };
        var (until, reason, by) = (UntilWhen.Option(), Person.Reason("Why, in a sentence."), Person.By());
        var command = new Command("snooze", "Keep a VM from idle stops until an instant, Holds:LongestDays at most; a warning of it is called off.") { vm, until, reason, by };
        command.SetAction((parse, ct) => LedgerHost.RunAsync(parse, async services =>
        {
            var (id, longest) = (parse.GetRequiredValue(vm), services.GetRequiredService<IOptions<HoldOptions>>().Value.Longest);
            var now = services.GetRequiredService<Clocks>().Fleet.GetUtcNow();
            var wish = new HoldWish(UntilWhen.Read(parse.GetRequiredValue(until), longest, now), parse.GetRequiredValue(reason));
            if (wish.Refusal(longest, now) is { } why)
            {
                throw new UsageException(why);
            }

            var hold = await services.GetRequiredService<HoldDesk>().PlaceAsync(id, wish, parse.GetRequiredValue(by), ct)
                ?? throw new UsageException($"{id} is in no inventory, or gone; `watchdog sweep` or the worker lists the VMs.");
            await parse.InvocationConfiguration.Output.WriteLineAsync(
                Screen.Plain($"Hold {hold.Id}: {id} until {Screen.At(hold.Until)}{(hold.New ? "" : ", as it was")}."));
            return ExitCodes.Ok;
        }, ct, more => more.AddHolds()));
        return command;
    }
}
