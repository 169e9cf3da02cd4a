using System.CommandLine;
using Microsoft.Extensions.Options;
using Watchdog.Cli.Cases;
using Watchdog.Diagnostics;
using Watchdog.Ledger;
using Watchdog.Policy;
using Watchdog.Policy.Exempting;

namespace Watchdog.Cli.Exceptions;

/// <summary><c>watchdog exemptions add KIND SUBJECT</c>: at once for a VM or an owner, as a proposal for what covers more.</summary>
internal static class ExemptCommand
{
    public static Command Create()
    {
        var scope = ExemptScope.Create();
        var (until, reason, by, json) = (UntilWhen.Option(), Person.Reason("Why, in a sentence: it stands in every act that is refused by it."), Person.By(), GlobalOptions.Json());
        var of = new Option<long?>("--case") { Description = "The case that gives rise to it, whose VM it covers.", HelpName = "ID" };
        var release = new Option<bool>("--release") { Description = "With --case: also ask for the case's release, ruled benign_positive." };
        var command = new Command("add", "Exempt a VM or an owner's VMs until an instant, or propose it for those of an image, a tag or an executable, which a second person approves. Cases are opened all the same.")
        {
            until, reason, by, of, release, json,
        };
        scope.AddTo(command);
        command.Validators.Add(result =>
        {
            if (result.GetValue(release) && result.GetValue(of) is null)
            {
                result.AddError("--release is of a case: name it with --case ID.");
            }
        });
        command.SetAction((parse, ct) => LedgerHost.RunAsync(parse, async services =>
        {
            var now = services.GetRequiredService<Clocks>().Fleet.GetUtcNow();
            var end = UntilWhen.Read(parse.GetRequiredValue(until), services.GetRequiredService<IOptions<PolicyOptions>>().Value.LongestExemption, now);
            var order = new ExemptionOrder(parse.GetRequiredValue(scope.Kind), parse.GetRequiredValue(scope.Subject), parse.GetRequiredValue(reason), end, parse.GetValue(of));
            if (parse.GetValue(release))
            {
                var number = order.CaseId!.Value;
                if (await services.GetRequiredService<CaseRepository>().ShowAsync(number, ct) is not { Case: var seen })
                {
                    return await CaseId.UnknownAsync(parse, number);
                }

                order = order with { ReleaseVersion = seen.Version };
            }

            var answer = await services.GetRequiredService<ExemptionDesk>().AddAsync(order, parse.GetRequiredValue(by), now, ct);
            return await DecideCommand.TellAsync(parse, answer, parse.GetValue(json));
        }, ct));
        return command;
    }
}
