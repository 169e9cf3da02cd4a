using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Watchdog.Http.Api;

namespace Watchdog.Cli.Remote;

/// <summary>Asks a worker's API; its refusals are the command's own.</summary>
internal sealed class ApiClient : IDisposable
{
    private readonly HttpClient http;

    public ApiClient(Uri server, string key)
    {
        http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, AutomaticDecompression = DecompressionMethods.All })
        {
            BaseAddress = server, Timeout = TimeSpan.FromSeconds(30),
        };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
    }

    /// <summary>Reads; null: there is no such thing.</summary>
    public Task<T?> GetAsync<T>(string path, CancellationToken ct) where T : class => SendAsync<T>(new HttpRequestMessage(HttpMethod.Get, new Uri(path, UriKind.Relative)), ct);

    /// <summary>Asks for something; null: what it is about does not exist.</summary>
    /// <param name="key">Makes a repetition the same asking.</param>
    public Task<T?> PostAsync<T>(string path, object body, Guid key, CancellationToken ct) where T : class => SendAsync<T>(
        new HttpRequestMessage(HttpMethod.Post, new Uri(path, UriKind.Relative)) { Content = JsonContent.Create(body, options: ApiJson.Shape), Headers = { { "Idempotency-Key", key.ToString("N") } } }, ct);

    public void Dispose() => http.Dispose();

    private async Task<T?> SendAsync<T>(HttpRequestMessage request, CancellationToken ct) where T : class
    {
        try
        {
            using var sent = request;
            using var answer = await http.SendAsync(request, ct);
            return answer.IsSuccessStatusCode ? await answer.Content.ReadFromJsonAsync<T>(ApiJson.Shape, ct)
                : answer.StatusCode == HttpStatusCode.NotFound ? null
                : throw await RefusalAsync(answer, ct);
        }
        catch (Exception away) when (away is HttpRequestException or JsonException || away is TaskCanceledException && !ct.IsCancellationRequested)
        {
            throw new UnavailableException($"{http.BaseAddress} does not answer as a worker's API does: {away.GetBaseException().Message}", away);
        }
    }

    private async Task<Exception> RefusalAsync(HttpResponseMessage answer, CancellationToken ct)
    {
        var said = answer.Content.Headers.ContentType?.MediaType == "application/problem+json"
            && (await answer.Content.ReadFromJsonAsync<JsonElement>(ct)) is { ValueKind: JsonValueKind.Object } problem && problem.TryGetProperty("detail", out var detail)
            ? Screen.Plain(detail.ToString()) : $"{http.BaseAddress} answers {(int)answer.StatusCode}.";
        return answer.StatusCode is HttpStatusCode.BadRequest or HttpStatusCode.UnprocessableEntity or HttpStatusCode.Conflict ? new UsageException(said) : new UnavailableException(said);
    }
}
