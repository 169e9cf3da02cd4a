using Npgsql;
using Watchdog.Diagnostics;
using Watchdog.Http;
using Watchdog.Http.Access;
using Watchdog.Policy;
using Watchdog.Reports.Pages;

namespace Watchdog.Reports.Fleet;

/// <summary>What the brake's form shows.</summary>
/// <param name="Wrong">What was wrong with what was sent; null: nothing was sent.</param>
public sealed record BrakeModel(Brake Brake, string? Wrong)
{
    /// <summary>The word that a form bears of the brake that it was shown for: it turns that one and no other.</summary>
    public string Seen => FormattableString.Invariant($"{(Brake.IsOn ? "on" : "off")}-{Brake.At.UtcTicks}");
}

/// <summary><c>/fleet/brake</c>: GET shows the form that turns it, POST turns it. Only those who decide for the fleet may.</summary>
public sealed class BrakeEndpoint(NpgsqlDataSource database, StandingReads standing, PageDesk pages, Clocks clocks) : IEndpoints
{
    private const int LongestReason = 500;

    /// <inheritdoc/>
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/fleet/brake", context => ShowAsync(context, null)).Admit(Entry.For(Role.Admin));
        routes.MapPost("/fleet/brake", TurnAsync).Admit(Entry.For(Role.Admin));
    }

    private async Task ShowAsync(HttpContext context, string? wrong) => await pages.ShowAsync<BrakePage>(
        context, new BrakeModel(await Brake.ReadAsync(database, context.RequestAborted), wrong),
        wrong is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity);

    private async Task TurnAsync(HttpContext context)
    {
        var ct = context.RequestAborted;
        var form = await context.Request.ReadFormAsync(ct);
        var reason = form["reason"].ToString().Trim();
        var brake = await Brake.ReadAsync(database, ct);
        if (form["seen"] != new BrakeModel(brake, null).Seen)
        {
            await ShowAsync(context, $"Somebody turned the brake meanwhile: it is {(brake.IsOn ? "on" : "off")} now. Nothing was done.");
            return;
        }

        if (reason.Length is 0 or > LongestReason)
        {
            await ShowAsync(context, $"Say why, in 1 to {LongestReason} characters: it stands in every act that is held.");
            return;
        }

        await Brake.SetAsync(database, !brake.IsOn, reason, Visitor.Of(context)!.Name, clocks.Fleet.GetUtcNow(), ct);
        // The next page says it, and does not wait for the next second.
        await standing.RefreshAsync(ct);
        PageDesk.Return(context, "/fleet");
    }
}
