using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Routing;
using Watchdog.Http;
using Watchdog.Http.Access;
using Watchdog.Http.Api;
using Watchdog.Tests.Http.Access;

namespace Watchdog.Tests.Http.Api;

public partial class ApiDescriptionTests
{
    [Fact]
    public async Task Every_endpoint_of_the_program_under_v1_is_described_with_its_method_parameters_answers_and_what_opens_it()
    {
        await using var site = await OpsSite.OpenAsync(("Telemetry:Stream:Enabled", "true"), ("Telemetry:Stream:AccessKey", "a-key-of-20-characters"));
        var rooms = typeof(IEndpoints).Assembly.GetTypes().Where(type => type is { IsClass: true, IsAbstract: false } && type.IsAssignableTo(typeof(IEndpoints)));
        Assert.Empty(rooms.Except(site.Get<IEnumerable<IEndpoints>>().Select(one => one.GetType())));
        using var anybody = await site.BrowseAsync(null);
        var (status, body, _) = await anybody.GetAsync(ApiDescription.Path);
        Assert.Equal(200, status);
        using var document = JsonDocument.Parse(body);
        var paths = document.RootElement.GetProperty("paths");
        var schemes = document.RootElement.GetProperty("components").GetProperty("securitySchemes");
        // The description itself apart, and what answers every other method with 405.
        var declared = site.Get<HttpListening>().Endpoints.OfType<RouteEndpoint>()
            .Where(one => one.RoutePattern.RawText!.StartsWith("/v1/", StringComparison.Ordinal) && one.RoutePattern.RawText != ApiDescription.Path && one.Metadata.GetMetadata<IHttpMethodMetadata>() is not null).ToList();
        Assert.Superset(
            new HashSet<string>(["/v1/cases", "/v1/vms/{id}/hold", "/v1/cases/{id}/appeal", "/v1/owners/{owner}/admission", "/v1/metric-stream"]), new HashSet<string>(declared.Select(PathOf)));
        foreach (var endpoint in declared)
        {
            var (path, entry) = (PathOf(endpoint), endpoint.Metadata.GetMetadata<Entry>()!);
            var method = Assert.Single(endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()!.HttpMethods).ToLowerInvariant();
            Assert.True(paths.TryGetProperty(path, out var of) && of.TryGetProperty(method, out _), $"{method} {path} is not described.");
            var operation = paths.GetProperty(path).GetProperty(method);
            Assert.False(string.IsNullOrWhiteSpace(operation.GetProperty("summary").GetString()), $"{method} {path} does not say what it does.");
            var opens = operation.GetProperty("security").EnumerateArray().SelectMany(one => one.EnumerateObject()).ToList();
            Assert.NotEmpty(opens);
            Assert.All(opens, one => Assert.True(schemes.TryGetProperty(one.Name, out _), $"{method} {path} is opened by {one.Name}, which the description does not explain."));
            if (entry.Open is null)
            {
                var scopes = opens.Single(one => one.Name == ApiSchemes.Bearer).Value.EnumerateArray().Select(one => one.GetString()!).ToList();
                Assert.True(entry.Scope is { } scope ? scopes.SequenceEqual([scope]) : scopes.Count > 0, $"{method} {path}: {string.Join(", ", scopes)}");
                Assert.Contains(entry.Needs is { } role ? $"role {Roles.NameOf(role)}" : scopes[0], operation.GetProperty("description").GetString(), StringComparison.Ordinal);
            }

            Assert.Equal(entry.Link is not null, entry.Link is not null && opens.Any(one => one.Name == ApiSchemes.Link));
            var parameters = operation.TryGetProperty("parameters", out var told) ? told.EnumerateArray().ToList() : [];
            Assert.All(endpoint.RoutePattern.Parameters, one => Assert.Contains(parameters, known =>
                known.GetProperty("name").GetString() == one.Name && known.GetProperty("in").GetString() == "path" && known.GetProperty("required").GetBoolean()));
            Assert.True(method != "post" || operation.TryGetProperty("requestBody", out _) || path.EndsWith("/undo", StringComparison.Ordinal), $"{method} {path} does not say what its body holds.");
            var answers = operation.GetProperty("responses");
            Assert.True(answers.TryGetProperty("403", out _), $"{method} {path} does not say how it refuses.");
            Assert.True(answers.EnumerateObject().Any(answer => answer.Name.StartsWith('2') && answer.Value.TryGetProperty("content", out _)), $"{method} {path} does not say what it answers.");
        }

        var release = paths.GetProperty("/v1/cases/{id}/release").GetProperty("post");
        Assert.True(release.GetProperty("requestBody").GetProperty("content").GetProperty("application/json").TryGetProperty("schema", out _));
        Assert.Contains(release.GetProperty("parameters").EnumerateArray(), one => one.GetProperty("name").GetString() == "Idempotency-Key");
        Assert.Contains("opened_at", body, StringComparison.Ordinal);
    }

    private static string PathOf(RouteEndpoint endpoint) => Constraint().Replace(endpoint.RoutePattern.RawText!, "");

    [GeneratedRegex(@":[a-z]+(?=\})")]
    private static partial Regex Constraint();
}
