using System.Globalization;
using Microsoft.Extensions.Options;
using Watchdog.Diagnostics;
using Watchdog.Owners.Links;

namespace Watchdog.Owners.Holds;

/// <summary>
/// What an owner sees who follows the link in a warning: GET shows a form and changes nothing, since mail programs follow links by themselves; POST places
/// the hold. A link that was used answers with what it has done.
/// </summary>
public sealed class HoldPage(HoldDesk desk, IOptions<HoldOptions> options, Clocks clocks)
{
    private const string Hours = "hours";
    private const string Reason = "reason";
    private static readonly int[] Choices = [2, 8, 24, 72, 168];
    private readonly HoldLinks? links = options.Value.Links() is { } signed ? new(signed) : null;
    private readonly LinkRates rates = new(clocks);

    /// <summary>Shows the form.</summary>
    public async Task ShowAsync(HttpContext context)
    {
        if (await ClaimAsync(context) is not { } claim)
        {
            return;
        }

        await (await desk.FindAsync(claim, context.RequestAborted) switch
        {
            null => UnknownAsync(context),
            { Kept: { } until } => LinkAnswer.WriteAsync(context, StatusCodes.Status200OK, HoldHtml.Kept(claim.InstanceId, until)),
            var warning => LinkAnswer.WriteAsync(context, StatusCodes.Status200OK, HoldHtml.Form(claim.InstanceId, warning, Offered())),
        });
    }

    /// <summary>Places the hold.</summary>
    public async Task PlaceAsync(HttpContext context)
    {
        if (await ClaimAsync(context) is not { } claim || await LinkAnswer.FormAsync(context) is not { } form)
        {
            return;
        }

        var now = clocks.Fleet.GetUtcNow();
        var reason = form[Reason].ToString().Trim() is { Length: > 0 } said ? said : "its owner wants to keep it";
        if (!int.TryParse(form[Hours], NumberStyles.None, CultureInfo.InvariantCulture, out var hours) || !Offered().Contains(hours))
        {
            await LinkAnswer.WriteAsync(context, StatusCodes.Status400BadRequest, "No such time", "Open the link again and choose one of the times that it offers.");
            return;
        }

        var wish = new HoldWish(now.AddHours(hours), reason);
        if (wish.Refusal(options.Value.Longest, now) is { } why)
        {
            await LinkAnswer.WriteAsync(context, StatusCodes.Status400BadRequest, "That cannot be", why);
            return;
        }

        await (await desk.PlaceAsync(claim, wish, context.RequestAborted) is { } hold
            ? LinkAnswer.WriteAsync(context, StatusCodes.Status200OK, HoldHtml.Kept(claim.InstanceId, hold.Until)) : UnknownAsync(context));
    }

    private int[] Offered() => [.. Choices.Where(hours => TimeSpan.FromHours(hours) <= options.Value.Longest)];

    // The claim of a link that holds for this VM; where there is none, the answer is written.
    private async Task<HoldClaim?> ClaimAsync(HttpContext context)
    {
        var claim = links?.Read(context.Request.Query[SignedLinks.Query]);
        if (claim is null || claim.InstanceId != (string?)context.GetRouteValue("id"))
        {
            await LinkAnswer.WriteAsync(context, StatusCodes.Status403Forbidden, "This link is not valid", "It may have been cut off. Copy the whole link from the notice, or ask your provider.");
            return null;
        }

        if (claim.Expires <= clocks.Wall.GetUtcNow())
        {
            await LinkAnswer.WriteAsync(context, StatusCodes.Status410Gone, "This link has expired", "Ask your provider to keep the VM, or start it again if it was stopped.");
            return null;
        }

        return await rates.LetAsync(context, claim.ToString()) ? claim : null;
    }

    private static Task UnknownAsync(HttpContext context) =>
        LinkAnswer.WriteAsync(context, StatusCodes.Status404NotFound, "There is nothing to keep", "The VM is gone, or the notice is too old.");
}
