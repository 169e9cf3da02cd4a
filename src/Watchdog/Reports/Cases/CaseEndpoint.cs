using System.Globalization;
using Watchdog.Http;
using Watchdog.Http.Access;
using Watchdog.Reports.Pages;

namespace Watchdog.Reports.Cases;

/// <summary><c>GET /cases/{id}</c>: all that is known of a case. With <c>?fill=1</c> CloudWatch is asked for the points that nobody kept, which is billed.</summary>
public sealed class CaseEndpoint(CaseReads reads, PageDesk pages) : IEndpoints
{
    /// <inheritdoc/>
    public void Map(IEndpointRouteBuilder routes) => routes.MapRead("/cases/{id:long}", Entry.For(Role.Viewer), async context =>
    {
        var id = long.Parse((string)context.GetRouteValue("id")!, CultureInfo.InvariantCulture);
        if (await reads.ReadAsync(id, OwnPath.Of(context.Request.Query["back"]), context.Request.Query["fill"] == "1", context.RequestAborted) is { } model)
        {
            await pages.ShowAsync<CasePage>(context, model);
            return;
        }

        await Problem.AnswerAsync(context, StatusCodes.Status404NotFound, "no such case", $"There is no case {id}. The queue lists those that there are.");
    });
}
