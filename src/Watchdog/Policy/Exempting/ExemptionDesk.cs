using System.Globalization;
using Microsoft.Extensions.Options;
using Npgsql;
using Watchdog.Ledger;

namespace Watchdog.Policy.Exempting;

/// <summary>
/// Where people ask for exemptions: shown before what one would have covered, written at once where it covers one owner's VMs, and proposed to a
/// second person where it covers more. The caller has checked that who asks, and who decides, may.
/// </summary>
public sealed class ExemptionDesk(NpgsqlDataSource database, IOptions<PolicyOptions> options)
{
    /// <summary>How far back a preview looks.</summary>
    public static readonly TimeSpan PreviewSpan = TimeSpan.FromDays(30);

    /// <summary>The cases of the last 30 days that it would have covered.</summary>
    /// <exception cref="ArgumentException">It names nothing; the message says why (<see cref="ExemptionRules.SubjectFault"/>).</exception>
    public Task<ExemptionPreview> PreviewAsync(string kind, string subject, DateTimeOffset now, CancellationToken ct)
    {
        if (ExemptionRules.SubjectFault(kind, subject) is { } fault)
        {
            throw new ArgumentException(fault, nameof(subject));
        }

        return PreviewReads.SinceAsync(database, kind, ExemptionRules.Kept(new(kind, subject, "", default)).Subject, now - PreviewSpan, ct);
    }

    /// <summary>Writes an exemption, or proposes it where it takes two persons. The same asked for again is the one that there is.</summary>
    public async Task<ExemptionAnswer> AddAsync(ExemptionOrder asked, string actor, DateTimeOffset now, CancellationToken ct)
    {
        if (ExemptionRules.Fault(asked, options.Value.LongestExemption, now) is { } fault)
        {
            return new(AskedAs.Wrong, fault);
        }

        var order = ExemptionRules.Kept(asked);
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        await LockAsync(connection, transaction, order, ct);
        if (await MisfitAsync(connection, transaction, order, ct) is { } misfit)
        {
            return misfit;
        }

        var answer = ExemptionRules.NeedsTwo(order.Kind)
            ? await ProposeAsync(connection, transaction, order, actor, now, ct)
            : await ExemptAsync(connection, transaction, order, actor, now, ct);
        await transaction.CommitAsync(ct);
        return answer;
    }

    /// <summary>Proposals that wait for a second person, or all there were (the newest 1,000), newest first.</summary>
    public Task<IReadOnlyList<ExemptionProposal>> ProposalsAsync(bool all, DateTimeOffset now, CancellationToken ct) => ProposalTable.ListAsync(database, all, now, ct);

    /// <summary>A proposal; null when there is none of that number.</summary>
    public async Task<ExemptionProposal?> FindProposalAsync(long id, DateTimeOffset now, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        return await ProposalTable.FindAsync(connection, id, now, ct);
    }

    /// <summary>A second person approves: the exemption begins, and the case's release is asked for where the proposal says so.</summary>
    public Task<ExemptionAnswer> ApproveAsync(long id, string actor, string why, DateTimeOffset now, CancellationToken ct) => DecideAsync(id, why, now, async (connection, transaction, proposal) =>
    {
        if (ExemptionRules.SamePerson(proposal.Author, actor))
        {
            return new(AskedAs.Conflict, $"{proposal.Author} proposed it: somebody else has to approve it.", Proposal: id);
        }

        if (proposal.UntilAt <= now)
        {
            return new(AskedAs.Conflict, $"Proposal {id} would have ended at {At(proposal.UntilAt)}: propose it anew.", Proposal: id);
        }

        var exemption = await ExemptionBook.WriteAsync(connection, transaction, proposal.Order, proposal.Author, CleanText.Of(actor, 200), now, ct);
        var request = await ReleaseAsync(connection, transaction, proposal.Order, actor, now, ct);
        await ProposalTable.DecideAsync(connection, transaction, id, "approved", exemption, actor, why, now, ct);
        await Audit.AppendAsync(connection, transaction, now, actor, "exemption.approved", $"exemption-proposal:{id}",
            new { exemption, proposal.Kind, proposal.Subject, proposed_by = proposal.Author, reason = why }, ct);
        return new(AskedAs.Recorded, $"Exemption {exemption}: {proposal.Kind} {proposal.Subject} until {At(proposal.UntilAt)}{Released(request)}.", exemption, id, request);
    }, ct);

    /// <summary>Somebody declines; who proposed it may, too.</summary>
    public Task<ExemptionAnswer> DeclineAsync(long id, string actor, string why, DateTimeOffset now, CancellationToken ct) => DecideAsync(id, why, now, async (connection, transaction, proposal) =>
    {
        await ProposalTable.DecideAsync(connection, transaction, id, "declined", null, actor, why, now, ct);
        await Audit.AppendAsync(connection, transaction, now, actor, "exemption.declined", $"exemption-proposal:{id}",
            new { proposal.Kind, proposal.Subject, proposed_by = proposal.Author, reason = why }, ct);
        return new(AskedAs.Recorded, $"Proposal {id} is declined; {proposal.Kind} {proposal.Subject} is not exempt by it.", Proposal: id);
    }, ct);

