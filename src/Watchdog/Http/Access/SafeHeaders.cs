namespace Watchdog.Http.Access;

/// <summary>What every answer tells browsers: run nothing that is not ours, show it in no frame, guess no type, keep no copy.</summary>
public static class SafeHeaders
{
    /// <summary>Scripts and styles from files of ours alone; nothing inline.</summary>
    public const string PagePolicy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; font-src 'self'; form-action 'self'; base-uri 'none'; "
        + "frame-ancestors 'none'";

    /// <summary>Sets them before an endpoint runs, which may say otherwise.</summary>
    public static void Set(HttpResponse answer)
    {
        var headers = answer.Headers;
        headers.ContentSecurityPolicy = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=()";
        headers.CacheControl = "no-store";
    }
}
