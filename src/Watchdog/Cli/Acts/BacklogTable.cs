using System.Globalization;
using Spectre.Console;
using Watchdog.Enforcement.Governing;

namespace Watchdog.Cli.Acts;

/// <summary>The backlog as a table for people.</summary>
internal static class BacklogTable
{
    private static readonly string[] Columns = ["kind", "proposed", "to do", "put off", "being verified", "held by"];

    public static void Print(IAnsiConsole console, IReadOnlyList<ScopeBacklog> scopes, string? brake, DateTimeOffset now)
    {
        if (brake is not null)
        {
            console.WriteLine(Screen.Plain($"The brake is on: {brake}. Nothing goes on but releases."));
        }

        if (scopes.Count == 0)
        {
            console.WriteLine("No act waits or is under way.");
        }

        foreach (var scope in scopes)
        {
            console.WriteLine(Screen.Plain($"{scope.Scope}: {EstimateWords.Of(scope.Estimate, now)}"));
            var table = new Table().Border(TableBorder.Minimal).AddColumns(Columns);
            foreach (var row in scope.Rows)
            {
                table.AddRow(
                    Screen.Cell(row.Kind), Number(row.Proposed), Number(row.ToDo), Number(row.PutOff), Number(row.Verifying),
                    Screen.Cell(string.Join("; ", row.Held.Select(why => $"{Number(why.Acts)} x {why.Why}"))));
            }

            console.Write(table);
        }
    }

    private static string Number(int count) => count.ToString(CultureInfo.InvariantCulture);
}
