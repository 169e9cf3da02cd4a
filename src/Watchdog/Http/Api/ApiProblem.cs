using Watchdog.Ledger;

namespace Watchdog.Http.Api;

/// <summary>A refusal of the JSON API, as problem+json: what, where, and how to mend it.</summary>
public sealed class ApiProblem(int status, string title, string detail) : IResult, IStatusCodeHttpResult
{
    /// <inheritdoc/>
    public int? StatusCode => status;

    /// <summary>What is wrong here.</summary>
    public string Detail => detail;

    /// <inheritdoc/>
    public Task ExecuteAsync(HttpContext httpContext) => Problem.WriteAsync(httpContext, status, title, detail);

    /// <summary>A field of the body that does not fit.</summary>
    public static ApiProblem Field(string name, string what) => new(StatusCodes.Status422UnprocessableEntity, "a body that means nothing", $"{name}: {what}");

    /// <summary>A value of the query that does not fit.</summary>
    public static ApiProblem Query(string name, string what) => new(StatusCodes.Status400BadRequest, "a request that cannot be read", $"{name}: {what}");

    /// <summary>What is asked about does not exist.</summary>
    public static ApiProblem NotFound(string what) => new(StatusCodes.Status404NotFound, "not found", what);

    /// <summary>Whoever asks may not.</summary>
    public static ApiProblem Forbidden(string why) => new(StatusCodes.Status403Forbidden, "another role is needed", why);

    /// <summary>Why nothing came of asking.</summary>
    public static ApiProblem Of(AskedAs answer, string sentence) => answer switch
    {
        AskedAs.Unknown => NotFound(sentence),
        AskedAs.Conflict => new(StatusCodes.Status409Conflict, "it goes against what is there", sentence),
        _ => new(StatusCodes.Status422UnprocessableEntity, "a body that means nothing", sentence),
    };
}
