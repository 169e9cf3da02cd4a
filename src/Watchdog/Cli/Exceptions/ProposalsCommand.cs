using System.CommandLine;
using System.Globalization;
using Spectre.Console;
using Watchdog.Cli.Cases;
using Watchdog.Diagnostics;
using Watchdog.Policy.Exempting;

namespace Watchdog.Cli.Exceptions;

/// <summary><c>watchdog exemptions proposals</c>: what waits for a second person.</summary>
internal static class ProposalsCommand
{
    public static Command Create()
    {
        var all = new Option<bool>("--all") { Description = "Also those that were approved, declined or expired; the newest 1000." };
        var json = GlobalOptions.Json();
        var command = new Command("proposals", "List the exemptions that wait for a second person's approval, newest first.") { all, json };
        command.SetAction((parse, ct) => LedgerHost.RunAsync(parse, async services =>
        {
            var now = services.GetRequiredService<Clocks>().Fleet.GetUtcNow();
            Print(parse.InvocationConfiguration.Output, await services.GetRequiredService<ExemptionDesk>().ProposalsAsync(parse.GetValue(all), now, ct), parse.GetValue(json));
            return ExitCodes.Ok;
        }, ct));
        return command;
    }

    private static void Print(TextWriter output, IReadOnlyList<ExemptionProposal> proposals, bool json)
    {
        if (json)
        {
            output.WriteLine(CliJson.Write(new ProposalsJson(proposals)));
            return;
        }

        if (proposals.Count == 0)
        {
            output.WriteLine("No proposal.");
            return;
        }

        var table = new Table().Border(TableBorder.Minimal).AddColumns("id", "kind", "subject", "until", "author", "reason", "state", "waits until", "decided");
        foreach (var of in proposals)
        {
            table.AddRow(
                of.Id.ToString(CultureInfo.InvariantCulture), of.Kind, Screen.Cell(of.Subject), Screen.At(of.UntilAt), Screen.Cell(of.Author), Screen.Cell(of.Reason), of.State,
                Screen.At(of.ExpiresAt), Screen.Cell(of.DecidedBy is { } by ? $"{by}: {of.Decision}" : ""));
        }

        Screen.On(output).Write(table);
    }

    /// <summary>The JSON; its names are a contract.</summary>
    private sealed record ProposalsJson(IReadOnlyList<ExemptionProposal> Proposals);
}
