using System.CommandLine;
using Watchdog.Cli.Cases;
using Watchdog.Diagnostics;
using Watchdog.Ledger;
using Watchdog.Policy.Exempting;
using Watchdog.Reports.Api.Shapes;

namespace Watchdog.Cli.Exceptions;

/// <summary><c>watchdog exemptions approve ID</c> and <c>decline ID</c>: the second person's word on a proposal.</summary>
internal static class DecideCommand
{
    private delegate Task<ExemptionAnswer> Deciding(ExemptionDesk desk, long id, string by, string why, DateTimeOffset now, CancellationToken ct);

    public static Command Approve() => Create(
        "approve", "Approve a proposed exemption that somebody else proposed; it begins at once.",
        (desk, id, by, why, now, ct) => desk.ApproveAsync(id, by, why, now, ct));

    public static Command Decline() => Create(
        "decline", "Decline a proposed exemption.", (desk, id, by, why, now, ct) => desk.DeclineAsync(id, by, why, now, ct));

    /// <summary>Prints what came of it; the exit code says whether it stands.</summary>
    public static async Task<int> TellAsync(ParseResult parse, ExemptionAnswer answer, bool json)
    {
        if (json)
        {
            await parse.InvocationConfiguration.Output.WriteLineAsync(
                CliJson.Write(ExemptionAnswerJson.Of(answer)));
        }
        else
        {
            var stands = answer.As is AskedAs.Recorded or AskedAs.Again;
            await (stands ? parse.InvocationConfiguration.Output : parse.InvocationConfiguration.Error).WriteLineAsync(Screen.Plain(answer.Sentence));
        }

        return answer.As switch
        {
            AskedAs.Recorded or AskedAs.Again => ExitCodes.Ok,
            AskedAs.Wrong => ExitCodes.Usage,
            _ => ExitCodes.NotHealthy,
        };
    }

    private static Command Create(string name, string description, Deciding decide)
    {
        var id = new Argument<long>("ID") { Description = "The proposal's number, as `exemptions proposals` shows it." };
        var (reason, by, json) = (Person.Reason("Why, in a sentence."), Person.By(), GlobalOptions.Json());
        var command = new Command(name, description) { id, reason, by, json };
        command.SetAction((parse, ct) => LedgerHost.RunAsync(parse, async services =>
        {
            var now = services.GetRequiredService<Clocks>().Fleet.GetUtcNow();
            var answer = await decide(
                services.GetRequiredService<ExemptionDesk>(), parse.GetRequiredValue(id), parse.GetRequiredValue(by), parse.GetRequiredValue(reason), now, ct);
            return await TellAsync(parse, answer, parse.GetValue(json));
        }, ct));
        return command;
    }
}
