using Watchdog.Detectors.Facts;

namespace Watchdog.Enforcement.Verifying;

/// <summary>What the verification of a quarantine has gathered; stored with the act between two looks.</summary>
/// <param name="ContainedAt">When every interface was read back as contained.</param>
/// <param name="CommandId">The look inside that is under way; null when none is.</param>
/// <param name="Asked">Looks inside that were begun.</param>
/// <param name="LookedAt">When the last look inside was read; null before the first.</param>
/// <param name="Peers">Live foreign peers that it showed, in words.</param>
/// <param name="MedianBefore">Median of NetworkOut before the isolation, bytes a period; null when not known.</param>
/// <param name="After">NetworkOut of the whole periods after the isolation, bytes, oldest first; null where a point is absent.</param>
public sealed record Observed(
    DateTimeOffset ContainedAt, string? CommandId = null, int Asked = 0, DateTimeOffset? LookedAt = null, IReadOnlyList<string>? Peers = null,
    double? MedianBefore = null, IReadOnlyList<double?>? After = null)
{
    /// <summary>Takes the traffic in.</summary>
    /// <param name="traffic">NetworkOut on its grid, from hours before the isolation until now.</param>
    public Observed With(MetricWindow traffic)
    {
        List<float> before = [];
        List<double?> after = [];
        for (var i = 0; i < traffic.Values.Length; i++)
        {
            var start = traffic.Start.AddSeconds((double)i * traffic.PeriodSeconds);
            if (start.AddSeconds(traffic.PeriodSeconds) <= ContainedAt)
            {
                before.Add(traffic.Values[i]);
            }
            else if (start >= ContainedAt)
            {
                after.Add(float.IsNaN(traffic.Values[i]) ? null : traffic.Values[i]);
            }
        }

        var median = Detectors.Features.Stat.Median(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(before));
        return this with { MedianBefore = float.IsNaN(median) ? null : median, After = after };
    }
}
