using System.Globalization;
using Microsoft.Extensions.Options;
using Watchdog.Diagnostics;
using Watchdog.Ledger.Appeals;
using Watchdog.Owners.Holds;
using Watchdog.Owners.Links;

namespace Watchdog.Owners.Appeals;

/// <summary>
/// What an owner sees who follows the link in a notice: GET shows the case as far as it is fit for them and changes nothing, since mail programs follow links by
/// themselves; POST takes what they say, once. The same link shows later what came of it.
/// </summary>
public sealed class AppealPage(AppealDesk desk, IOptions<AppealOptions> options, IOptions<HoldOptions> holds, Clocks clocks)
{
    private const string Words = "words";
    private readonly AppealLinks? links = holds.Value.Links() is { } signed ? new(signed) : null;
    private readonly LinkRates rates = new(clocks);

    /// <summary>Shows how the matter stands.</summary>
    public async Task ShowAsync(HttpContext context)
    {
        if (await ClaimAsync(context) is { } claim)
        {
            await WriteAsync(context, claim, await desk.FindAsync(claim, context.RequestAborted));
        }
    }

    /// <summary>Takes what the owner says.</summary>
    public async Task ObjectAsync(HttpContext context)
    {
        if (await ClaimAsync(context) is not { } claim || await LinkAnswer.FormAsync(context) is not { } form)
        {
            return;
        }

        if (claim.Until <= clocks.Wall.GetUtcNow())
        {
            await LinkAnswer.WriteAsync(context, StatusCodes.Status410Gone, "The time has passed", "The time for saying that this is legitimate has passed. Ask your provider.");
            return;
        }

        var words = form[Words].ToString().Trim();
        if (words.Length is 0 or > AppealTable.LongestWords)
        {
            await LinkAnswer.WriteAsync(context, StatusCodes.Status400BadRequest, "Nothing was sent", words.Length == 0
                ? "Go back and say in a sentence what runs there and why." : FormattableString.Invariant($"Go back and say it in at most {AppealTable.LongestWords} characters."));
            return;
        }

        await WriteAsync(context, claim, await desk.ObjectAsync(claim, words, context.RequestAborted));
    }

    private Task WriteAsync(HttpContext context, AppealClaim claim, OwnersCase? of) => of is null
        ? LinkAnswer.WriteAsync(context, StatusCodes.Status404NotFound, "There is no such case", "The notice is too old. Ask your provider.")
        : LinkAnswer.WriteAsync(context, StatusCodes.Status200OK, AppealHtml.Of(
            of, AppealStandings.Of(of.State, of.Ruling, of.Appeal, clocks.Wall.GetUtcNow() < claim.Until), claim.Until, options.Value.ReviewClock));

    // The claim of a link that holds for this case; where there is none, the answer is written.
    private async Task<AppealClaim?> ClaimAsync(HttpContext context)
    {
        var claim = links?.Read(context.Request.Query[SignedLinks.Query]);
        if (claim is null || claim.CaseId.ToString(CultureInfo.InvariantCulture) != (string?)context.GetRouteValue("id"))
        {
            await LinkAnswer.WriteAsync(
                context, StatusCodes.Status403Forbidden, "This link is not valid", "It may have been cut off. Copy the whole link from the notice, or ask your provider.");
            return null;
        }

        if (claim.Expires <= clocks.Wall.GetUtcNow())
        {
            await LinkAnswer.WriteAsync(context, StatusCodes.Status410Gone, "This link has expired", "Ask your provider.");
            return null;
        }

        return await rates.LetAsync(context, claim.ToString()) ? claim : null;
    }
}
