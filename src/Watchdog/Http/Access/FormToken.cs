using System.Buffers.Text;
using System.Security.Cryptography;

namespace Watchdog.Http.Access;

/// <summary>
/// What proves that a form was shown to the session that sends it: an HMAC under the session's own secret, which only its cookie holds. Nothing is stored, and
/// every worker can check it (docs/decisions/0010).
/// </summary>
public static class FormToken
{
    /// <summary>The form's field.</summary>
    public const string Field = "form_token";

    /// <summary>The header by which scripts send it.</summary>
    public const string Header = "X-Form-Token";

    /// <summary>The token of a session.</summary>
    public static string Of(ReadOnlySpan<byte> session) => Base64Url.EncodeToString(HMACSHA256.HashData(session, "watchdog-form-1"u8));

    /// <summary>Whether a token is the session's.</summary>
    public static bool Fits(ReadOnlySpan<byte> session, string? token)
    {
        Span<byte> given = stackalloc byte[SHA256.HashSizeInBytes];
        return token is { Length: > 0 and < 64 } && Base64Url.IsValid(token) && Base64Url.TryDecodeFromChars(token, given, out var count) && count == given.Length
            && CryptographicOperations.FixedTimeEquals(given, HMACSHA256.HashData(session, "watchdog-form-1"u8));
    }
}
