using System.Globalization;

namespace Watchdog.Http.Api;

/// <summary>Which version of a thing somebody has seen, by <c>If-Match</c> or the body's field <c>version</c>: what has changed since is not acted on.</summary>
public static class SeenVersion
{
    /// <summary>Reads it; null is any, which <c>If-Match: *</c> asks for.</summary>
    public static (int? Version, ApiProblem? Wrong) Read(string? header, int? field)
    {
        if (header?.Trim() is not { Length: > 0 } text)
        {
            return field is { } told ? (told, null) : (null, new(
                StatusCodes.Status428PreconditionRequired, "which version", "Say which version you have seen: If-Match with the ETag, or the field version. If-Match: * acts on any."));
        }

        if (text == "*")
        {
            return field is null ? (null, null) : (null, ApiProblem.Field("version", "If-Match asks for any version; send one of the two."));
        }

        return !int.TryParse(text.Trim('"'), NumberStyles.None, CultureInfo.InvariantCulture, out var version)
            ? (null, ApiProblem.Query("If-Match", "it is no version: send the ETag as it was given, such as \"3\"."))
            : field is { } other && other != version ? (null, ApiProblem.Field("version", $"{other} is another one than If-Match says ({version})."))
            : (version, null);
    }

    /// <summary>As an <c>ETag</c>.</summary>
    public static string Tag(int version) => string.Create(CultureInfo.InvariantCulture, $"\"{version}\"");
}
