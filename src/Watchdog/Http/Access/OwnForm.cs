namespace Watchdog.Http.Access;

/// <summary>Forms as our pages send them.</summary>
internal static class OwnForm
{
    /// <summary>Reads a request's form; null where it is none that can be read, and the answer is written.</summary>
    public static async Task<IFormCollection?> ReadAsync(HttpContext context)
    {
        if (await TryReadAsync(context.Request) is { } form)
        {
            return form;
        }

        await Problem.AnswerAsync(
            context, StatusCodes.Status415UnsupportedMediaType, "no form", "Send the page's own form, whole, as application/x-www-form-urlencoded; nothing was done.");
        return null;
    }

    /// <summary>Reads a request's form; null where it is none, is cut off, or has more fields than any of ours.</summary>
    public static async Task<IFormCollection?> TryReadAsync(HttpRequest request)
    {
        try
        {
            return request.HasFormContentType ? await request.ReadFormAsync(request.HttpContext.RequestAborted) : null;
        }
        catch (Exception wrong) when (wrong is InvalidDataException or IOException and not BadHttpRequestException)
        {
            return null;
        }
    }
}
