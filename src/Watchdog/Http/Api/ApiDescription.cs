using System.Text.RegularExpressions;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using Watchdog.Http.Access;
using Watchdog.Http.Keys;

namespace Watchdog.Http.Api;

/// <summary><c>GET /v1/openapi.json</c>: every other endpoint under <c>/v1</c> with its parameters, body, answers, refusals, and who may enter.</summary>
public sealed partial class ApiDescription : IEndpoints
{
    /// <summary>Where it is.</summary>
    public const string Path = "/v1/openapi.json";

    private const string Document = "v1";

    /// <inheritdoc/>
    public void Map(IEndpointRouteBuilder routes)
    {
        // Once, since it is the same until the program ends: a tenth of a second of CPU each time would be anybody's to spend.
        var written = new Lazy<Task<byte[]>>(() => WriteAsync(routes.ServiceProvider));
        routes.MapGet(Path, async context =>
        {
            context.Response.ContentType = "application/json; charset=utf-8";
            await context.Response.Body.WriteAsync(await written.Value, context.RequestAborted);
        }).ExcludeFromDescription().Admit(Entry.ForAll("describes the interface; it is the same everywhere and tells of no VM or owner"));
    }

    private static async Task<byte[]> WriteAsync(IServiceProvider services)
    {
        var document = await services.GetRequiredKeyedService<IOpenApiDocumentProvider>(Document).GetOpenApiDocumentAsync();
        using var text = new MemoryStream();
        await document.SerializeAsJsonAsync(text, OpenApiSpecVersion.OpenApi3_1);
        return text.ToArray();
    }

    /// <summary>Adds what writes it.</summary>
    internal static void Add(IServiceCollection services) => services.AddOpenApi(Document, options =>
    {
        options.ShouldInclude = of => of.RelativePath?.StartsWith("v1/", StringComparison.Ordinal) == true;
        options.AddOperationTransformer(DescribeAsync);
        options.AddDocumentTransformer((document, _, _) =>
        {
            document.Info = new OpenApiInfo
            {
                Title = "Watchdog", Version = Diagnostics.ProgramVersion.Current,
                Description = "What the ops pages read and do, for programs. docs/api.md tells the rules: keys, versions, idempotency, paging.",
            };
            // Wherever it listens is where it was read.
            document.Servers = [];
            document.Components ??= new OpenApiComponents();
            document.Components.SecuritySchemes = ApiSchemes.All;
            return Task.CompletedTask;
        });
    });

    private static async Task DescribeAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken ct)
    {
        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        List<OpenApiSecurityRequirement> opens = [];
        if (metadata.OfType<Entry>().LastOrDefault() is { Open: null } entry)
        {
            var scopes = entry.Needs is { } role ? KeyScopes.All.Where(scope => KeyScopes.RoleOf(scope) >= role).ToList() : [entry.Scope!];
            operation.Description = entry.Needs is { } least
                ? $"Needs the role {Roles.NameOf(least)}: a key of scope {string.Join(" or ", scopes)}." : $"Needs a key of scope {scopes[0]}.";
            opens.Add(new() { [new OpenApiSecuritySchemeReference(ApiSchemes.Bearer, context.Document)] = scopes });
        }

        opens.AddRange(metadata.OfType<OpenedBy>().Select(by => new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(by.Scheme, context.Document)] = [] }));
        operation.Security = opens;
        foreach (var body in metadata.OfType<BodyOf>())
        {
            operation.RequestBody ??= new OpenApiRequestBody { Required = true, Content = new Dictionary<string, OpenApiMediaType>() };
            operation.RequestBody.Content![body.MediaType] = new() { Schema = await context.GetOrCreateSchemaAsync(body.Type, null, ct) };
        }

        // Of a handler that takes the path apart by itself nothing else would tell these.
        foreach (var name in PathParameter().Matches(context.Description.RelativePath ?? "").Select(match => match.Groups[1].Value))
        {
            operation.Parameters ??= [];
            if (operation.Parameters.All(known => known.Name != name))
            {
                operation.Parameters.Add(new OpenApiParameter { Name = name, In = ParameterLocation.Path, Required = true, Schema = new OpenApiSchema { Type = JsonSchemaType.String } });
            }
        }
    }

    [GeneratedRegex(@"\{([a-z_]+)")]
    private static partial Regex PathParameter();
}
