using System.Text.Json;
using System.Text.Json.Serialization;

namespace Watchdog.Http.Api;

/// <summary>Reads bodies strictly: a name that is not known is a mistake of whoever sends it, and says so.</summary>
public static class ApiBody
{
    private static readonly JsonSerializerOptions Strict = new(ApiJson.Shape) { UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow };

    /// <summary>Reads a JSON object.</summary>
    /// <returns>The body, or what is wrong with it.</returns>
    public static async Task<(T? Body, ApiProblem? Wrong)> ReadAsync<T>(HttpContext context) where T : class
    {
        if (!context.Request.HasJsonContentType())
        {
            return (null, new(StatusCodes.Status415UnsupportedMediaType, "no JSON", "Send a JSON object as application/json."));
        }

        try
        {
            return await JsonSerializer.DeserializeAsync<T>(context.Request.Body, Strict, context.RequestAborted) is { } body
                ? (body, null) : (null, ApiProblem.Field("body", "null says nothing; send a JSON object."));
        }
        catch (JsonException wrong)
        {
            return (null, Of(wrong));
        }
    }

    private static ApiProblem Of(JsonException wrong)
    {
        var field = wrong.Path is { Length: > 2 } path && path.StartsWith("$.", StringComparison.Ordinal) ? path[2..] : null;
        return field is null ? ApiProblem.Field("body", FormattableString.Invariant($"it is no JSON object that can be read (line {wrong.LineNumber + 1}, byte {wrong.BytePositionInLine})."))
            : wrong.Message.Contains("could not be mapped", StringComparison.Ordinal) ? ApiProblem.Field(field, "there is no such field; /v1/openapi.json names those that there are.")
            : ApiProblem.Field(field, "it is not of the field's type; /v1/openapi.json tells which that is.");
    }
}
