using Spectre.Console;

namespace Watchdog.Cli.Doctor;

/// <summary>The examination for people: the table, then what to do, with commands on whole lines so that they can be copied.</summary>
internal static class DoctorTable
{
    public static void Print(IAnsiConsole console, TextWriter output, IReadOnlyList<Check> checks)
    {
        foreach (var scope in checks.GroupBy(check => check.Scope))
        {
            console.WriteLine(scope.Key is { } key ? $"Scope {Screen.Plain(key)}" : "This worker");
            var table = new Table().Border(TableBorder.Minimal).HideHeaders();
            table.AddColumn(new TableColumn("state") { NoWrap = true }).AddColumn(new TableColumn("check") { NoWrap = true }).AddColumn("detail");
            foreach (var check in scope)
            {
                table.AddRow(Word(check.State), Screen.Cell(check.Name), Screen.Cell(check.Detail));
            }

            console.Write(table);
        }

        foreach (var check in checks.Where(check => check.Mend is not null))
        {
            output.WriteLine($"{(check.State == CheckState.Wrong ? "To mend" : "To find out")} {check.Name}{(check.Scope is null ? "" : $" in {check.Scope}")}:");
            foreach (var line in check.Mend!.Split('\n'))
            {
                output.WriteLine("  " + Screen.Plain(line));
            }
        }

        var (wrong, unknown) = (checks.Count(check => check.State == CheckState.Wrong), checks.Count(check => check.State == CheckState.Unknown));
        output.WriteLine((wrong, unknown) switch
        {
            (0, 0) => "Everything holds.",
            (0, _) => $"Nothing is wrong; {unknown} unknown.",
            _ => $"{wrong} wrong, {unknown} unknown.",
        });
    }

    private static string Word(CheckState state) => state switch
    {
        CheckState.Ok => "[green]holds[/]",
        CheckState.Wrong => "[red]does not hold[/]",
        _ => "[yellow]unknown[/]",
    };
}
