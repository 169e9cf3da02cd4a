using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace Watchdog.Bench.Admission;

/// <summary>Asks at a fixed rate over connections that stay open; half of the owners are blocked, and every answer is held against that.</summary>
internal sealed class Asking : IDisposable
{
    private readonly HttpClient _client;
    private readonly int _blocked;

    public Asking(Uri address, string key, int blocked)
    {
        _blocked = blocked;
        _client = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = 64 }) { BaseAddress = address };
        _client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
    }

    /// <summary>Runs, and gives every request's microseconds.</summary>
    public async Task<Latencies> RunAsync(int rate, int seconds, int clients)
    {
        var total = rate * seconds;
        var micros = new double[total];
        var (next, wrong) = (-1, 0);
        var start = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, clients).Select(_ => Task.Run(ClientAsync)));
        Array.Sort(micros);
        return new Latencies(micros, wrong);

        async Task ClientAsync()
        {
            while (Interlocked.Increment(ref next) is var number && number < total)
            {
                var due = start + (long)(number * (double)Stopwatch.Frequency / rate);
                while (Stopwatch.GetElapsedTime(Stopwatch.GetTimestamp(), due) is var early && early > TimeSpan.Zero)
                {
                    await Task.Delay(early < TimeSpan.FromMilliseconds(1) ? TimeSpan.FromMilliseconds(1) : early, TimeProvider.System);
                }

                var begun = Math.Max(due, 0);
                if (!await AskAsync(number))
                {
                    Interlocked.Increment(ref wrong);
                }

                micros[number] = Stopwatch.GetElapsedTime(begun).TotalMicroseconds;
            }
        }
    }

    public void Dispose() => _client.Dispose();

    private async Task<bool> AskAsync(int number)
    {
        var owner = number % (2 * _blocked);
        using var answer = await _client.GetAsync(new Uri($"/v1/owners/owner-{owner}/admission", UriKind.Relative));
        var body = await answer.Content.ReadAsByteArrayAsync();
        var said = Encoding.UTF8.GetString(body).Contains("\"allowed\":true", StringComparison.Ordinal);
        return answer.StatusCode == HttpStatusCode.OK && said == owner >= _blocked;
    }
}

/// <summary>Every request's latency in microseconds, sorted, and how many answers were wrong.</summary>
internal sealed record Latencies(double[] Micros, int Wrong)
{
    public double Quantile(double share) => Micros[Math.Min(Micros.Length - 1, (int)(share * Micros.Length))];
}
