using System.CommandLine;
using System.Globalization;
using Microsoft.Extensions.Options;
using Npgsql;
using Watchdog.Cli.Cases;
using Watchdog.Cli.Slo;
using Watchdog.Slo;
using Watchdog.Slo.Minutes;
using Watchdog.Slo.Objectives;
using Watchdog.Slo.Reading;
using Watchdog.Slo.Telling;

namespace Watchdog.Cli;

/// <summary><c>watchdog slo</c>: was the promise kept, what is left of the budget, and where the bad minutes are. Reads only.</summary>
internal static class SloCommand
{
    public static Command Create()
    {
        var by = new Option<string?>("--by") { Description = "One kind of groups, each held against its objective, or against that of each VM where it has none.", HelpName = "region|type|owner|plan" };
        by.AcceptOnlyFromAmong("region", "type", "owner", "plan");
        var vm = new Option<string?>("--vm") { Description = "One VM by its instance id.", HelpName = "ID" };
        var month = new Option<string?>("--month") { Description = "A calendar month (UTC), e.g. 2026-11; default: the 28 days up to where the books are written.", HelpName = "YYYY-MM" };
        var json = GlobalOptions.Json();
        var command = new Command("slo", "Uptime against what is promised: SLI, the unknown counted both ways, coverage, verdict, error budget, the worst hour and day. Reads only.")
        {
            by, vm, month, json, ExplainMinutesCommand.Create(), CheckBooksCommand.Create(),
        };
        command.Validators.Add(result =>
        {
            if (result.GetResult(by) is not null && result.GetResult(vm) is not null)
            {
                result.AddError("--vm is about one VM, --by about groups: name one of them.");
            }
        });
        command.SetAction((parse, ct) => LedgerHost.RunAsync(parse, async services =>
        {
            var database = services.GetRequiredService<NpgsqlDataSource>();
            var objectives = ObjectiveList.Of(services.GetRequiredService<IOptions<SloOptions>>().Value.Objectives);
            var asked = MonthOf(parse.GetValue(month));
            var books = await BookState.ReadAsync(database, ct) ?? throw new UnavailableException(NoBooks);
            var span = asked is { } first ? books.Month(first) : books.Rolling;
            var output = parse.InvocationConfiguration.Output;
            if (parse.GetValue(vm) is { } id)
            {
                var found = await VmUptime.ReadAsync(database, objectives, id, span, ct)
                    ?? throw new UsageException(UnknownVm(id));
                await WriteAsync(parse.GetValue(json) ? CliJson.Write(VmJson.Of(found, books)) : null, () => VmPage.Print(Screen.On(output), found, books), output);
                return ExitCodes.Ok;
            }

            var grouping = parse.GetValue(by) is { } name ? Enum.Parse<Grouping>(name, ignoreCase: true) : (Grouping?)null;
            var report = await new UptimeReader(database).ReadAsync(objectives, books, span, grouping, ct);
            await WriteAsync(parse.GetValue(json) ? CliJson.Write(SloJson.Of(report)) : null, () => SloPage.Print(Screen.On(output), report), output);
            return ExitCodes.Ok;
        }, ct, AddBooks));
        return command;
    }

    /// <summary>Why there is nothing to read.</summary>
    public const string NoBooks = "The uptime books are empty: no worker has written them yet. 'watchdog run' writes them each minute, 'watchdog sweep' once.";

    /// <summary>That a VM is not in the books, and what to look at.</summary>
    public static string UnknownVm(string id) => $"The uptime books know no VM '{Screen.Plain(id)}'. They know every VM that was listed with Watchdog's tag since they began: "
        + "is the id whole, and are its account and Region among Inventory:Scopes?";

    /// <summary>What the books' commands need besides the ledger.</summary>
    public static void AddBooks(IServiceCollection services) => services.AddSlo();

    private static async Task WriteAsync(string? json, Action print, TextWriter output)
    {
        if (json is null)
        {
            print();
        }
        else
        {
            await output.WriteLineAsync(json);
        }
    }

    private static int? MonthOf(string? text) => text is null ? null
        : DateOnly.TryParseExact(text, "yyyy-MM", CultureInfo.InvariantCulture, DateTimeStyles.None, out var month)
        ? Minute.Of(new(month.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero))
        : throw new UsageException($"--month does not understand '{Screen.Plain(text)}': write year and month, e.g. 2026-11.");
}
