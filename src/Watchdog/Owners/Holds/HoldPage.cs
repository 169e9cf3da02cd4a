using System.Globalization;
using System.Net.Mime;
using Microsoft.Extensions.Options;
using Watchdog.Diagnostics;

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
    private readonly HoldLinks? links = options.Value.Links();

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
            { Kept: { } until } => WriteAsync(context, StatusCodes.Status200OK, HoldHtml.Kept(claim.InstanceId, until)),
            var warning => WriteAsync(context, StatusCodes.Status200OK, HoldHtml.Form(claim.InstanceId, warning, Offered())),
        });
    }

    /// <summary>Places the hold.</summary>
    public async Task PlaceAsync(HttpContext context)
    {
        if (await ClaimAsync(context) is not { } claim)
        {
            return;
        }

        if (!context.Request.HasFormContentType)
        {
            await WriteAsync(context, StatusCodes.Status415UnsupportedMediaType, HoldHtml.Message("No form", "Open the link again and use its form."));
            return;
        }

        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        var now = clocks.Fleet.GetUtcNow();
        var reason = form[Reason].ToString().Trim() is { Length: > 0 } said ? said : "its owner wants to keep it";
        if (!int.TryParse(form[Hours], NumberStyles.None, CultureInfo.InvariantCulture, out var hours) || !Offered().Contains(hours))
        {
            await WriteAsync(context, StatusCodes.Status400BadRequest, HoldHtml.Message("No such time", "Open the link again and choose one of the times that it offers."));
            return;
        }

        var wish = new HoldWish(now.AddHours(hours), reason);
        if (wish.Refusal(options.Value.Longest, now) is { } why)
        {
            await WriteAsync(context, StatusCodes.Status400BadRequest, HoldHtml.Message("That cannot be", why));
            return;
        }

        await (await desk.PlaceAsync(claim, wish, context.RequestAborted) is { } hold
            ? WriteAsync(context, StatusCodes.Status200OK, HoldHtml.Kept(claim.InstanceId, hold.Until)) : UnknownAsync(context));
    }

    private int[] Offered() => [.. Choices.Where(hours => TimeSpan.FromHours(hours) <= options.Value.Longest)];

    // The claim of a link that holds for this VM; where there is none, the answer is written.
    private async Task<HoldClaim?> ClaimAsync(HttpContext context)
    {
        var claim = links?.Read(context.Request.Query[HoldLinks.Query]);
        if (claim is null || claim.InstanceId != (string?)context.GetRouteValue("id"))
        {
            await WriteAsync(context, StatusCodes.Status403Forbidden, HoldHtml.Message("This link is not valid", "It may have been cut off. Copy the whole link from the notice, or ask your provider."));
            return null;
        }

        if (claim.Expires <= clocks.Wall.GetUtcNow())
        {
            await WriteAsync(context, StatusCodes.Status410Gone, HoldHtml.Message("This link has expired", "Ask your provider to keep the VM, or start it again if it was stopped."));
            return null;
        }

        return claim;
    }

    private static Task UnknownAsync(HttpContext context) =>
        WriteAsync(context, StatusCodes.Status404NotFound, HoldHtml.Message("There is nothing to keep", "The VM is gone, or the notice is too old."));

    private static async Task WriteAsync(HttpContext context, int status, string html)
    {
        var answer = context.Response;
        answer.StatusCode = status;
        answer.ContentType = MediaTypeNames.Text.Html + "; charset=utf-8";
        answer.Headers.CacheControl = "no-store";
        // The link is in the address: it goes to nobody else.
        answer.Headers["Referrer-Policy"] = "no-referrer";
        answer.Headers.ContentSecurityPolicy = $"default-src 'none'; style-src '{HoldHtml.StyleHash}'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
        answer.Headers.XContentTypeOptions = "nosniff";
        answer.Headers["X-Robots-Tag"] = "noindex";
        await answer.WriteAsync(html, context.RequestAborted);
    }
}
