using Watchdog.Http;
using Watchdog.Http.Access;
using Watchdog.Reports.Pages;

namespace Watchdog.Reports.Vms;

/// <summary><c>GET /vms</c>, the search, and <c>GET /vms/{id}</c>, all that is stored of one VM. Both ask nobody.</summary>
public sealed class VmEndpoint(VmReads reads, VmSearch search, PageDesk pages) : IEndpoints
{
    private const int LongestText = 200;

    /// <inheritdoc/>
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapRead("/vms", Entry.For(Role.Viewer), SearchAsync);
        routes.MapRead("/vms/{id}", Entry.For(Role.Viewer), ShowAsync);
    }

    private async Task SearchAsync(HttpContext context)
    {
        var (text, after) = (context.Request.Query["q"].ToString().Trim(), context.Request.Query["after"].ToString());
        if (text.Length > LongestText || after.Length > LongestText)
        {
            await Problem.AnswerAsync(context, StatusCodes.Status400BadRequest, "too long a search", $"q and after take {LongestText} characters at most: an instance id or an owner, as it begins.");
            return;
        }

        var found = await search.ReadAsync(text, after.Length > 0 ? after : null, context.RequestAborted);
        if (found.Vms is [var only] && only.InstanceId == text)
        {
            context.Response.Redirect($"/vms/{Uri.EscapeDataString(text)}");
            return;
        }

        await pages.ShowAsync<VmListPage>(context, found);
    }

    private async Task ShowAsync(HttpContext context)
    {
        var id = (string)context.GetRouteValue("id")!;
        if (id.Length <= LongestText && await reads.ReadAsync(id, context.RequestAborted) is { } model)
        {
            await pages.ShowAsync<VmPage>(context, model);
            return;
        }

        await Problem.AnswerAsync(
            context, StatusCodes.Status404NotFound, "no such VM",
            "No listing ever showed a VM of that id. Is the id whole, are its account and Region among Inventory:Scopes, and does it bear Watchdog's tag?");
    }
}
