namespace Watchdog.Http.Access;

/// <summary>
/// Whether a browser sends an unsafe request from a page of ours. Fetch Metadata says so (W3C); where a browser is too old for it, its Origin does. A program
/// sends neither, and its key or the form's token must speak for it.
/// </summary>
public static class OwnSite
{
    /// <summary>Why a request comes from elsewhere; null: it does not.</summary>
    public static string? Refusal(HttpRequest request)
    {
        if (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method) || HttpMethods.IsOptions(request.Method))
        {
            return null;
        }

        var site = request.Headers["Sec-Fetch-Site"].ToString();
        if (site.Length > 0)
        {
            return site is "same-origin" or "none" ? null : $"The browser says that another page sent it (Sec-Fetch-Site: {(site.Length > 20 ? "?" : site)}).";
        }

        var origin = request.Headers.Origin.ToString();
        return origin.Length == 0 || Uri.TryCreate(origin, UriKind.Absolute, out var from) && request.Host.HasValue
            && string.Equals(from.Authority, request.Host.Value, StringComparison.OrdinalIgnoreCase)
            ? null : "The browser says that a page of another origin sent it.";
    }
}
