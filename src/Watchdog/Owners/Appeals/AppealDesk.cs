using Microsoft.Extensions.Options;
using Npgsql;
using Watchdog.Diagnostics;
using Watchdog.Ledger;
using Watchdog.Ledger.Appeals;

namespace Watchdog.Owners.Appeals;

/// <summary>Takes owners' objections, one a case, and says how their matters stand. A repetition changes nothing.</summary>
public sealed class AppealDesk(NpgsqlDataSource database, IOptions<AppealOptions> options, Clocks clocks)
{
    /// <summary>The actor in the audit trail: the link proves that somebody has what was sent to the owner, and not who.</summary>
    public const string Actor = "its owner, by the link of a notice";

    /// <summary>The case as its owner may know it; null: there is none of that number and VM.</summary>
    internal async Task<OwnersCase?> FindAsync(AppealClaim claim, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        return await ReadAsync(connection, null, claim, ct);
    }

    /// <summary>Takes an objection where the case is open and has none, and starts its clock; the case as it is then.</summary>
    internal async Task<OwnersCase?> ObjectAsync(AppealClaim claim, string words, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        // Locked, so that one that is released at this moment is not appealed against.
        if (await CaseWriter.LockAsync(connection, transaction, claim.CaseId, ct) is { ClosedAt: null } of && of.InstanceId == claim.InstanceId)
        {
            var now = clocks.Fleet.GetUtcNow();
            await AppealTable.AddAsync(connection, transaction, of, words, Actor, now, now + options.Value.ReviewClock, ct);
        }

        var found = await ReadAsync(connection, transaction, claim, ct);
        await transaction.CommitAsync(ct);
        return found;
    }

    private static async Task<OwnersCase?> ReadAsync(NpgsqlConnection connection, NpgsqlTransaction? transaction, AppealClaim claim, CancellationToken ct) =>
        await OwnersCase.ReadAsync(connection, transaction, claim.CaseId, ct) is { } found && found.InstanceId == claim.InstanceId ? found : null;
}
