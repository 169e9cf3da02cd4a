using System.CommandLine;
using System.Globalization;
using Microsoft.Extensions.Options;
using Watchdog.Cli.Remote;
using Watchdog.Diagnostics;
using Watchdog.Enforcement;
using Watchdog.Enforcement.Governing;
using Watchdog.Ledger;
using Watchdog.Policy.Bulks;

namespace Watchdog.Cli.Cases;

/// <summary>
/// <c>watchdog cases release --where …</c>: undoes a bad rule. The exact set is shown first and is the one that is asked for, each case at the
/// version that was shown; one that changes meanwhile is refused, and all of it can be taken back for a while.
/// </summary>
internal static class BulkRelease
{
    private const string Where = "--where";
    private const string Yes = "--yes";
    private static readonly TimeSpan Between = TimeSpan.FromSeconds(1);

    /// <summary>Adds its options: then the case's number may be left out.</summary>
    public static void AddTo(Command command)
    {
        command.Add(new Option<string?>(Where)
        {
            Description = "In place of an ID: every open case that these rules opened or acted on. rule=VERSION (as it begins), since=WHEN, and class=, owner=, detector= to narrow.",
            HelpName = "rule=…,since=…",
        });
        command.Add(new Option<bool>(Yes) { Description = "With --where: do not ask for the count to be typed." });
        var id = command.Arguments.Single();
        id.Arity = ArgumentArity.ZeroOrOne;
        command.Validators.Add(result =>
        {
            if (result.GetResult(id)?.Tokens.Count > 0 == result.GetValue<string?>(Where) is not null)
            {
                result.AddError("Name one case by its ID, or several by --where rule=…,since=….");
            }

            if (ServerOption.IsGiven(result) && result.GetValue<string?>(Where) is not null)
            {
                result.AddError("--where asks the database itself; with --server, release one case by its ID.");
            }
        });
    }

    public static bool IsAskedFor(ParseResult parse) =>
        parse.CommandResult.Command.Options.Any(option => option.Name == Where) && parse.GetValue<string?>(Where) is not null;

    public static Task<int> RunAsync(ParseResult parse, CancellationToken ct) => LedgerHost.RunAsync(parse, async services =>
    {
        var clocks = services.GetRequiredService<Clocks>();
        var now = clocks.Fleet.GetUtcNow();
        var where = BulkWhere.Read(parse.GetValue<string?>(Where)!, now);
        var (json, sure) = (parse.GetValue<bool>("--json"), parse.GetValue<bool>(Yes));
        if (json && !sure)
        {
            throw new UsageException("--json with --where asks nothing: look at the set without it, then add --yes.");
        }

        var desk = services.GetRequiredService<BulkDesk>();
        var payload = new RequestPayload(
            parse.GetRequiredValue<string>("--reason"), parse.GetValue<string?>("--ruling"), parse.GetValue<bool>("--force"));
        var by = parse.GetRequiredValue<string>("--by");
        var frozen = await desk.FreezeAsync(RequestKinds.Release, payload, where.Filter, by, now, ct);
        if (frozen.Id is not { } bulk)
        {
            throw new UsageException($"{frozen.Sentence} `watchdog cases show ID` tells a case's rule version.");
        }

        var set = (await desk.ItemsAsync(bulk, 0, BulkRules.MostCases, ct)).Select(item => item.CaseId).ToList();
        var cases = (await services.GetRequiredService<CaseRepository>().ListAsync(
            new CaseFilter(Limit: BulkRules.MostCases, Folded: false) { Ids = set }, ct)).OrderBy(of => of.Id).ToList();
        var inForce = await services.GetRequiredService<ActBacklog>().InForceAsync([.. cases.Select(of => of.Id)], ct);
        var options = services.GetRequiredService<IOptions<EnforcementOptions>>().Value;
        var estimate = Estimate.Of(
            [.. inForce.Values.Select(Backlog.Releasing)], services.GetRequiredService<ICallRates>(), options.Parallel, Estimate.UsualLatency, Estimate.Alone(options));
        var output = parse.InvocationConfiguration.Output;
        var console = Screen.On(json ? parse.InvocationConfiguration.Error : output);
        BulkPage.Print(console, cases, inForce.Count, estimate, now);
        if (!sure)
        {
            await AskAsync(output, cases.Count);
        }

        var started = await desk.StartAsync(bulk, by, cases.Count, clocks.Fleet.GetUtcNow(), ct);
        if (!started.Stands)
        {
            throw new UnavailableException(started.Sentence);
        }

        await parse.InvocationConfiguration.Error.WriteLineAsync($"{started.Sentence} `watchdog cases undo {bulk}` does so.");
        var patience = parse.GetRequiredValue<int>("--wait");
        var ended = await WaitAsync(parse, desk, bulk, TimeSpan.FromSeconds(patience), clocks.Wall, ct);
        var items = await desk.ItemsAsync(bulk, 0, BulkRules.MostCases, ct);
        if (json)
        {
            await output.WriteLineAsync(CliJson.Write(BulkJson.Of(ended, items, estimate, now)));
        }
        else
        {
            BulkPage.Print(console, ended, items);
        }

        return items.Any(item => item.State is "refused" or "failed" or "withdrawn") ? ExitCodes.NotHealthy
            : patience > 0 && items.Any(item => item.State == "open") ? ExitCodes.Unavailable : ExitCodes.Ok;
    }, ct, ActsCommand.AddGovernor);

    private static async Task AskAsync(TextWriter output, int count)
    {
        var expected = count.ToString(CultureInfo.InvariantCulture);
        await output.WriteLineAsync($"Type {expected} to release all of them:");
        if ((await Console.In.ReadLineAsync())?.Trim() != expected)
        {
            throw new UsageException($"That was not {expected}: nothing was asked for. Type the count, or add {Yes}.");
        }
    }

    private static async Task<Bulk> WaitAsync(ParseResult parse, BulkDesk desk, long id, TimeSpan patience, TimeProvider wall, CancellationToken ct)
    {
        var since = wall.GetTimestamp();
        var told = "";
        while (true)
        {
            var bulk = await desk.FindAsync(id, ct) ?? throw new InvalidDataException($"Bulk {id} is gone from the ledger.");
            if (BulkPage.Tally(bulk) is var tally && tally != told)
            {
                told = tally;
                await parse.InvocationConfiguration.Error.WriteLineAsync(tally);
            }

            if (bulk.HasEnded || wall.GetElapsedTime(since) >= patience)
            {
                return bulk;
            }

            await Task.Delay(Between, wall, ct);
        }
    }
}
