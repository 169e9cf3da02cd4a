using System.CommandLine;
using System.Globalization;
using Npgsql;
using Spectre.Console;
using Watchdog.Alerts.Storing;
using Watchdog.Cli.Cases;
using Watchdog.Reports.Api.Shapes;

namespace Watchdog.Cli.Alerts;

/// <summary><c>watchdog alerts list</c>.</summary>
internal static class IncidentListCommand
{
    public static Command Create()
    {
        var all = new Option<bool>("--all") { Description = "Those that are over, too." };
        var limit = new Option<int>("--limit") { Description = "At most so many, newest first; 1 to 10000.", HelpName = "N", DefaultValueFactory = _ => 100 };
        limit.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is < 1 or > 10_000)
            {
                result.AddError("--limit takes 1 to 10000.");
            }
        });
        var json = GlobalOptions.Json();
        var command = new Command("list", "List open incidents, newest first.") { all, limit, json };
        command.SetAction((parse, ct) => LedgerHost.RunAsync(parse, async services =>
        {
            var rows = await IncidentTable.ListAsync(services.GetRequiredService<NpgsqlDataSource>(), !parse.GetValue(all), parse.GetRequiredValue(limit), ct);
            var output = parse.InvocationConfiguration.Output;
            if (parse.GetValue(json))
            {
                await output.WriteLineAsync(CliJson.Write(new IncidentsJson([.. rows.Select(IncidentJson.Of)])));
                return ExitCodes.Ok;
            }

            if (rows.Count == 0)
            {
                await output.WriteLineAsync(parse.GetValue(all) ? "There are no incidents." : "No incident is open.");
                return ExitCodes.Ok;
            }

            var table = new Table().Border(TableBorder.Minimal).AddColumns("id", "severity", "kind", "technique", "scope", "now", "most", "opened", "state");
            foreach (var one in rows)
            {
                table.AddRow(
                    one.Id.ToString(CultureInfo.InvariantCulture), one.Severity.ToString().ToLowerInvariant(), one.Key.Kind, Screen.Cell(one.Key.Technique), Screen.Cell(one.Key.Scope),
                    one.Size.ToString(CultureInfo.InvariantCulture), one.Peak.ToString(CultureInfo.InvariantCulture), Screen.At(one.OpenedAt), Screen.Cell(one.Stands));
            }

            Screen.On(output).Write(table);
            return ExitCodes.Ok;
        }, ct));
        return command;
    }
}
