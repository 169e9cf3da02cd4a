using System.CommandLine;
using System.Globalization;
using Spectre.Console;
using Watchdog.Cli.Cases;
using Watchdog.Cli.Exceptions;
using Watchdog.Diagnostics;
using Watchdog.Http;
using Watchdog.Http.Keys;

namespace Watchdog.Cli.Keys;

/// <summary><c>watchdog keys add|list|revoke</c>: who may ask the worker's listener.</summary>
internal static class KeysCommand
{
    private static readonly TimeSpan Longest = TimeSpan.FromDays(731);

    public static Command Create() => new("keys", "API keys of the worker's listener: each with its scopes and an end. Secrets are shown once and stored as digests.")
    {
        Add(), List(), Revoke(),
    };

    private static Command Add()
    {
        var name = new Option<string>("--name") { Description = "What it is for, e.g. control-plane.", HelpName = "TEXT", Required = true };
        name.Validators.Add(result =>
        {
            if (string.IsNullOrWhiteSpace(result.GetValueOrDefault<string>()))
            {
                result.AddError("--name must say what the key is for.");
            }
        });
        var scope = new Option<string[]>("--scope") { Description = $"What it opens; may be given several times: {string.Join("; ", KeyScopes.All.Select(one => $"{one} ({KeyScopes.Words(one)})"))}.", HelpName = "SCOPE", Required = true };
        scope.AcceptOnlyFromAmong([.. KeyScopes.All]);
        var expires = new Option<string>("--expires") { Description = "When it ends: an instant, or how long from now (90d); at most two years.", HelpName = "WHEN", DefaultValueFactory = _ => "365d" };
        var by = Person.By();
        var command = new Command("add", "Make a key and show it, this once.") { name, scope, expires, by };
        command.SetAction((parse, ct) => RunAsync(parse, async (book, now) =>
        {
            var until = UntilWhen.Read(parse.GetRequiredValue(expires), Longest, now, "--expires");
            var (id, text) = await book.AddAsync(
                parse.GetRequiredValue(name), [.. parse.GetRequiredValue(scope).Distinct(StringComparer.Ordinal)], parse.GetRequiredValue(by), now, until, ct);
            await parse.InvocationConfiguration.Error.WriteLineAsync($"Key {id}, until {Screen.At(until)}. It is shown this once:");
            await parse.InvocationConfiguration.Output.WriteLineAsync(text);
            return ExitCodes.Ok;
        }, ct));
        return command;
    }

    private static Command Revoke()
    {
        var id = new Argument<long>("ID") { Description = "The key's number, as `keys list` shows it." };
        var (reason, by) = (Person.Reason("Why it ends before its time."), Person.By());
        var command = new Command("revoke", "End a key at once.") { id, reason, by };
        command.SetAction((parse, ct) => RunAsync(parse, async (book, now) =>
        {
            var number = parse.GetRequiredValue(id);
            if (!await book.RevokeAsync(number, parse.GetRequiredValue(reason), parse.GetRequiredValue(by), now, ct))
            {
                await parse.InvocationConfiguration.Error.WriteLineAsync($"There is no key {number} in force; `watchdog keys list` shows those that are.");
                return ExitCodes.NotHealthy;
            }

            await parse.InvocationConfiguration.Output.WriteLineAsync($"Key {number} is revoked; workers notice within two seconds.");
            return ExitCodes.Ok;
        }, ct));
        return command;
    }

    private static Command List()
    {
        var all = new Option<bool>("--all") { Description = "Also those that have expired or were revoked." };
        var json = GlobalOptions.Json();
        var command = new Command("list", "List the keys in force, newest first.") { all, json };
        command.SetAction((parse, ct) => RunAsync(parse, async (book, now) =>
        {
            Print(parse.InvocationConfiguration.Output, await book.ListAsync(parse.GetValue(all), now, ct), parse.GetValue(json));
            return ExitCodes.Ok;
        }, ct));
        return command;
    }

    private static Task<int> RunAsync(ParseResult parse, Func<KeyBook, DateTimeOffset, Task<int>> body, CancellationToken ct) => LedgerHost.RunAsync(
        parse, services => body(services.GetRequiredService<KeyBook>(), services.GetRequiredService<Clocks>().Fleet.GetUtcNow()), ct, more => more.AddApiKeys());

    private static void Print(TextWriter output, IReadOnlyList<ApiKey> keys, bool json)
    {
        if (json)
        {
            output.WriteLine(CliJson.Write(new KeysJson(keys)));
            return;
        }

        if (keys.Count == 0)
        {
            output.WriteLine("No key.");
            return;
        }

        var table = new Table().Border(TableBorder.Minimal).AddColumns("id", "name", "scopes", "created", "by", "expires", "revoked", "last used");
        foreach (var key in keys)
        {
            table.AddRow(
                key.Id.ToString(CultureInfo.InvariantCulture), Screen.Cell(key.Name), Screen.Cell(string.Join(", ", key.Scopes)), Screen.At(key.CreatedAt),
                Screen.Cell(key.CreatedBy), Screen.At(key.ExpiresAt), Screen.At(key.RevokedAt), key.LastUsed?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "never");
        }

        Screen.On(output).Write(table);
    }

    /// <summary>The JSON; its names are a contract.</summary>
    private sealed record KeysJson(IReadOnlyList<ApiKey> Keys);
}
