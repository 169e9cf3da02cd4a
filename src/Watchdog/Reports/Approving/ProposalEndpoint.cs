using System.Globalization;
using Watchdog.Diagnostics;
using Watchdog.Http;
using Watchdog.Http.Access;
using Watchdog.Ledger;
using Watchdog.Policy.Exempting;
using Watchdog.Reports.Pages;

namespace Watchdog.Reports.Approving;

/// <summary><c>/proposals/{id}/approve</c> and <c>/decline</c>: another admin than its author lets an exemption begin; its author or an admin ends the matter.</summary>
public sealed class ProposalEndpoint(ExemptionDesk desk, PageDesk pages, Clocks clocks) : IEndpoints
{
    private const int LongestReason = 500;

    /// <inheritdoc/>
    public void Map(IEndpointRouteBuilder routes)
    {
        foreach (var (path, approves, role) in new[] { ("approve", true, Role.Admin), ("decline", false, Role.Operator) })
        {
            routes.MapGet($"/proposals/{{id:long}}/{path}", context => WithProposalAsync(context, proposal => ShowAsync(context, proposal, approves, "", null))).Admit(Entry.For(role));
            routes.MapPost($"/proposals/{{id:long}}/{path}", context => WithProposalAsync(context, proposal => DecideAsync(context, proposal, approves))).Admit(Entry.For(role));
        }
    }

    private async Task WithProposalAsync(HttpContext context, Func<ExemptionProposal, Task> then)
    {
        var id = long.Parse((string)context.GetRouteValue("id")!, CultureInfo.InvariantCulture);
        if (await desk.FindProposalAsync(id, clocks.Fleet.GetUtcNow(), context.RequestAborted) is { } proposal)
        {
            await then(proposal);
            return;
        }

        await Problem.AnswerAsync(context, StatusCodes.Status404NotFound, "no such proposal", $"There is no proposal {id}.");
    }

    private async Task ShowAsync(HttpContext context, ExemptionProposal proposal, bool approves, string reason, string? wrong, int status = StatusCodes.Status200OK)
    {
        var preview = await desk.PreviewAsync(proposal.Kind, proposal.Subject, clocks.Fleet.GetUtcNow(), context.RequestAborted);
        var back = context.Request.HasFormContentType ? context.Request.Form["back"] : context.Request.Query["back"];
        await pages.ShowAsync<ProposalPage>(
            context, new ProposalModel(proposal, approves, preview, Refusal(proposal, approves, Visitor.Of(context)!), reason, OwnPath.Of(back), wrong), status);
    }

    private async Task DecideAsync(HttpContext context, ExemptionProposal proposal, bool approves)
    {
        var (visitor, form) = (Visitor.Of(context)!, await context.Request.ReadFormAsync(context.RequestAborted));
        var reason = form["reason"].ToString().Trim();
        if (Refusal(proposal, approves, visitor) is not null)
        {
            await ShowAsync(context, proposal, approves, reason, null, proposal.State == "open" ? StatusCodes.Status403Forbidden : StatusCodes.Status409Conflict);
            return;
        }

        if (reason.Length is 0 or > LongestReason)
        {
            await ShowAsync(context, proposal, approves, reason, $"Say why, in 1 to {LongestReason} characters: it is what the next reader learns.", StatusCodes.Status422UnprocessableEntity);
            return;
        }

        var now = clocks.Fleet.GetUtcNow();
        var answer = approves ? await desk.ApproveAsync(proposal.Id, visitor.Name, reason, now, context.RequestAborted)
            : await desk.DeclineAsync(proposal.Id, visitor.Name, reason, now, context.RequestAborted);
        if (answer.As == AskedAs.Recorded)
        {
            PageDesk.Return(context, form["back"], (ToldReads.Request, answer.Request), (ToldReads.Exemption, answer.Exemption), (ToldReads.Proposal, answer.Exemption is null ? proposal.Id : null));
            return;
        }

        await ShowAsync(context, proposal, approves, reason, answer.Sentence, StatusCodes.Status409Conflict);
    }

    private static string? Refusal(ExemptionProposal proposal, bool approves, Visitor visitor) => proposal.State switch
    {
        "open" => approves ? Rights.ApproveRefusal(proposal, visitor) : Rights.DeclineRefusal(proposal, visitor),
        "expired" => "Nobody approved it in time: it has to be proposed anew.",
        _ => $"It was {proposal.State} by {proposal.DecidedBy}: {proposal.Decision}",
    };
}
