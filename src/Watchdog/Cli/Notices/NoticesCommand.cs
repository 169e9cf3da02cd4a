using System.CommandLine;
using System.Globalization;
using Microsoft.Extensions.Options;
using Npgsql;
using Spectre.Console;
using Watchdog.Cli.Cases;
using Watchdog.Diagnostics;
using Watchdog.Ledger;
using Watchdog.Owners.Notices;
using Watchdog.Owners;
using Watchdog.Webhooks;

namespace Watchdog.Cli.Notices;

/// <summary><c>watchdog notices list|replay|test</c>: what the provider's control plane was told about owners.</summary>
internal static class NoticesCommand
{
    public static Command Create() => new("notices", "What the provider's control plane was told about VMs' owners, by signed webhook.") { List(), Replay(), Test() };

    private static Command List()
    {
        var state = new Option<string?>("--state") { Description = "Only those that wait, were sent, or are dead: given up after ten attempts.", HelpName = "STATE" };
        state.AcceptOnlyFromAmong("waiting", "sent", "dead");
        var limit = new Option<int>("--limit") { Description = "At most so many, newest first; 1 to 10000.", HelpName = "N", DefaultValueFactory = _ => 100 };
        limit.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is < 1 or > 10_000)
            {
                result.AddError("--limit takes 1 to 10000.");
            }
        });
        var json = GlobalOptions.Json();
        var command = new Command("list", "List notices, newest first.") { state, limit, json };
        command.SetAction((parse, ct) => LedgerHost.RunAsync(parse, async services =>
        {
            var messages = await OutboxTable.ListAsync(
                services.GetRequiredService<NpgsqlDataSource>(), NoticePump.Channel, parse.GetValue(state), parse.GetRequiredValue(limit), ct);
            Print(parse.InvocationConfiguration.Output, messages, parse.GetValue(json));
            return ExitCodes.Ok;
        }, ct));
        return command;
    }

    private static Command Replay()
    {
        var id = new Argument<long?>("ID") { Description = "The notice's number, as `notices list` shows it.", Arity = ArgumentArity.ZeroOrOne };
        var dead = new Option<bool>("--dead") { Description = "All that are dead, instead of one." };
        var by = Person.By();
        var command = new Command("replay", "Send notices anew, under the ids they had. A channel that its receiver has closed (410) is open again.") { id, dead, by };
        command.Validators.Add(result =>
        {
            if (result.GetValue(id) is null != result.GetValue(dead))
            {
                result.AddError("replay takes an ID or --dead.");
            }
        });
        command.SetAction((parse, ct) => LedgerHost.RunAsync(parse, async services =>
        {
            var count = await OutboxTable.ReplayAsync(
                services.GetRequiredService<NpgsqlDataSource>(), NoticePump.Channel, parse.GetValue(id), parse.GetRequiredValue(by),
                services.GetRequiredService<Clocks>().Wall.GetUtcNow(), ct);
            await parse.InvocationConfiguration.Output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{count} notice(s) wait to be sent."));
            return count > 0 || parse.GetValue(dead) ? ExitCodes.Ok : ExitCodes.NotHealthy;
        }, ct));
        return command;
    }

    private static Command Test()
    {
        var command = new Command("test", "Send one signed message of type owner.test now, and say what the receiver answered.");
        command.SetAction((parse, ct) => LedgerHost.RunAsync(parse, async services =>
        {
            var options = services.GetRequiredService<IOptions<NoticeOptions>>().Value;
            if (options.Target() is not { } target)
            {
                throw new UsageException("Notices:Url is not set: nothing is sent anywhere.");
            }

            var at = services.GetRequiredService<Clocks>().Wall.GetUtcNow();
            var body = CliJson.Write(new { type = NoticeTypes.Test, timestamp = at.UtcDateTime, data = new { text = "A test of Watchdog's notices." } });
            var answer = await services.GetRequiredService<WebhookSender>().SendAsync(target, $"owner_test_{Guid.NewGuid():N}", body, at, ct);
            await parse.InvocationConfiguration.Output.WriteLineAsync(Screen.Plain(answer.Detail));
            return answer.Status is >= 200 and < 300 ? ExitCodes.Ok : ExitCodes.NotHealthy;
        }, ct, more => more.AddNotices()));
        return command;
    }

    private static void Print(TextWriter output, IReadOnlyList<OutboxMessage> messages, bool json)
    {
        if (json)
        {
            output.WriteLine(CliJson.Write(new NoticesJson([.. messages.Select(m => new NoticeRow(
                m.Id, m.MessageId, m.Kind, m.Subject, m.State, m.CreatedAt, m.State == "waiting" ? m.DueAt : null, m.Attempts, m.Status, m.Detail, m.DoneAt, LedgerJson.Embed(m.Body)))])));
            return;
        }

        if (messages.Count == 0)
        {
            output.WriteLine("No notice.");
            return;
        }

        var table = new Table().Border(TableBorder.Minimal).AddColumns("id", "type", "about", "state", "written", "next try", "tries", "answer");
        foreach (var m in messages)
        {
            table.AddRow(
                m.Id.ToString(CultureInfo.InvariantCulture), Screen.Cell(m.Kind), Screen.Cell(m.Subject), m.State, Screen.At(m.CreatedAt),
                m.State == "waiting" ? Screen.At(m.DueAt) : "", m.Attempts.ToString(CultureInfo.InvariantCulture), Screen.Cell(m.Detail));
        }

        Screen.On(output).Write(table);
    }

    /// <summary>The JSON; its names are a contract.</summary>
    private sealed record NoticesJson(IReadOnlyList<NoticeRow> Notices);

    /// <summary>One notice.</summary>
    private sealed record NoticeRow(
        long Id, string MessageId, string Type, string Subject, string State, DateTimeOffset CreatedAt, DateTimeOffset? DueAt, int Attempts, int? Status,
        string? Detail, DateTimeOffset? DoneAt, System.Text.Json.JsonElement? Message);
}
