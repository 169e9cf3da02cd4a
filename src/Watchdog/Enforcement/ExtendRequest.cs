using System.Globalization;
using Npgsql;
using Watchdog.Ledger;

namespace Watchdog.Enforcement;

/// <summary>A person puts a contained case's clock off.</summary>
internal static class ExtendRequest
{
    /// <summary>Winds the clock; refuses where none runs, or where it would run for too long.</summary>
    /// <param name="longest">How far from now the clock may be put off.</param>
    public static async Task<RequestAnswer?> TakeAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, CaseRecord of, RequestRecord request, RequestPayload payload, TimeSpan longest,
        DateTimeOffset now, CancellationToken ct)
    {
        var releasing = (await ActWriter.LockAllAsync(connection, transaction, of.Id, ct))
            .Any(act => act.Kind == ActKinds.Release && act.State is ActStates.Admitted or ActStates.Planned or ActStates.Executing or ActStates.Applied);
        if ((releasing ? $"a release of case {of.Id} is under way." : Refusal(of, payload.Span!.Value, longest, now)) is { } refusal)
        {
            return new RequestAnswer("refused", null, refusal);
        }

        var clock = Extended(of.Clock!, payload.Span!.Value, now);
        await CaseWriter.SetClockAsync(connection, transaction, of.Id, clock, ct);
        await CaseWriter.MarkChangedAsync(connection, transaction, of.Id, ct);
        await Note.On(of, $"{payload.Reason} ({clock.Words()})").AppendAsync(connection, transaction, now, request.Actor, "case.extended", ct);
        return new RequestAnswer("done", null, $"the case's clock is put off: {clock.Words()}.");
    }

    /// <summary>Why a clock is not put off; null when it is.</summary>
    public static string? Refusal(CaseRecord of, TimeSpan span, TimeSpan longest, DateTimeOffset now) => of switch
    {
        { State: not CaseStates.Contained } => $"case {of.Id} is {of.State}: only the clock of a contained case runs.",
        { Clock: null } => $"case {of.Id} has no clock: nothing happens to it by itself.",
        _ when Extended(of.Clock, span, now).At is var at && at > now + longest => string.Create(CultureInfo.InvariantCulture,
            $"the clock would run until {at.UtcDateTime:yyyy-MM-dd HH:mm'Z'}, which is further than {longest.TotalDays:0.##} days from now (Policy:LongestExtension)."),
        _ => null,
    };

    // One that has fired begins anew from now: a release that came of it failed or was refused.
    private static CaseClock Extended(CaseClock clock, TimeSpan span, DateTimeOffset now) =>
        new((clock.FiredAt is null && clock.At > now ? clock.At : now) + span, clock.Does);
}
