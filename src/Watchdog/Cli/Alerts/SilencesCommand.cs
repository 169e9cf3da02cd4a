using System.CommandLine;
using System.Globalization;
using Npgsql;
using Spectre.Console;
using Watchdog.Alerts.Storing;
using Watchdog.Cli.Cases;
using Watchdog.Diagnostics;

namespace Watchdog.Cli.Alerts;

/// <summary><c>watchdog alerts silences</c>: which there are; ends one.</summary>
internal static class SilencesCommand
{
    public static Command Create()
    {
        var end = new Option<long?>("--end") { Description = "End this one now.", HelpName = "ID" };
        var by = Person.By();
        var json = GlobalOptions.Json();
        var command = new Command("silences", "List the silences that hold or will, or end one before its time.") { end, by, json };
        command.SetAction((parse, ct) => LedgerHost.RunAsync(parse, async services =>
        {
            var (database, now, output) = (services.GetRequiredService<NpgsqlDataSource>(), services.GetRequiredService<Clocks>().Fleet.GetUtcNow(), parse.InvocationConfiguration.Output);
            if (parse.GetValue(end) is { } id)
            {
                if (!await SilenceBook.EndAsync(database, id, parse.GetRequiredValue(by), now, ct))
                {
                    await parse.InvocationConfiguration.Error.WriteLineAsync($"There is no silence {id} that holds; `watchdog alerts silences` shows those that do.");
                    return ExitCodes.NotHealthy;
                }

                await output.WriteLineAsync($"Silence {id} has ended.");
                return ExitCodes.Ok;
            }

            await using var connection = await database.OpenConnectionAsync(ct);
            var rows = await SilenceBook.ReadAsync(connection, null, now, ct);
            if (parse.GetValue(json))
            {
                await output.WriteLineAsync(CliJson.Write(new { silences = rows.Select(one => new { one.Id, matches = one.Matcher.Words(), one.From, one.Until, one.Author, one.Reason }) }));
                return ExitCodes.Ok;
            }

            if (rows.Count == 0)
            {
                await output.WriteLineAsync("There is no silence.");
                return ExitCodes.Ok;
            }

            var table = new Table().Border(TableBorder.Minimal).AddColumns("id", "matches", "from", "until", "author", "reason");
            foreach (var one in rows)
            {
                table.AddRow(
                    one.Id.ToString(CultureInfo.InvariantCulture), Screen.Cell(one.Matcher.Words()), Screen.At(one.From), Screen.At(one.Until), Screen.Cell(one.Author), Screen.Cell(one.Reason));
            }

            Screen.On(output).Write(table);
            return ExitCodes.Ok;
        }, ct));
        return command;
    }
}
