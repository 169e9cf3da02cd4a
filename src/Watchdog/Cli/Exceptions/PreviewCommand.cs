using System.CommandLine;
using System.Globalization;
using Spectre.Console;
using Watchdog.Cli.Cases;
using Watchdog.Diagnostics;
using Watchdog.Policy.Exempting;

namespace Watchdog.Cli.Exceptions;

/// <summary><c>watchdog exemptions preview KIND SUBJECT</c>: which cases of the last 30 days an exemption would have covered.</summary>
internal static class PreviewCommand
{
    public static Command Create()
    {
        var (scope, json) = (ExemptScope.Create(), GlobalOptions.Json());
        var command = new Command("preview", "Show which cases of the last 30 days an exemption would have covered; nothing is changed.") { json };
        scope.AddTo(command);
        command.SetAction((parse, ct) => LedgerHost.RunAsync(parse, async services =>
        {
            var now = services.GetRequiredService<Clocks>().Fleet.GetUtcNow();
            var preview = await services.GetRequiredService<ExemptionDesk>().PreviewAsync(parse.GetRequiredValue(scope.Kind), parse.GetRequiredValue(scope.Subject), now, ct);
            var output = parse.InvocationConfiguration.Output;
            if (parse.GetValue(json))
            {
                await output.WriteLineAsync(CliJson.Write(preview));
            }
            else
            {
                Print(Screen.On(output), preview);
            }

            return ExitCodes.Ok;
        }, ct));
        return command;
    }

    private static void Print(IAnsiConsole console, ExemptionPreview preview)
    {
        console.WriteLine(preview.Sentence);
        if (preview.Cases == 0)
        {
            return;
        }

        console.WriteLine($"By class: {Counts(preview.ByClass)}.");
        console.WriteLine(Screen.Plain($"By owner: {Counts(preview.ByOwner)}{(preview.Owners > preview.ByOwner.Count ? $" and {preview.Owners - preview.ByOwner.Count} more" : "")}."));
        var table = new Table().Border(TableBorder.Minimal).AddColumns("case", "opened", "VM", "owner", "class", "state", "ruling");
        foreach (var of in preview.First)
        {
            table.AddRow(
                of.Id.ToString(CultureInfo.InvariantCulture), Screen.At(of.OpenedAt), Screen.Cell(of.InstanceId), Screen.Cell(of.Owner), Screen.Cell(of.Class),
                Screen.Cell(of.State), Screen.Cell(of.Ruling));
        }

        console.Write(table);
        if (preview.Cases > preview.First.Count)
        {
            console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"The newest {preview.First.Count} of {preview.Cases}."));
        }
    }

    private static string Counts(IReadOnlyList<PreviewCount> counts) =>
        string.Join(", ", counts.Select(count => string.Create(CultureInfo.InvariantCulture, $"{count.Name} {count.Cases}")));
}
