using System.Globalization;
using Watchdog.Diagnostics;
using Watchdog.Http;
using Watchdog.Http.Access;
using Watchdog.Policy;
using Watchdog.Policy.Exempting;
using Watchdog.Reports.Pages;

namespace Watchdog.Reports.Exempting;

/// <summary><c>/exemptions</c> and <c>/exemptions/{id}</c>: exemptions and holds, and whom they have kept from acts.</summary>
public sealed class ExemptionsEndpoint(ExemptionBook exemptions, HoldBook holds, ExemptionDesk desk, PageDesk pages, Clocks clocks) : IEndpoints
{
    private static readonly TimeSpan Near = TimeSpan.FromDays(7);
    private const int MostMatches = 200;

    /// <inheritdoc/>
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapRead("/exemptions", Entry.For(Role.Viewer), ListAsync);
        routes.MapRead("/exemptions/{id:long}", Entry.For(Role.Viewer), ShowAsync);
    }

    private async Task ListAsync(HttpContext context)
    {
        var (all, now, ct) = (context.Request.Query["all"] == "1", clocks.Fleet.GetUtcNow(), context.RequestAborted);
        await pages.ShowAsync<ExemptionsPage>(context, new ExemptionsModel(
            await exemptions.ListAsync(all, now, ct), await StaleAsync(now, ct), await holds.ListAsync(all, now, ct), all, (await desk.ProposalsAsync(all: false, now, ct)).Count));
    }

    private async Task ShowAsync(HttpContext context)
    {
        var (id, ct) = (long.Parse((string)context.GetRouteValue("id")!, CultureInfo.InvariantCulture), context.RequestAborted);
        if (await exemptions.FindAsync(id, ct) is not { } exemption)
        {
            await Problem.AnswerAsync(context, StatusCodes.Status404NotFound, "no such exemption", $"There is no exemption {id}.");
            return;
        }

        await pages.ShowAsync<ExemptionPage>(context, new ExemptionModel(
            exemption, (await StaleAsync(clocks.Fleet.GetUtcNow(), ct)).GetValueOrDefault(id), await exemptions.MatchesAsync(id, MostMatches, ct)));
    }

    private async Task<Dictionary<long, string>> StaleAsync(DateTimeOffset now, CancellationToken ct) =>
        (await exemptions.StaleAsync(Near, now, ct)).ToDictionary(stale => stale.Exemption.Id, stale => stale.Why);
}
