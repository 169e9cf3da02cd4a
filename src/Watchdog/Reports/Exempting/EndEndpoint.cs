using System.Globalization;
using Watchdog.Diagnostics;
using Watchdog.Http;
using Watchdog.Http.Access;
using Watchdog.Policy;
using Watchdog.Reports.Pages;

namespace Watchdog.Reports.Exempting;

/// <summary><c>/exemptions/{id}/end</c> and <c>/holds/{id}/end</c>: an exception ends before its time.</summary>
public sealed class EndEndpoint(ExemptionBook exemptions, HoldBook holds, PageDesk pages, Clocks clocks) : IEndpoints
{
    private const int LongestReason = 500;

    /// <inheritdoc/>
    public void Map(IEndpointRouteBuilder routes)
    {
        foreach (var (path, find, end) in new (string, Func<long, HttpContext, Task<EndModel?>>, Func<long, string, string, DateTimeOffset, CancellationToken, Task<bool>>)[]
        {
            ("/exemptions/{id:long}/end", ExemptionAsync, exemptions.EndAsync), ("/holds/{id:long}/end", HoldAsync, holds.EndAsync),
        })
        {
            routes.MapGet(path, context => WithModelAsync(context, find, (_, model) => ShowAsync(context, model))).Admit(Entry.For(Role.Operator));
            routes.MapPost(path, context => WithModelAsync(context, find, (id, model) => EndAsync(context, id, model, end))).Admit(Entry.For(Role.Operator));
        }
    }

    private static async Task WithModelAsync(HttpContext context, Func<long, HttpContext, Task<EndModel?>> find, Func<long, EndModel, Task> then)
    {
        var id = long.Parse((string)context.GetRouteValue("id")!, CultureInfo.InvariantCulture);
        if (await find(id, context) is { } model)
        {
            await then(id, model);
            return;
        }

        await Problem.AnswerAsync(context, StatusCodes.Status404NotFound, "nothing of this number", $"There is none with number {id}.");
    }

    private Task ShowAsync(HttpContext context, EndModel model, int status = StatusCodes.Status200OK) => pages.ShowAsync<EndPage>(context, model, status);

    private async Task EndAsync(HttpContext context, long id, EndModel model, Func<long, string, string, DateTimeOffset, CancellationToken, Task<bool>> end)
    {
        var reason = (await context.Request.ReadFormAsync(context.RequestAborted))["reason"].ToString().Trim();
        if (model.Refusal is not null)
        {
            await ShowAsync(context, model, StatusCodes.Status409Conflict);
        }
        else if (reason.Length is 0 or > LongestReason)
        {
            await ShowAsync(context, model with { Reason = reason, Wrong = $"Say why, in 1 to {LongestReason} characters." }, StatusCodes.Status422UnprocessableEntity);
        }
        else if (!await end(id, reason, Visitor.Of(context)!.Name, clocks.Fleet.GetUtcNow(), context.RequestAborted))
        {
            await ShowAsync(context, model with { Refusal = "It has ended already." }, StatusCodes.Status409Conflict);
        }
        else
        {
            PageDesk.Return(context, model.Back);
        }
    }

    private async Task<EndModel?> ExemptionAsync(long id, HttpContext context) => await exemptions.FindAsync(id, context.RequestAborted) is not { } of ? null
        : Model($"/exemptions/{id}", $"End exemption {id}", $"{of.Sentence}.",
            Ended(of.EndedAt, of.UntilAt) ?? Rights.ExemptRefusal(of.Kind, Visitor.Of(context)!), context);

    private async Task<EndModel?> HoldAsync(long id, HttpContext context) =>
        await holds.FindAsync(id, context.RequestAborted) is not { } of ? null
        : Model($"/holds/{id}", $"End hold {id}", $"{of.InstanceId} is held until {Say.Minute(of.UntilAt)} ({of.Author}: {of.Reason}).", Ended(of.EndedAt, of.UntilAt), context);

    private static EndModel Model(string path, string title, string words, string? refusal, HttpContext context)
    {
        var back = context.Request.HasFormContentType ? context.Request.Form["back"].ToString() : context.Request.Query["back"].ToString();
        return new(path, title, words, refusal, "", OwnPath.Of(back.Length == 0 ? "/exemptions" : back), null);
    }

    private string? Ended(DateTimeOffset? ended, DateTimeOffset until) => ended is not null || until <= clocks.Fleet.GetUtcNow() ? "It has ended already." : null;
}
