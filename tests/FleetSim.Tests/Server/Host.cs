using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Xml.Linq;
using Watchdog.FleetSim.Fleet;

namespace Watchdog.FleetSim.Tests.Server;

/// <summary>A Region under test with a plain HTTP client: what goes over the wire is spelled out here.</summary>
internal sealed class Host : IAsyncDisposable
{
    private readonly HttpClient _http;

    private Host(SimulatedRegion region, ManualClock clock)
    {
        (Region, Clock) = (region, clock);
        _http = new HttpClient { BaseAddress = region.Endpoint };
        _http.DefaultRequestHeaders.TryAddWithoutValidation(
            "Authorization", "AWS4-HMAC-SHA256 Credential=AKIDTEST/20260302/us-east-1/ec2/aws4_request, SignedHeaders=host, Signature=0");
    }

    public SimulatedRegion Region { get; }

    public ManualClock Clock { get; }

    public DateTimeOffset Now => Clock.GetUtcNow();

    public static async Task<Host> StartAsync(IReadOnlyList<SimulatedVm> vms, SimulatedRegionOptions? options = null)
    {
        var clock = new ManualClock(TestFleet.Start);
        var region = await SimulatedRegion.StartAsync(options ?? new SimulatedRegionOptions { RealTokenBuckets = false }, vms, clock, CancellationToken.None);
        return new Host(region, clock);
    }

    /// <summary>An EC2 call; the answer's root element, namespaces taken off.</summary>
    public async Task<XElement> Ec2(string action, params (string, string)[] fields)
    {
        var (status, text) = await Form(action, "2016-11-15", fields);
        return status == 200 ? Bare(XElement.Parse(text)) : throw new AwsFailure(status, Bare(XElement.Parse(text)).Descendants("Code").First().Value, text);
    }

    /// <summary>The failure of an EC2 call that must fail.</summary>
    public Task<AwsFailure> Ec2Fails(string action, params (string, string)[] fields) =>
        Assert.ThrowsAsync<AwsFailure>(() => Ec2(action, fields));

    public async Task<(int Status, string Text)> Form(string action, string version, params (string, string)[] fields)
    {
        var all = fields.Append(("Action", action)).Append(("Version", version)).Select(f => KeyValuePair.Create(f.Item1, f.Item2));
        using var body = new FormUrlEncodedContent(all);
        using var answer = await _http.PostAsync(new Uri("/", UriKind.Relative), body);
        return ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    public Task<JsonElement> Ssm(string action, object body) => Json("AmazonSSM." + action, body, "1.1");

    public Task<JsonElement> CloudWatch(string action, object body) => Json("GraniteServiceVersion20100801." + action, body, "1.0");

    public Task<AwsFailure> SsmFails(string action, object body) => Assert.ThrowsAsync<AwsFailure>(() => Ssm(action, body));

    public Task<AwsFailure> CloudWatchFails(string action, object body) => Assert.ThrowsAsync<AwsFailure>(() => CloudWatch(action, body));

    private async Task<JsonElement> Json(string target, object body, string version)
    {
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(body)));
        content.Headers.ContentType = new MediaTypeHeaderValue("application/x-amz-json-" + version);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/") { Content = content };
        request.Headers.Add("X-Amz-Target", target);
        using var answer = await _http.SendAsync(request);
        var json = JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement;
        if (answer.IsSuccessStatusCode)
            return json;
        var code = json.GetProperty("__type").GetString()!;
        throw new AwsFailure((int)answer.StatusCode, code[(code.IndexOf('#', StringComparison.Ordinal) + 1)..], json.ToString());
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await Region.DisposeAsync();
    }

    private static XElement Bare(XElement e) =>
        new(e.Name.LocalName, e.Attributes().Where(a => !a.IsNamespaceDeclaration), e.Nodes().Select(n => n is XElement child ? Bare(child) : n));
}

internal static class Fields
{
    /// <summary><c>name.1</c>, <c>name.2</c>, ...</summary>
    public static (string, string)[] Numbered(string name, IEnumerable<string> values) =>
        [.. values.Select((v, i) => (string.Create(CultureInfo.InvariantCulture, $"{name}.{i + 1}"), v))];

    public static (string, string)[] Filter(int n, string name, params string[] values) =>
        [($"Filter.{n}.Name", name), .. Numbered($"Filter.{n}.Value", values)];

    public static string[] Ids(this System.Xml.Linq.XElement answer) => [.. answer.Descendants("instanceId").Select(e => e.Value)];
}

internal sealed class AwsFailure(int status, string code, string text) : Exception($"{status} {code}: {text}")
{
    public int Status => status;

    public string Code => code;
}
