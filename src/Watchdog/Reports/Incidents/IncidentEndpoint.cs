using System.Globalization;
using Watchdog.Alerts;
using Watchdog.Http;
using Watchdog.Http.Access;
using Watchdog.Reports.Pages;

namespace Watchdog.Reports.Incidents;

/// <summary><c>GET /incidents</c>: what on-call is told of; <c>/incidents/{id}</c>: one of them; <c>/messages</c>: what receivers answered.</summary>
public sealed class IncidentEndpoint(IncidentReads reads, PageDesk pages) : IEndpoints
{
    /// <inheritdoc/>
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapRead("/incidents", Entry.For(Role.Viewer), ListAsync);
        routes.MapRead("/incidents/{id:long}", Entry.For(Role.Viewer), ShowAsync);
        routes.MapRead("/messages", Entry.For(Role.Viewer), MessagesAsync);
    }

    private async Task ListAsync(HttpContext context)
    {
        var query = context.Request.Query;
        var kind = IncidentKinds.All.Contains(query["kind"].ToString()) ? query["kind"].ToString() : null;
        var before = long.TryParse(query["before"], NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : long.MaxValue;
        await pages.ShowAsync<IncidentsPage>(context, await reads.ListAsync(query["show"] != "all", kind, before, context.RequestAborted));
    }

    private async Task ShowAsync(HttpContext context)
    {
        var id = long.Parse((string)context.GetRouteValue("id")!, CultureInfo.InvariantCulture);
        if (await reads.ReadAsync(id, context.RequestAborted) is not { } model)
        {
            await Problem.AnswerAsync(context, StatusCodes.Status404NotFound, "no such incident", $"There is no incident {id}; those that were over long ago are forgotten.");
            return;
        }

        await pages.ShowAsync<IncidentPage>(context, model);
    }

    private async Task MessagesAsync(HttpContext context)
    {
        var query = context.Request.Query;
        var state = query["state"].ToString();
        var channel = query["channel"].ToString() is { Length: > 0 and <= 200 } name ? name : null;
        await pages.ShowAsync<MessagesPage>(context, await reads.MessagesAsync(
            channel, state == "any" ? null : MessagesModel.States.Contains(state) ? state : "dead", context.RequestAborted));
    }
}
