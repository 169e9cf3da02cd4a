using Npgsql;
using Watchdog.Ledger;

namespace Watchdog.Enforcement;

/// <summary>A person hands a case to a person or a team, with a note.</summary>
internal static class HandOverRequest
{
    /// <summary>Stores who has it now.</summary>
    public static async Task<RequestAnswer?> TakeAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, CaseRecord of, RequestRecord request, RequestPayload payload, DateTimeOffset now,
        CancellationToken ct)
    {
        var to = CleanText.Of(payload.Assignee!.Trim(), RequestRules.LongestName);
        if (of.ClosedAt is not null || of.Assignee == to)
        {
            return new RequestAnswer("refused", null, of.ClosedAt is not null ? $"case {of.Id} is {of.State}: nothing is left to hand over." : $"{to} has case {of.Id} already.");
        }

        await CaseWriter.AssignAsync(connection, transaction, of.Id, to, ct);
        await Note.On(of, $"{(of.Assignee is { } from ? $"from {from} " : "")}to {to}: {payload.Reason}")
            .AppendAsync(connection, transaction, now, request.Actor, "case.handed_over", ct);
        return new RequestAnswer("done", null, $"case {of.Id} is {to}'s now.");
    }
}
