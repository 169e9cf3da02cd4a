using System.CommandLine;
using System.Globalization;
using Spectre.Console;
using Watchdog.Cli.Cases;
using Watchdog.Ledger.Appeals;

namespace Watchdog.Cli.Appeals;

/// <summary><c>watchdog appeals list</c>: owners who say that what a case found is legitimate.</summary>
internal static class AppealsCommand
{
    public static Command Create() => new("appeals", "What owners say against cases. A ruling, a release or a confirmation of the case answers one.") { List() };

    private static Command List()
    {
        var all = new Option<bool>("--all") { Description = "Also those that were answered; newest first." };
        var limit = new Option<int>("--limit") { Description = "At most so many; 1 to 10000.", HelpName = "N", DefaultValueFactory = _ => 100 };
        limit.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is < 1 or > 10_000)
            {
                result.AddError("--limit takes 1 to 10000.");
            }
        });
        var json = GlobalOptions.Json();
        var command = new Command("list", "List appeals that wait for a person, the most urgent first.") { all, limit, json };
        command.SetAction((parse, ct) => LedgerHost.RunAsync(parse, async services =>
        {
            var appeals = await services.GetRequiredService<AppealBook>().ListAsync(parse.GetValue(all), parse.GetRequiredValue(limit), ct);
            Print(parse.InvocationConfiguration.Output, appeals, parse.GetValue(json));
            return ExitCodes.Ok;
        }, ct));
        return command;
    }

    private static void Print(TextWriter output, IReadOnlyList<CaseAppeal> appeals, bool json)
    {
        if (json)
        {
            output.WriteLine(CliJson.Write(new AppealsJson([.. appeals.Select(AppealRow.Of)])));
            return;
        }

        if (appeals.Count == 0)
        {
            output.WriteLine("No appeal.");
            return;
        }

        var table = new Table().Border(TableBorder.Minimal).AddColumns("case", "class", "VM", "owner", "state", "ruling", "said at", "clock", "in the owner's words");
        foreach (var one in appeals)
        {
            table.AddRow(
                one.Appeal.CaseId.ToString(CultureInfo.InvariantCulture), one.Class, Screen.Cell(one.InstanceId), Screen.Cell(one.Owner), one.State, one.Ruling ?? "",
                Screen.At(one.Appeal.At), AppealWords.Of(one.Appeal), Screen.Cell(one.Appeal.Words));
        }

        Screen.On(output).Write(table);
    }

    /// <summary>The JSON; its names are a contract.</summary>
    private sealed record AppealsJson(IReadOnlyList<AppealRow> Appeals);

    /// <summary>One appeal with its case.</summary>
    private sealed record AppealRow(
        long CaseId, string InstanceId, string Owner, string Class, string CaseState, string? Ruling, DateTimeOffset At, string Words, DateTimeOffset DueAt, DateTimeOffset? FiredAt,
        DateTimeOffset? EndedAt, string? Ended)
    {
        public static AppealRow Of(CaseAppeal of) => new(
            of.Appeal.CaseId, of.InstanceId, of.Owner, of.Class, of.State, of.Ruling, of.Appeal.At, of.Appeal.Words, of.Appeal.DueAt, of.Appeal.FiredAt, of.Appeal.EndedAt,
            of.Appeal.Ended);
    }
}
