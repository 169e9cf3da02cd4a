using Npgsql;
using Watchdog.Ledger;

namespace Watchdog.Enforcement;

/// <summary>A person records a ruling alone: nothing is approved, released or proposed.</summary>
internal static class RuleRequest
{
    /// <summary>Records the ruling. It stops a contained case's clock where it says that the case is right, and winds it anew where nobody can tell.</summary>
    public static async Task<RequestAnswer?> TakeAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, CaseRecord of, RequestRecord request, RequestPayload payload,
        ICaseClocks deadlines, DateTimeOffset now, CancellationToken ct)
    {
        var ruling = payload.Ruling!;
        await Rulings.AppendAsync(connection, transaction, of.Id, now, ruling, request.Actor, payload.Reason, ct);
        var clock = ClockAfter(of, ruling, deadlines, now);
        if (clock != of.Clock)
        {
            await CaseWriter.SetClockAsync(connection, transaction, of.Id, clock, ct);
        }

        await CaseWriter.MarkChangedAsync(connection, transaction, of.Id, ct);
        return new RequestAnswer("done", null, $"the ruling {ruling} is recorded; the case stays {of.State}{Rest(of, ruling, clock)}.");
    }

    private static CaseClock? ClockAfter(CaseRecord of, string ruling, ICaseClocks deadlines, DateTimeOffset now) => ruling switch
    {
        Rulings.TruePositive => null,
        Rulings.Indeterminate when of.Clock is not null => deadlines.For(of.Class, now),
        _ => of.Clock,
    };

    private static string Rest(CaseRecord of, string ruling, CaseClock? clock) => (of.State, Rulings.WasWrong(ruling)) switch
    {
        (CaseStates.Contained or CaseStates.Confirmed, true) => ": nothing was undone, ask for a release to undo it",
        (CaseStates.Contained, false) when clock is not null => $", {clock.Words()}",
        (CaseStates.Contained, false) when of.Clock is not null => ", and its clock has stopped",
        _ => "",
    };
}
