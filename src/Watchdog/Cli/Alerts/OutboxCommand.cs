using System.CommandLine;
using System.Globalization;
using Npgsql;
using Spectre.Console;
using Watchdog.Alerts.Sending;
using Watchdog.Cli.Cases;
using Watchdog.Ledger;
using Watchdog.Webhooks;

namespace Watchdog.Cli.Alerts;

/// <summary><c>watchdog alerts outbox</c>: messages to receivers, with the answer to each.</summary>
internal static class OutboxCommand
{
    public static Command Create()
    {
        var receiver = new Option<string?>("--receiver") { Description = "Only those to this receiver.", HelpName = "NAME" };
        var state = new Option<string?>("--state") { Description = "Only those that wait, were sent, are dead (given up), or were superseded by a later one.", HelpName = "STATE" };
        state.AcceptOnlyFromAmong("waiting", "sent", "dead", "superseded");
        var limit = new Option<int>("--limit") { Description = "At most so many, newest first; 1 to 10000.", HelpName = "N", DefaultValueFactory = _ => 100 };
        limit.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is < 1 or > 10_000)
            {
                result.AddError("--limit takes 1 to 10000.");
            }
        });
        var json = GlobalOptions.Json();
        var command = new Command("outbox", "List messages to receivers, newest first, with what each receiver answered.") { receiver, state, limit, json };
        command.SetAction((parse, ct) => LedgerHost.RunAsync(parse, async services =>
        {
            var of = parse.GetValue(receiver);
            // A name is a whole one; the list takes beginnings.
            var messages = (await OutboxTable.ListAsync(
                services.GetRequiredService<NpgsqlDataSource>(), AlertChannels.Prefix + of, parse.GetValue(state), parse.GetRequiredValue(limit), ct))
                .Where(one => of is null || one.Channel == AlertChannels.Prefix + of).ToList();
            Print(parse.InvocationConfiguration.Output, messages, parse.GetValue(json));
            return ExitCodes.Ok;
        }, ct));
        return command;
    }

    private static void Print(TextWriter output, List<OutboxMessage> messages, bool json)
    {
        if (json)
        {
            output.WriteLine(CliJson.Write(new OutboxJson([.. messages.Select(m => new OutboxRow(
                m.Id, Name(m), m.MessageId, m.Kind, m.Subject, m.State, m.CreatedAt, m.State == "waiting" ? m.DueAt : null, m.Attempts, m.Status, m.Detail, m.DoneAt,
                m.Kind == OutboxMessage.Beat ? null : LedgerJson.Embed(m.Body)))])));
            return;
        }

        if (messages.Count == 0)
        {
            output.WriteLine("No message.");
            return;
        }

        var table = new Table().Border(TableBorder.Minimal).AddColumns("id", "receiver", "kind", "about", "state", "written", "next try", "tries", "answer");
        foreach (var m in messages)
        {
            table.AddRow(
                m.Id.ToString(CultureInfo.InvariantCulture), Screen.Cell(Name(m)), Screen.Cell(m.Kind), Screen.Cell(m.Subject), m.State, Screen.At(m.CreatedAt),
                m.State == "waiting" ? Screen.At(m.DueAt) : "", m.Attempts.ToString(CultureInfo.InvariantCulture), Screen.Cell(m.Detail));
        }

        Screen.On(output).Write(table);
    }

    private static string Name(OutboxMessage of) => of.Channel[AlertChannels.Prefix.Length..];

    /// <summary>The JSON; its names are a contract.</summary>
    private sealed record OutboxJson(IReadOnlyList<OutboxRow> Messages);

    /// <summary>One message.</summary>
    private sealed record OutboxRow(
        long Id, string Receiver, string MessageId, string Kind, string Subject, string State, DateTimeOffset CreatedAt, DateTimeOffset? DueAt, int Attempts, int? Status,
        string? Detail, DateTimeOffset? DoneAt, System.Text.Json.JsonElement? Message);
}
