using System.IO.Compression;
using System.Net;
using System.Text;
using System.Text.Json;
using Watchdog.FleetSim.Streaming;
using Watchdog.FleetSim.Tests.Server;

namespace Watchdog.FleetSim.Tests.Streaming;

public sealed class MetricStreamTests
{
    [Fact]
    public async Task A_delivery_is_what_firehose_sends_and_cloudwatch_writes()
    {
        await using var host = await Host.StartAsync(TestFleet.Vms(3), Prompt);
        await using var endpoint = new Endpoint();
        using var stream = new MetricStream(host.Region, Options(endpoint), host.Now);
        host.Clock.Advance(TimeSpan.FromMinutes(10));

        await stream.DeliverAsync(host.Now, default);

        var request = Assert.Single(endpoint.Seen);
        Assert.Equal(("1.0", "the-key", "application/json", "gzip"), (
            request.Headers["X-Amz-Firehose-Protocol-Version"], request.Headers["X-Amz-Firehose-Access-Key"], request.Headers["Content-Type"], request.Headers["Content-Encoding"]));
        Assert.StartsWith("arn:aws:firehose:us-east-1:111122223333:deliverystream/", request.Headers["X-Amz-Firehose-Source-Arn"], StringComparison.Ordinal);
        Assert.Equal(request.Headers["X-Amz-Firehose-Request-Id"], request.Body.GetProperty("requestId").GetString());
        var points = Points(request).ToList();
        Assert.Equal(6, points.Count);
        var point = points[0];
        Assert.Equal(("AWS/EC2", "CPUUtilization", "us-east-1", "111122223333", "Percent"), (
            Text(point, "namespace"), Text(point, "metric_name"), Text(point, "region"), Text(point, "account_id"), Text(point, "unit")));
        Assert.Equal((42.0 * 5, 5.0, 42.0, 42.0), (Value(point, "sum"), Value(point, "count"), Value(point, "max"), Value(point, "min")));
        Assert.Equal(0, point.GetProperty("timestamp").GetInt64() % 300_000);
        Assert.Equal(new StreamTally(6, 1, 0, 0, 0, stream.Tally.Bytes), stream.Tally);
    }

    [Fact]
    public async Task Each_point_is_delivered_once_published_and_once_only()
    {
        await using var host = await Host.StartAsync(TestFleet.Vms(40));
        await using var endpoint = new Endpoint();
        using var stream = new MetricStream(host.Region, Options(endpoint) with { LateShare = 0.3 }, host.Now);
        Dictionary<string, DateTimeOffset> came = [];
        for (var minute = 0; minute < 70; minute++)
        {
            host.Clock.Advance(TimeSpan.FromMinutes(1));
            await stream.DeliverAsync(host.Now, default);
            foreach (var point in endpoint.Seen.SelectMany(Points))
            {
                Assert.True(came.TryAdd(KeyOf(point), host.Now));
                var age = host.Now - DateTimeOffset.FromUnixTimeMilliseconds(point.GetProperty("timestamp").GetInt64()).AddSeconds(300);
                Assert.InRange(age, TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(26));
            }

            endpoint.Seen.Clear();
        }

        Assert.True(came.Count >= 40 * 8);
    }

    [Fact]
    public async Task What_is_refused_comes_again_under_the_same_id_but_not_what_is_too_large()
    {
        await using var host = await Host.StartAsync(TestFleet.Vms(3), Prompt);
        await using var endpoint = new Endpoint { Answers = new([503, 500, -1, 200]) };
        using var stream = new MetricStream(host.Region, Options(endpoint), host.Now);
        host.Clock.Advance(TimeSpan.FromMinutes(5));
        await stream.DeliverAsync(host.Now, default);

        // The third answer was 200 with another id: no acknowledgement.
        Assert.Equal(4, endpoint.Seen.Count);
        Assert.Single(endpoint.Seen.Select(request => request.Headers["X-Amz-Firehose-Request-Id"]).Distinct());
        Assert.Equal((1L, 3L, 0L), (stream.Tally.Deliveries, stream.Tally.Retries, stream.Tally.Lost));

        endpoint.Answers.Enqueue(413);
        host.Clock.Advance(TimeSpan.FromMinutes(5));
        await stream.DeliverAsync(host.Now, default);
        Assert.Equal(5, endpoint.Seen.Count);
        Assert.Equal(1, stream.Tally.Lost);
    }

