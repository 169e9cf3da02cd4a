using System.CommandLine;
using System.Globalization;
using Watchdog.Cli.Remote;
using Watchdog.Enforcement.Governing;
using Watchdog.Ledger;
using Watchdog.Policy.Bulks;

namespace Watchdog.Cli.Cases;

/// <summary>What releasing a set of cases takes.</summary>
/// <param name="ToUndo">On how many VMs something is undone.</param>
internal sealed record ReleaseEffort(int ToUndo, Estimate Estimate);

/// <summary>
/// <c>watchdog cases release|confirm|extend|rule|hand-over --where …</c>: the same of many cases. The exact set is shown first and is the one that is asked for,
/// each case at the version that was shown; one that changes meanwhile is refused, and all of it can be taken back for a while.
/// </summary>
internal static class BulkAct
{
    private const string Where = "--where";
    private const string Yes = "--yes";
    private static readonly TimeSpan Between = TimeSpan.FromSeconds(1);

    /// <summary>Adds its options: then the case's number may be left out.</summary>
    public static void AddTo(Command command)
    {
        command.Add(new Option<string?>(Where)
        {
            Description = $"In place of an ID: every open case that matches. NAME=VALUE with commas between, the names those of the queue's address: {string.Join(", ", BulkWhere.Keys)}. "
                + "With rule=VERSION (as it begins) since=WHEN tells since when these rules opened a case or acted on it.",
            HelpName = "NAME=VALUE,…",
        });
        command.Add(new Option<int?>(Yes)
        {
            Description = $"With {Where}: do not ask for the count to be typed. Above {BulkRules.TypedAbove} cases it takes their count, N; another one asks for nothing.", HelpName = "N",
            Arity = ArgumentArity.ZeroOrOne,
        });
        var id = command.Arguments.Single();
        id.Arity = ArgumentArity.ZeroOrOne;
        command.Validators.Add(result =>
        {
            if (result.GetResult(id)?.Tokens.Count > 0 == result.GetValue<string?>(Where) is not null)
            {
                result.AddError($"Name one case by its ID, or several by {Where} class=…,age=….");
            }
        });
    }

    public static bool IsAskedFor(ParseResult parse) => parse.GetValue<string?>(Where) is not null;

    public static Task<int> RunAsync(ParseResult parse, string kind, RequestPayload payload, CancellationToken ct) => BulkDesks.RunAsync(parse, async desk =>
    {
        var now = desk.Now;
        var where = BulkWhere.Read(parse.GetValue<string?>(Where)!, now);
        var json = parse.GetValue<bool>("--json");
        if (json && parse.GetResult(Yes) is null)
        {
            throw new UsageException($"--json with {Where} asks nothing: look at the set without it, then add {Yes}.");
        }

        var by = parse.GetRequiredValue<string>("--by");
        var bulk = await desk.FreezeAsync(kind, payload, where, by, ct);
        var set = await desk.ItemsAsync(bulk.Id, ct);
        var effort = kind == RequestKinds.Release ? await desk.EffortAsync(set, ct) : null;
        var output = parse.InvocationConfiguration.Output;
        var console = Screen.On(json ? parse.InvocationConfiguration.Error : output);
        BulkPage.Print(console, kind, set, effort, now);
        await SureAsync(parse, kind, set.Count);

        var started = await desk.StartAsync(bulk.Id, by, set.Count, ct);
        await parse.InvocationConfiguration.Error.WriteLineAsync(Screen.Plain($"{started} `watchdog cases undo {bulk.Id}{ServerOption.Again(parse)}` does so."));
        var patience = parse.GetRequiredValue<int>("--wait");
        var ended = await WaitAsync(parse, desk, bulk.Id, TimeSpan.FromSeconds(patience), ct);
        var items = await desk.ItemsAsync(bulk.Id, ct);
        if (json)
        {
            await output.WriteLineAsync(CliJson.Write(BulkJson.Of(ended, items, effort?.Estimate, now)));
        }
        else
        {
            BulkPage.Print(console, ended, items);
        }

        return items.Any(item => item.State is "refused" or "failed" or "withdrawn") ? ExitCodes.NotHealthy
            : patience > 0 && items.Any(item => item.State == "open") ? ExitCodes.Unavailable : ExitCodes.Ok;
    }, ct);

    private static async Task SureAsync(ParseResult parse, string kind, int count)
    {
        var expected = count.ToString(CultureInfo.InvariantCulture);
        if (parse.GetResult(Yes) is not null)
        {
            var said = parse.GetValue<int?>(Yes);
            if (said is null ? count > BulkRules.TypedAbove : said != count)
            {
                throw new UsageException(said is null ? $"These are {expected} cases, more than {BulkRules.TypedAbove}: nothing was asked for. Look at the set, then say {Yes} {expected}."
                    : $"These are {expected} cases, not {said}: nothing was asked for. Look at the set again.");
            }

            return;
        }

        await parse.InvocationConfiguration.Output.WriteLineAsync($"Type {expected} to {kind.Replace('_', ' ')} all of them:");
        if ((await Console.In.ReadLineAsync())?.Trim() != expected)
        {
            throw new UsageException($"That was not {expected}: nothing was asked for. Type the count, or say {Yes} {expected}.");
        }
    }

    // Wall time: a person waits.
    private static async Task<Bulk> WaitAsync(ParseResult parse, IBulkDesk desk, long id, TimeSpan patience, CancellationToken ct)
    {
        var wall = TimeProvider.System;
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