    private async Task<ExemptionAnswer> DecideAsync(
        long id, string why, DateTimeOffset now, Func<NpgsqlConnection, NpgsqlTransaction, ExemptionProposal, Task<ExemptionAnswer>> decide, CancellationToken ct)
    {
        if (string.IsNullOrWhiteSpace(why))
        {
            return new(AskedAs.Wrong, "A decision needs a reason: it is what the next reader learns.", Proposal: id);
        }

        await using var connection = await database.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        if (await ProposalTable.LockAsync(connection, transaction, id, now, ct) is not { } proposal)
        {
            return new(AskedAs.Unknown, $"There is no proposal {id}.");
        }

        if (proposal.State != "open")
        {
            return new(AskedAs.Conflict, proposal.State == "expired"
                ? $"Proposal {id} expired at {At(proposal.ExpiresAt)}, since nobody had approved it: propose it anew."
                : $"Proposal {id} was {proposal.State} by {proposal.DecidedBy} at {At(proposal.DecidedAt!.Value)}.", proposal.ExemptionId, id);
        }

        var answer = await decide(connection, transaction, proposal);
        await transaction.CommitAsync(ct);
        return answer;
    }

    private async Task<ExemptionAnswer> ProposeAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, ExemptionOrder order, string actor, DateTimeOffset now, CancellationToken ct)
    {
        if (await ProposalTable.SameAsync(connection, transaction, order, now, ct) is { } there)
        {
            return new(AskedAs.Again, $"Proposal {there.Id} of {there.Author} asks for {there.Kind} {there.Subject} already, until {At(there.UntilAt)}; it waits for approval until {At(there.ExpiresAt)}.", Proposal: there.Id);
        }

        var expires = now + options.Value.ProposalLife;
        var id = await ProposalTable.AddAsync(connection, transaction, order, actor, now, expires, ct);
        await Audit.AppendAsync(connection, transaction, now, actor, "exemption.proposed", $"exemption-proposal:{id}", order, ct);
        return new(AskedAs.Recorded,
            $"Proposal {id}: {order.Kind} {order.Subject} until {At(order.Until)} covers more than one owner's VMs; somebody other than {actor} has to approve it before {At(expires)}.", Proposal: id);
    }

    private static async Task<ExemptionAnswer> ExemptAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, ExemptionOrder order, string actor, DateTimeOffset now, CancellationToken ct)
    {
        if (await ExemptionBook.SameAsync(connection, transaction, order, actor, now, ct) is { } there)
        {
            return new(AskedAs.Again, $"Exemption {there} says the same already: {order.Kind} {order.Subject} until {At(order.Until)}.", there);
        }

        var id = await ExemptionBook.WriteAsync(connection, transaction, order, actor, null, now, ct);
        var request = await ReleaseAsync(connection, transaction, order, actor, now, ct);
        return new(AskedAs.Recorded, $"Exemption {id}: {order.Kind} {order.Subject} until {At(order.Until)}{Released(request)}.", id, Request: request);
    }

    private static async Task<ExemptionAnswer?> MisfitAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, ExemptionOrder order, CancellationToken ct) =>
        order.CaseId is not { } of ? null : await PreviewReads.CoversAsync(connection, transaction, order.Kind, order.Subject, of, ct) switch
        {
            null => new(AskedAs.Unknown, $"There is no case {of}."),
            false => new(AskedAs.Wrong, $"An exemption by {order.Kind} {order.Subject} would not cover the VM of case {of}."),
            _ => null,
        };

    private static async Task<long?> ReleaseAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, ExemptionOrder order, string actor, DateTimeOffset now, CancellationToken ct) =>
        order.ReleaseVersion is not { } version ? null : await RequestInbox.AddAsync(
            connection, transaction, RequestKinds.Release, actor, order.CaseId!.Value, version, new RequestPayload(order.Reason, Rulings.BenignPositive), now, ct);

    // Two who ask for the same at once are told so.
    private static async Task LockAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, ExemptionOrder order, CancellationToken ct)
    {
        await using var command = Statement.On(connection, transaction,
            "select pg_advisory_xact_lock(hashtextextended('exemption:' || $1 || ' ' || $2, 0))", order.Kind, order.Subject);
        await command.ExecuteNonQueryAsync(ct);
    }

    private static string Released(long? request) => request is null ? "" : $"; request {request} asks for the case's release";

    private static string At(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd HH:mm'Z'", CultureInfo.InvariantCulture);
}
