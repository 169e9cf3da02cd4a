using System.Globalization;

namespace Watchdog.Bench.Admission;

/// <summary>The figures as a table in Markdown.</summary>
internal static class AdmissionTable
{
    public static string Of(Latencies figures, int rate, int seconds, double cpuSeconds, double bytesARequest) => string.Create(CultureInfo.InvariantCulture, $"""
        # Admission

        `scripts/bench admission`: {rate} requests a second for {seconds} s, asked by a client in the same process, 1,000 blocked owners, {Environment.ProcessorCount} cores,
        Postgres on the same machine. Each latency runs from the instant at which the request was due; a client's timer has a grain of about a millisecond, which is in it.
        The machine's load average of the last minute was {File.ReadAllText("/proc/loadavg").Split(' ')[0]} at the end: what else ran beside it is in the tail.

        | what | measured | goal |
        |---|---|---|
        | p50 | {figures.Quantile(0.5) / 1000:0.00} ms | |
        | p90 | {figures.Quantile(0.9) / 1000:0.00} ms | |
        | p99 | {figures.Quantile(0.99) / 1000:0.00} ms | under 5 ms |
        | p99.9 | {figures.Quantile(0.999) / 1000:0.00} ms | |
        | most | {figures.Micros[^1] / 1000:0.00} ms | |
        | wrong answers | {figures.Wrong} of {figures.Micros.Length} | 0 |
        | CPU, client and server | {cpuSeconds / seconds * 100:0} % of a core | |
        | allocated, client and server | {bytesARequest / 1024:0.0} KiB a request | |

        """);
}
