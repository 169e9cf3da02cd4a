using Microsoft.OpenApi;

namespace Watchdog.Http.Api;

/// <summary>By what the API's endpoints are opened, as its description names it.</summary>
public static class ApiSchemes
{
    /// <summary>A key, or a token of the configured issuer.</summary>
    public const string Bearer = "bearer";

    /// <summary>A signed link.</summary>
    public const string Link = "link";

    /// <summary>The metric stream's own key.</summary>
    public const string Firehose = "firehose";

    internal static Dictionary<string, IOpenApiSecurityScheme> All { get; } = new()
    {
        [Bearer] = new OpenApiSecurityScheme
        {
            Type = SecuritySchemeType.Http, Scheme = Bearer, Description = "An API key (`watchdog keys add`), or a token of the configured issuer.",
        },
        [Link] = new OpenApiSecurityScheme
        {
            Type = SecuritySchemeType.ApiKey, In = ParameterLocation.Query, Name = "link", Description = "A signed link that a notice bore: for one VM or one case, and one purpose.",
        },
        [Firehose] = new OpenApiSecurityScheme
        {
            Type = SecuritySchemeType.ApiKey, In = ParameterLocation.Header, Name = "X-Amz-Firehose-Access-Key", Description = "A key of Telemetry:Stream:AccessKey.",
        },
    };
}
