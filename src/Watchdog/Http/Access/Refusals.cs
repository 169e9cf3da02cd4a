using System.Net.Mime;

namespace Watchdog.Http.Access;

/// <summary>Answers to those whom the gate does not let through: a page for browsers, problem+json for programs.</summary>
internal static class Refusals
{
    /// <summary>Where programs ask.</summary>
    public const string Api = "/v1";

    public static Task NoKeyAsync(HttpContext context)
    {
        context.Response.Headers.WWWAuthenticate = "Bearer";
        return Problem.WriteAsync(
            context, StatusCodes.Status401Unauthorized, "no valid key", "Send 'Authorization: Bearer wdk_…' with a key that has neither expired nor been revoked.");
    }

    /// <summary>A browser that looks for a page goes to the sign-in; nobody else is sent anywhere.</summary>
    public static Task UnknownAsync(HttpContext context)
    {
        if (HttpMethods.IsGet(context.Request.Method) && WantsPage(context.Request))
        {
            context.Response.Redirect($"/sign-in?to={Uri.EscapeDataString(context.Request.Path + context.Request.QueryString)}");
            return Task.CompletedTask;
        }

        context.Response.Headers.WWWAuthenticate = "Bearer";
        return Problem.WriteAsync(
            context, StatusCodes.Status401Unauthorized, "not signed in", "Sign in, or send 'Authorization: Bearer …' with a key or token that has neither expired nor been revoked.");
    }

    public static Task ForbiddenAsync(HttpContext context, string title, string detail) =>
        Problem.AnswerAsync(context, StatusCodes.Status403Forbidden, title, detail);

    public static bool WantsPage(HttpRequest request) =>
        !request.Path.StartsWithSegments(Api) && request.Headers.Accept.ToString().Contains(MediaTypeNames.Text.Html, StringComparison.OrdinalIgnoreCase);
}
