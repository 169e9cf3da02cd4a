using System.CommandLine;
using System.Globalization;
using Npgsql;
using Spectre.Console;
using Watchdog.Alerts.Notifications;
using Watchdog.Alerts.Storing;
using Watchdog.Alerts.Telling;
using Watchdog.Alerts;
using Watchdog.Cli.Cases;
using Watchdog.Reports.Api.Shapes;

namespace Watchdog.Cli.Alerts;

/// <summary><c>watchdog alerts show</c>: an incident, its worst members, and every decision with its reason.</summary>
internal static class IncidentShowCommand
{
    public static Command Create()
    {
        var id = new Argument<long>("ID") { Description = "The incident's number, as `alerts list` shows it." };
        var json = GlobalOptions.Json();
        var command = new Command("show", "Show an incident: what it is made of, and every decision about it with its reason.") { id, json };
        command.SetAction((parse, ct) => LedgerHost.RunAsync(parse, async services =>
        {
            await using var connection = await services.GetRequiredService<NpgsqlDataSource>().OpenConnectionAsync(ct);
            var number = parse.GetRequiredValue(id);
            if (await IncidentTable.FindAsync(connection, null, number, ct) is not { } incident)
            {
                await parse.InvocationConfiguration.Error.WriteLineAsync($"There is no incident {number}; `watchdog alerts list --all` shows those there are.");
                return ExitCodes.NotHealthy;
            }

            var tally = (await TallyReads.ReadAsync(connection, null, [number], [], ct)).GetValueOrDefault(number);
            var decisions = await IncidentTable.DecisionsAsync(connection, number, ct);
            var output = parse.InvocationConfiguration.Output;
            if (parse.GetValue(json))
            {
                await output.WriteLineAsync(CliJson.Write(WholeIncidentJson.Of(incident, tally, decisions)));
            }
            else
            {
                Print(Screen.On(output), incident, tally, decisions);
            }

            return ExitCodes.Ok;
        }, ct));
        return command;
    }

    private static void Print(IAnsiConsole screen, IncidentState incident, IncidentTally? tally, IReadOnlyList<Decision> decisions)
    {
        var rule = KindTable.Of(incident.Key.Kind);
        string[] lines =
        [
            $"Incident {incident.Id}: {incident.Key.Kind}, {incident.Key.Technique}, {incident.Key.Scope}; {incident.Severity.ToString().ToLowerInvariant()}, {incident.Stands}",
            $"Opened {Screen.At(incident.OpenedAt)}{(incident.ResolvedAt is { } end ? $", over {Screen.At(end)}" : "")}; {incident.Size} now, {incident.Peak} at most; told {incident.Sequence} times, of them {incident.Generation} pages"
                + (incident.Paged is { } paged ? $", to {(paged.Receivers.Count == 0 ? "nobody" : string.Join(", ", paged.Receivers))}" : ""),
            .. tally is null ? [] : Tallies(tally),
            $"Next: {rule.NextStep}",
            $"Runbook: docs/runbooks/{rule.Runbook}.md",
        ];
        foreach (var line in lines)
        {
            screen.WriteLine(Screen.Plain(line));
        }

        if (tally is not null)
        {
            var worst = new Table().Border(TableBorder.Minimal).AddColumns("worst", "severity", "VM", "owner", "evidence", "done");
            foreach (var one in tally.Ten)
            {
                worst.AddRow(
                    Screen.Cell(one.Member), one.Severity.ToString().ToLowerInvariant(), Screen.Cell(one.Facts.InstanceId), Screen.Cell(one.Facts.Owner), Screen.Cell(one.Facts.Sentence),
                    Screen.Cell(one.Facts.Failing == true ? "an act failed" : one.Facts.Done));
            }

            screen.Write(worst);
        }

        var why = new Table().Border(TableBorder.Minimal).AddColumns("at", "stage", "outcome", "reason");
        foreach (var one in decisions)
        {
            why.AddRow(Screen.At(one.At), one.Stage, Screen.Cell(one.Outcome), Screen.Cell(one.Reason));
        }

        screen.Write(why);
    }

    private static IEnumerable<string> Tallies(IncidentTally tally) =>
        from line in new[] { ("Owners", tally.ByOwner), ("Regions", tally.ByRegion), ("Types", tally.ByType), ("Done", tally.ByDone) }
        where line.Item2.Count > 0
        select $"{line.Item1}: {Names(line.Item2)}";

    private static string Names(IReadOnlyList<Tally> of) => string.Join(", ", of.Take(10).Select(one => string.Create(CultureInfo.InvariantCulture, $"{one.Name} {one.Count}")));
}
