using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Watchdog.FleetSim.State;

namespace Watchdog.FleetSim.Streaming;

/// <summary>Sends deliveries by Firehose's HTTP endpoint protocol 1.0, and again until they are acknowledged or the retry time is over.</summary>
internal sealed class FirehoseSender : IDisposable
{
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(1);
    private readonly MetricStreamOptions _options;
    private readonly TimeProvider _wall;
    private readonly string _source;
    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromMinutes(3) };
    private ulong _number;

    public FirehoseSender(MetricStreamOptions options, TimeProvider wall, string account, string region)
    {
        (_options, _wall) = (options, wall);
        _source = $"arn:aws:firehose:{region}:{account}:deliverystream/watchdog";
    }

    public StreamTally Tally { get; private set; }

    /// <summary>Sends one delivery, twice or never where the seed says so.</summary>
    public async Task SendAsync(DeliveryWriter delivery, CancellationToken ct)
    {
        var number = _number++;
        if (Mix.Unit(_options.Seed ^ 0xD60, number) < _options.DropShare)
        {
            Tally = Tally with { Lost = Tally.Lost + 1 };
            return;
        }

        // A GUID of the seed and the delivery's number: the same run sends the same ids.
        var id = new Guid((int)Mix.Of(_options.Seed, number), 0x5741, 0x4444, BitConverter.GetBytes(Mix.Of(_options.Seed + 1, number))).ToString();
        var body = delivery.Body(id, _wall.GetUtcNow());
        if (!await UntilTakenAsync(id, body, number, ct))
        {
            Tally = Tally with { Lost = Tally.Lost + 1 };
            return;
        }

        Tally = Tally with { Points = Tally.Points + delivery.Points, Deliveries = Tally.Deliveries + 1, Bytes = Tally.Bytes + body.Length };
        if (Mix.Unit(_options.Seed ^ 0xD09, number) < _options.DuplicateShare)
        {
            Tally = Tally with { Duplicates = Tally.Duplicates + 1 };
            await UntilTakenAsync(id, body, number, ct);
        }
    }

    public void Dispose() => _http.Dispose();

    private async Task<bool> UntilTakenAsync(string id, byte[] body, ulong number, CancellationToken ct)
    {
        var since = _wall.GetTimestamp();
        for (var pause = _options.FirstPause; ; pause = pause * 2 < LongestPause ? pause * 2 : LongestPause)
        {
            var status = await AskAsync(id, body, ct);
            if (status == HttpStatusCode.OK)
                return true;
            Tally = Tally with { Retries = Tally.Retries + 1 };
            // Size exceeded is the one permanent failure, and not even the backup bucket gets it (AWS's specification).
            if (status == HttpStatusCode.RequestEntityTooLarge || _wall.GetElapsedTime(since) >= _options.RetryFor)
                return false;
            await Task.Delay(pause * (0.5 + (Mix.Unit(_options.Seed ^ 0x7E7, number) / 2)), _wall, ct);
        }
    }

    /// <summary>The status; null when there was no answer, or one that is not of the protocol.</summary>
    private async Task<HttpStatusCode?> AskAsync(string id, byte[] body, CancellationToken ct)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, _options.Endpoint) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        if (_options.Gzip)
            request.Content.Headers.ContentEncoding.Add("gzip");
        request.Headers.Add("X-Amz-Firehose-Protocol-Version", "1.0");
        request.Headers.Add("X-Amz-Firehose-Request-Id", id);
        request.Headers.Add("X-Amz-Firehose-Source-Arn", _source);
        request.Headers.Add("X-Amz-Firehose-Access-Key", _options.AccessKey);
        try
        {
            using var answer = await _http.SendAsync(request, ct);
            var text = await answer.Content.ReadAsByteArrayAsync(ct);
            return answer.StatusCode != HttpStatusCode.OK || (answer.Content.Headers.ContentType?.ToString() == "application/json" && Acknowledges(text, id))
                ? answer.StatusCode : null;
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }

    private static bool Acknowledges(byte[] answer, string id)
    {
        try
        {
            using var json = JsonDocument.Parse(answer);
            return json.RootElement.GetProperty("requestId").GetString() == id
                && json.RootElement.GetProperty("timestamp").TryGetInt64(out _);
        }
        catch (Exception wrong) when (wrong is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return false;
        }
    }
}