    [Fact]
    public async Task The_same_seed_duplicates_drops_and_orders_alike()
    {
        var runs = new List<(StreamTally Tally, string Order)>();
        foreach (var seed in new ulong[] { 7, 7, 8 })
        {
            await using var host = await Host.StartAsync(TestFleet.Vms(200), Prompt);
            await using var endpoint = new Endpoint();
            using var stream = new MetricStream(
                host.Region, Options(endpoint) with { Seed = seed, BufferBytes = 2_000, PointsARecord = 3, DuplicateShare = 0.3, DropShare = 0.2, Gzip = false }, host.Now);
            host.Clock.Advance(TimeSpan.FromMinutes(20));
            await stream.DeliverAsync(host.Now, default);
            runs.Add((stream.Tally, string.Join(' ', endpoint.Seen.SelectMany(Points).Select(KeyOf))));
        }

        Assert.Equal(runs[0].Order, runs[1].Order);
        Assert.Equal(runs[0].Tally with { Bytes = 0 }, runs[1].Tally with { Bytes = 0 });
        Assert.NotEqual(runs[0].Order, runs[2].Order);
        Assert.True(runs[0].Tally is { Duplicates: > 0, Lost: > 0, Retries: 0 });
        var times = runs[0].Order.Split(' ').Select(key => long.Parse(key.Split('@')[1], System.Globalization.CultureInfo.InvariantCulture)).ToList();
        Assert.NotEqual(times.Order(), times);
    }

    private static SimulatedRegionOptions Prompt => new() { PublicationDelayMin = TimeSpan.Zero, PublicationDelayMax = TimeSpan.Zero };

    private static MetricStreamOptions Options(Endpoint endpoint) => new() { Endpoint = endpoint.Url, AccessKey = "the-key", FirstPause = TimeSpan.FromMilliseconds(1) };

    private static IEnumerable<JsonElement> Points(Request request) => request.Body.GetProperty("records").EnumerateArray()
        .SelectMany(record => Encoding.UTF8.GetString(record.GetProperty("data").GetBytesFromBase64()).Split('\n', StringSplitOptions.RemoveEmptyEntries))
        .Select(line => JsonDocument.Parse(line).RootElement);

    private static string KeyOf(JsonElement point) => $"{Text(point.GetProperty("dimensions"), "InstanceId")}@{point.GetProperty("timestamp").GetInt64()}";

    private static string? Text(JsonElement element, string name) => element.GetProperty(name).GetString();

    private static double Value(JsonElement point, string name) => point.GetProperty("value").GetProperty(name).GetDouble();
}

/// <summary>A request as it came, unpacked.</summary>
internal sealed record Request(IReadOnlyDictionary<string, string?> Headers, JsonElement Body);

/// <summary>An HTTP endpoint that acknowledges, unless it is told to answer otherwise.</summary>
internal sealed class Endpoint : IAsyncDisposable
{
    private readonly HttpListener _listener = new();
    private readonly Task _serving;

    public Endpoint()
    {
        using (var probe = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0))
        {
            probe.Start();
            Url = new Uri($"http://127.0.0.1:{((IPEndPoint)probe.LocalEndpoint).Port}/");
        }

        _listener.Prefixes.Add(Url.ToString());
        _listener.Start();
        _serving = ServeAsync();
    }

    public Uri Url { get; }
    public List<Request> Seen { get; } = [];
    /// <summary>The statuses of the next answers; -1 is 200 with another request's id. After them: 200.</summary>
    public Queue<int> Answers { get; init; } = [];

    public async ValueTask DisposeAsync()
    {
        _listener.Close();
        await _serving;
    }

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                var context = await _listener.GetContextAsync();
                await using var body = context.Request.Headers["Content-Encoding"] == "gzip"
                    ? new GZipStream(context.Request.InputStream, CompressionMode.Decompress) : context.Request.InputStream;
                var json = (await JsonDocument.ParseAsync(body)).RootElement;
                Seen.Add(new(context.Request.Headers.AllKeys.ToDictionary(key => key!, key => context.Request.Headers[key], StringComparer.OrdinalIgnoreCase), json));
                var status = Answers.TryDequeue(out var next) ? next : 200;
                context.Response.StatusCode = status < 0 ? 200 : status;
                context.Response.ContentType = "application/json";
                var id = status < 0 ? "another" : json.GetProperty("requestId").GetString();
                await context.Response.OutputStream.WriteAsync(Encoding.UTF8.GetBytes($$"""{"requestId":"{{id}}","timestamp":1}"""));
                context.Response.Close();
            }
        }
        catch (Exception closed) when (closed is HttpListenerException or ObjectDisposedException)
        {
            // Closed at the test's end.
        }
    }
}
