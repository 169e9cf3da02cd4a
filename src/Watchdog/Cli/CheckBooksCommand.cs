using System.CommandLine;
using Npgsql;
using Watchdog.Cli.Cases;
using Watchdog.Cli.Slo;
using Watchdog.Diagnostics;
using Watchdog.Slo.Books;

namespace Watchdog.Cli;

/// <summary><c>watchdog slo check</c>: whether the uptime books hold together. Mends nothing; the keeper does, each day.</summary>
internal static class CheckBooksCommand
{
    private const int MostDays = 62;

    public static Command Create()
    {
        var days = new Option<int>("--days") { Description = $"How many of the days that are written, 1 to {MostDays}, besides the one that is being written.", HelpName = "N", DefaultValueFactory = _ => 2 };
        days.Within(1, MostDays, $"1 to {MostDays}");
        var json = GlobalOptions.Json();
        var command = new Command("check", "Do the books hold together: no minute twice, none missing, sums that are what the intervals say, no VM that cannot be judged. Exit 1 where they do not. Changes nothing.") { days, json };
        command.SetAction((parse, ct) => LedgerHost.RunAsync(parse, async services =>
        {
            var found = await BookAudit.ReadAsync(
                services.GetRequiredService<NpgsqlDataSource>(), parse.GetValue(days), services.GetRequiredService<Clocks>().Fleet.GetUtcNow(), ct)
                ?? throw new UnavailableException(SloCommand.NoBooks);
            var output = parse.InvocationConfiguration.Output;
            await output.WriteLineAsync(parse.GetValue(json) ? CliJson.Write(BooksJson.Of(found)) : BooksPage.Of(found));
            return found.Holds ? ExitCodes.Ok : ExitCodes.NotHealthy;
        }, ct, SloCommand.AddBooks));
        return command;
    }
}
