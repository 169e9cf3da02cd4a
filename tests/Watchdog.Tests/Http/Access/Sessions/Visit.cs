using System.Buffers.Text;
using Watchdog.Http.Access;

namespace Watchdog.Tests.Http.Access.Sessions;

/// <summary>A browser that keeps the cookies that it is given, as the browsers of people do, and follows no redirect.</summary>
internal sealed class Visit : IDisposable
{
    private const string Cookie = "watchdog_session";
    private readonly Dictionary<string, string> cookies = [];
    private readonly HttpClient client;

    /// <param name="headers">What something before it adds to each of its requests.</param>
    public Visit(Uri address, params (string Name, string Value)[] headers)
    {
        client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = address };
        client.DefaultRequestHeaders.Add("Accept", "text/html");
        foreach (var of in headers.GroupBy(one => one.Name))
        {
            client.DefaultRequestHeaders.TryAddWithoutValidation(of.Key, of.Select(one => one.Value));
        }
    }

    /// <summary>The session's secret that it holds; null: none.</summary>
    public byte[]? Session
    {
        get => cookies.TryGetValue(Cookie, out var value) ? Base64Url.DecodeFromChars(value) : null;
        init => cookies[Cookie] = Base64Url.EncodeToString(value);
    }

    public string? Token => Session is { } secret ? FormToken.Of(secret) : null;

    public Task<(int Status, string Body, HttpResponseMessage Answer)> GetAsync(string path) => SendAsync(new(HttpMethod.Get, new Uri(path, UriKind.RelativeOrAbsolute)));

    public Task<(int Status, string Body, HttpResponseMessage Answer)> PostAsync(string path, string token, params (string Name, string Value)[] fields)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, new Uri(path, UriKind.Relative))
        {
            Content = new FormUrlEncodedContent(fields.Append((FormToken.Field, token)).Select(field => KeyValuePair.Create(field.Item1, field.Item2))),
        };
        request.Headers.Add("Sec-Fetch-Site", "same-origin");
        return SendAsync(request);
    }

    public void Dispose() => client.Dispose();

    private async Task<(int Status, string Body, HttpResponseMessage Answer)> SendAsync(HttpRequestMessage request)
    {
        using var sent = request;
        if (cookies.Count > 0)
        {
            request.Headers.Add("Cookie", string.Join("; ", cookies.Select(one => $"{one.Key}={one.Value}")));
        }

        var answer = await client.SendAsync(request);
        foreach (var set in answer.Headers.TryGetValues("Set-Cookie", out var all) ? all : [])
        {
            var pair = set.Split(';')[0].Split('=', 2);
            if (pair[1].Length == 0)
            {
                cookies.Remove(pair[0]);
            }
            else
            {
                cookies[pair[0]] = pair[1];
            }
        }

        return ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync(), answer);
    }
}
