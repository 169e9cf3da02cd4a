using Watchdog.Detection;
using Watchdog.Detectors.Features;
using static System.FormattableString;

namespace Watchdog.IdleShutdown;

/// <summary>What keeps a VM by the hypervisor's metrics of the policy's time; pure. Points that are absent keep it.</summary>
public static class MetricKeepers
{
    private const double Quantile = 0.95;
    // Ten of an hour's twelve points: the youngest are published late.
    private const double LeastKnown = 10.0 / 12;

    /// <summary>Every keeper.</summary>
    /// <param name="metrics">Null: not asked, or not answered.</param>
    /// <param name="span">For how long they must have rested.</param>
    public static IEnumerable<Keeper> Of(IdleMetrics? metrics, TimeSpan span, IdlePolicy policy)
    {
        if (metrics is null)
        {
            yield return new("metrics-unknown", "CloudWatch has not told its CPU and network.");
            yield break;
        }

        if (OfCpu(metrics.Cpu, span, policy) is { } cpu)
        {
            yield return cpu;
        }

        if (OfNetwork(metrics, span, policy) is { } network)
        {
            yield return network;
        }
    }

    private static Keeper? OfCpu(Points cpu, TimeSpan span, IdlePolicy policy)
    {
        var wanted = Wanted(cpu, span);
        var tail = Tail(cpu.Values, wanted);
        if (!Enough(tail, wanted))
        {
            return new("cpu-unknown", Invariant($"Of the last {span.TotalMinutes:0} min too much of its CPU is absent."));
        }

        var level = Stat.Quantile(tail, Quantile);
        return level < policy.CpuPercent ? null
            : new("cpu", Invariant($"CPU reached {level:0.0} % (95th percentile of {span.TotalMinutes:0} min; the limit is {policy.CpuPercent:0.#} %)."),
                EndOfLast(cpu, value => value >= policy.CpuPercent) + span);
    }

    private static Keeper? OfNetwork(IdleMetrics metrics, TimeSpan span, IdlePolicy policy)
    {
        var (into, outOf) = (metrics.NetworkIn, metrics.NetworkOut);
        var wanted = Wanted(into, span);
        if (into.Values.Length != outOf.Values.Length || !Enough(Tail(into.Values, wanted), wanted) || !Enough(Tail(outOf.Values, wanted), wanted))
        {
            return new("network-unknown", Invariant($"Of the last {span.TotalMinutes:0} min too much of its network is absent."));
        }

        var sum = into with { Values = [.. into.Values.Zip(outOf.Values, (a, b) => a + b)] };
        var limit = policy.NetworkBytesPerSecond * into.PeriodSeconds;
        var most = 0f;
        foreach (var value in Tail(sum.Values, wanted))
        {
            // Absent compares with nothing.
            most = value > most ? value : most;
        }

        return most < limit ? null
            : new("network", Invariant($"Its network carried {most / into.PeriodSeconds:0} bytes a second in a period of the last {span.TotalMinutes:0} min (the limit is {policy.NetworkBytesPerSecond:0})."),
                EndOfLast(sum, value => value >= limit) + span);
    }

    private static int Wanted(Points points, TimeSpan span) => (int)Math.Ceiling(span.TotalSeconds / points.PeriodSeconds);

    private static ReadOnlySpan<float> Tail(float[] values, int count) => values.AsSpan(Math.Max(0, values.Length - count));

    private static bool Enough(ReadOnlySpan<float> tail, int wanted) => wanted > 0 && Stat.Known(tail) >= wanted * LeastKnown;

    private static DateTimeOffset EndOfLast(Points points, Predicate<float> over) =>
        points.Start.AddSeconds((double)points.PeriodSeconds * (Array.FindLastIndex(points.Values, over) + 1));
}
