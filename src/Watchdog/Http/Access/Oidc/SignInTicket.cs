using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Watchdog.Http.Access.Sessions;

namespace Watchdog.Http.Access.Oidc;

/// <summary>
/// A sign-in that has begun, in a cookie of the browser that began it: 256 random bits, when, and where to go afterwards. State, nonce and PKCE's verifier are HMACs
/// under those bits, so that nothing is stored, every worker can end what another began, and nobody but that browser can.
/// </summary>
/// <param name="Secret">The random bits.</param>
/// <param name="BeganAt">Unix seconds.</param>
/// <param name="To">The path to go to afterwards.</param>
internal sealed record SignInTicket(byte[] Secret, long BeganAt, string To)
{
    /// <summary>How long it may take.</summary>
    public static readonly TimeSpan Lasts = TimeSpan.FromMinutes(10);

    private const string Name = "watchdog_sign_in";

    /// <summary>What comes back with the answer.</summary>
    public string State => Of("state");

    /// <summary>What the token must bear.</summary>
    public string Nonce => Of("nonce");

    /// <summary>PKCE's verifier, which only the exchange tells.</summary>
    public string Verifier => Of("verifier");

    /// <summary>PKCE's challenge.</summary>
    public string Challenge => Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(Verifier)));

    /// <summary>Begins one.</summary>
    public static SignInTicket Begin(string to, DateTimeOffset now) => new(RandomNumberGenerator.GetBytes(32), now.ToUnixTimeSeconds(), OwnPath.Of(to));

    /// <summary>The one that a browser holds; null: none, or it has taken too long.</summary>
    public static SignInTicket? Read(HttpRequest request, DateTimeOffset now)
    {
        if (SessionCookie.ReadNamed(request, Name)?.Split('.') is not [var secret, var at, var to] || SessionCookie.Decode(secret) is not { } bits
            || !long.TryParse(at, NumberStyles.None, CultureInfo.InvariantCulture, out var began) || !Base64Url.IsValid(to))
        {
            return null;
        }

        var age = now.ToUnixTimeSeconds() - began;
        return age >= 0 && age < Lasts.TotalSeconds ? new(bits, began, OwnPath.Of(Encoding.ASCII.GetString(Base64Url.DecodeFromChars(to)))) : null;
    }

    /// <summary>Gives it to the browser.</summary>
    public void Write(HttpContext context) => SessionCookie.WriteNamed(
        context, Name, string.Create(CultureInfo.InvariantCulture, $"{Base64Url.EncodeToString(Secret)}.{BeganAt}.{Base64Url.EncodeToString(Encoding.ASCII.GetBytes(To))}"), Lasts);

    /// <summary>Takes it away: it serves once.</summary>
    public static void Delete(HttpContext context) => SessionCookie.DeleteNamed(context, Name);

    private string Of(string purpose) => Base64Url.EncodeToString(HMACSHA256.HashData(
        Secret, Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"watchdog-sign-in-1 {purpose} {BeganAt} {To}"))));
}
