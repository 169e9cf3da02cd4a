using System.Buffers.Text;
using System.Net;

namespace Watchdog.Http.Access.Sessions;

/// <summary>The cookie that holds a session's secret: for this host, unseen by scripts, not sent along by other sites' forms.</summary>
public static class SessionCookie
{
    private const string Name = "watchdog_session";
    // The prefix binds it to this host and to TLS (RFC 6265bis); without TLS browsers would refuse it.
    private const string Prefix = "__Host-";
    private const int Bytes = 32;

    /// <summary>The secret that a request brings; null: none.</summary>
    public static byte[]? Read(HttpRequest request) => Decode(ReadNamed(request, Name));

    /// <summary>Gives it to a browser.</summary>
    public static void Write(HttpContext context, byte[] secret, TimeSpan lasts) => WriteNamed(context, Name, Base64Url.EncodeToString(secret), lasts);

    /// <summary>Takes it away.</summary>
    public static void Delete(HttpContext context) => DeleteNamed(context, Name);

    /// <summary>
    /// The value of a cookie that is kept as this one is; null: none. Behind TLS only of the prefixed one: another host of the same domain could set the other, and have
    /// somebody go on in a session that is not theirs.
    /// </summary>
    internal static string? ReadNamed(HttpRequest request, string name) => request.Cookies[IsSecure(request) ? Prefix + name : name];

    /// <summary>Gives a browser a cookie that is kept as this one is.</summary>
    internal static void WriteNamed(HttpContext context, string name, string value, TimeSpan lasts)
    {
        var secure = IsSecure(context.Request);
        context.Response.Cookies.Append(secure ? Prefix + name : name, value, new CookieOptions
        {
            HttpOnly = true, SameSite = SameSiteMode.Lax, Secure = secure, Path = "/", MaxAge = lasts, IsEssential = true,
        });
    }

    /// <summary>Takes such a cookie away.</summary>
    internal static void DeleteNamed(HttpContext context, string name)
    {
        context.Response.Cookies.Delete(name, new CookieOptions { Path = "/" });
        context.Response.Cookies.Delete(Prefix + name, new CookieOptions { Path = "/", Secure = true });
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
