using Npgsql;
using Watchdog.Ledger;
using Watchdog.Ledger.Appeals;
using Watchdog.Storage;

namespace Watchdog.Policy.Deadlines;

/// <summary>
/// The clocks of a scope's contained cases, and of its owners' appeals, that have fallen due undecided: each fires once, in the transaction that asks
/// for the release or tells people.
/// </summary>
public sealed class ClockRun(NpgsqlDataSource database)
{
    /// <summary>Most cases a run; the rest is for the next one, seconds later.</summary>
    private const int MostCases = 100;

    /// <summary>Runs once. While the brake is on nothing is released by the machine; people are told all the same.</summary>
    /// <returns>How many clocks fired.</returns>
    /// <exception cref="FencedException">Another actuator has the scope.</exception>
    public async Task<int> RunAsync(short scope, Fence fence, DateTimeOffset now, CancellationToken ct)
    {
        var braked = (await Brake.ReadAsync(database, ct)).IsOn;
        return await FencedWrite.RunAsync(database, fence, async (connection, transaction) =>
        {
            var due = await CaseWriter.LockDueClocksAsync(connection, transaction, scope, MostCases, releases: !braked, now, ct);
            foreach (var of in due)
            {
                await FireAsync(connection, transaction, of, of.Clock!, now, ct);
            }

            var appeals = await AppealTable.FireDueAsync(connection, transaction, scope, MostCases, now, ct);
            foreach (var of in appeals)
            {
                await Note.On(of, "its owner objected, and nobody ruled in time").AppendAsync(connection, transaction, now, Audit.Machine, "case.appeal_due", ct);
            }

            return due.Count + appeals.Count;
        }, ct);
    }

    private static async Task FireAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, CaseRecord of, CaseClock clock, DateTimeOffset now, CancellationToken ct)
    {
        // A ruling alone leaves the VM as it is, and the clock too.
        var undecided = await Rulings.LatestAsync(connection, transaction, of.Id, ct) is { } ruling ? $"it was ruled {ruling}, but neither confirmed nor released" : "nobody ruled";
        await CaseWriter.SetClockAsync(connection, transaction, of.Id, clock with { FiredAt = now }, ct);
        if (clock.Does == CaseClock.Release)
        {
            await RequestInbox.AddAsync(
                connection, transaction, RequestKinds.Release, Audit.Machine, of.Id, null,
                new RequestPayload($"{char.ToUpperInvariant(undecided[0])}{undecided[1..]} before the case's clock ran out."), now, ct);
        }

        await Note.On(of, $"{undecided} in time: {(clock.Does == CaseClock.Release ? "its release is asked for" : "a person has to look at it")}")
            .AppendAsync(connection, transaction, now, Audit.Machine, "case.clock_due", ct);
    }
}
