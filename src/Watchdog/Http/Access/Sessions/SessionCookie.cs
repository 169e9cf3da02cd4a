using System.Buffers.Text;
using System.Net;

namespace Watchdog.Http.Access.Sessions;

/// <summary>The cookie that holds a session's secret: for this host, unseen by scripts, not sent along by other sites' forms.</summary>
public static class SessionCookie
{
    private const string Name = "watchdog_session";
    // The prefix binds it to this host and to TLS (RFC 6265bis); without TLS browsers would refuse it.
    private const string SecureName = "__Host-watchdog_session";
    private const int Bytes = 32;

    /// <summary>The secret that a request brings; null: none.</summary>
    public static byte[]? Read(HttpRequest request) => Decode(request.Cookies[SecureName] ?? request.Cookies[Name]);

    /// <summary>Gives it to a browser.</summary>
    public static void Write(HttpContext context, byte[] secret, TimeSpan lasts)
    {
        var secure = IsSecure(context.Request);
        context.Response.Cookies.Append(secure ? SecureName : Name, Base64Url.EncodeToString(secret), new CookieOptions
        {
            HttpOnly = true, SameSite = SameSiteMode.Lax, Secure = secure, Path = "/", MaxAge = lasts, IsEssential = true,
        });
    }

    /// <summary>Takes it away.</summary>
    public static void Delete(HttpContext context)
    {
        context.Response.Cookies.Delete(Name, new CookieOptions { Path = "/" });
        context.Response.Cookies.Delete(SecureName, new CookieOptions { Path = "/", Secure = true });
    }

    /// <summary>A secret in base64url; null: it is none.</summary>
    public static byte[]? Decode(string? text)
    {
        var secret = new byte[Bytes];
        return text is { Length: 43 } && Base64Url.IsValid(text) && Base64Url.TryDecodeFromChars(text, secret, out var count) && count == Bytes ? secret : null;
    }

    // What listens elsewhere than on loopback stands behind what ends TLS; on loopback a proxy says so itself.
    private static bool IsSecure(HttpRequest request) =>
        request.HttpContext.Connection.LocalIpAddress is not { } local || !IPAddress.IsLoopback(local) || request.Headers["X-Forwarded-Proto"] == "https";
}
