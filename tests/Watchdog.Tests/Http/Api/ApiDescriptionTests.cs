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
    public async Task The_description_names_every_endpoint_for_people_and_programs_of_a_role_with_scopes_and_refusals()
    {
        await using var site = await OpsSite.OpenAsync();
        using var anybody = await site.BrowseAsync(null);
        var (status, body, _) = await anybody.GetAsync(ApiDescription.Path);
        Assert.Equal(200, status);
        using var document = JsonDocument.Parse(body);
        var paths = document.RootElement.GetProperty("paths");
        var declared = site.Get<HttpListening>().Endpoints.OfType<RouteEndpoint>()
            .Where(one => one.RoutePattern.RawText!.StartsWith("/v1/", StringComparison.Ordinal) && one.Metadata.GetMetadata<Entry>()?.Needs is not null).ToList();
        Assert.True(declared.Count > 20, $"{declared.Count}");
        foreach (var endpoint in declared)
        {
            var path = Constraint().Replace(endpoint.RoutePattern.RawText!, "");
            var method = Assert.Single(endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()!.HttpMethods).ToLowerInvariant();
            Assert.True(paths.TryGetProperty(path, out var of) && of.TryGetProperty(method, out _), $"{method} {path} is not described.");
            var operation = paths.GetProperty(path).GetProperty(method);
            Assert.NotEqual("", operation.GetProperty("summary").GetString());
            Assert.NotEqual(0, operation.GetProperty("security")[0].GetProperty("bearer").GetArrayLength());
            Assert.Contains($"role {Roles.NameOf(endpoint.Metadata.GetMetadata<Entry>()!.Needs!.Value)}", operation.GetProperty("description").GetString(), StringComparison.Ordinal);
            var answers = operation.GetProperty("responses");
            Assert.True(answers.TryGetProperty("401", out _) && answers.TryGetProperty("403", out _), $"{method} {path} does not say how it refuses.");
            Assert.True(answers.EnumerateObject().Any(answer => answer.Name.StartsWith('2')), $"{method} {path} does not say what it answers.");
        }

        var release = paths.GetProperty("/v1/cases/{id}/release").GetProperty("post");
        Assert.True(release.GetProperty("requestBody").GetProperty("content").GetProperty("application/json").TryGetProperty("schema", out _));
        Assert.Contains(release.GetProperty("parameters").EnumerateArray(), one => one.GetProperty("name").GetString() == "Idempotency-Key");
        Assert.Contains("opened_at", body, StringComparison.Ordinal);
    }

    [GeneratedRegex(@":[a-z]+(?=\})")]
    private static partial Regex Constraint();
}
