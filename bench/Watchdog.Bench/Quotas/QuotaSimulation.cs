using Watchdog.Aws;
using Watchdog.Diagnostics;
using Watchdog.Inventory;
using Watchdog.Telemetry;

namespace Watchdog.Bench.Quotas;

/// <summary>
/// One scope's hour at the default cadence, second by second, against the worker's own token buckets: what each bucket is asked for, and how
/// long the last asker of a second waits. The first minute starts from nothing, as after an outage: every VM is due.
/// </summary>
internal static class QuotaSimulation
{
    /// <summary>Part of the fleet that is young or hot.</summary>
    public const double Hot = 0.1;
    private const int Seconds = 3_600;
    private const int PageOfVms = 1_000;
    private const int PageOfMetrics = 500;
    // Three hours by five minutes.
    private const int PointsAMetric = 36;
    // One page series a kind of check.
    private const int StatusPages = 3;

    /// <summary>Runs it.</summary>
    /// <param name="vms">Running VMs of the scope.</param>
    /// <param name="share">Part of AWS's rates that is ours, above 0, at most 1.</param>
    public static QuotaRun Run(int vms, double share)
    {
        var clock = new SteppedTime(DateTimeOffset.UnixEpoch);
        Meter describe = new("ec2:DescribeInstances", share, clock), status = new("ec2:DescribeInstanceStatus", share, clock);
        Meter calls = new("cloudwatch:GetMetricData", share, clock), points = new(RateTable.RecentPoints, share, clock);
        for (var second = 0; second < Seconds; second++)
        {
            clock.StepTo(DateTimeOffset.UnixEpoch.AddSeconds(second));
            if (second % 60 == 0)
            {
                describe.Take(second, Math.Ceiling((double)vms / PageOfVms));
                status.Take(second, StatusPages);
            }

            for (short shard = 0; shard < Shard.Count; shard++)
            {
                var due = second % 60 == shard * 60 / Shard.Count ? Due(vms, shard, second) : 0;
                if (due > 0)
                {
                    calls.Take(second, Math.Ceiling(due / PageOfMetrics));
                    points.Take(second, due * PointsAMetric);
                }
            }
        }

        return new(vms, [describe.Told(Seconds), status.Told(Seconds), calls.Told(Seconds), points.Told(Seconds)]);
    }

    // A shard's VMs that are due in this minute: all in the first, then the hot ones at each tick and a third of the quiet ones.
    private static double Due(int vms, short shard, int second)
    {
        var mine = (double)vms / Shard.Count;
        var now = DateTimeOffset.UnixEpoch.AddSeconds(second);
        return second < 60 ? mine
            : ScreenCadence.TickOf(shard, now) > ScreenCadence.TickOf(shard, now.AddMinutes(-1)) ? mine * (Hot + ((1 - Hot) / ScreenCadence.QuietTicks))
            : 0;
    }

    private sealed class Meter(string bucket, double share, SteppedTime clock)
    {
        private readonly Rate _rate = RateTable.Of(bucket);
        private readonly TokenBucket _tokens = new(Math.Max(1, RateTable.Of(bucket).Size * share), RateTable.Of(bucket).PerSecond * share, clock);
        private double _asked;
        private double _first;
        private double _later;

        public void Take(int second, double tokens)
        {
            _asked += tokens;
            var wait = _tokens.Reserve(tokens).TotalSeconds;
            _first = second < 60 ? Math.Max(_first, wait + second) : _first;
            // What the first minute left behind is its own, not the hour's.
            _later = second >= Seconds / 2 ? Math.Max(_later, wait) : _later;
        }

        public BucketUse Told(int seconds) => new(bucket, _asked / seconds / (_rate.PerSecond * share), _first, _later);
    }
}

/// <summary>What an hour asked of a scope's buckets.</summary>
internal sealed record QuotaRun(int Vms, IReadOnlyList<BucketUse> Buckets)
{
    // Pages of one listing come one after the other, by token: a second each (an assumption; EC2 publishes none), from three zones at once.
    private const double PageSeconds = 1;
    private const int Zones = 3;
    private const int PageOfVms = 1_000;

    /// <summary>Seconds that one listing takes by its pages' own time.</summary>
    public double Listing => Math.Ceiling((double)Vms / PageOfVms / Zones) * PageSeconds;

    /// <summary>Every minute's work is through before the next one's begins.</summary>
    public bool Holds => Listing < 60 && Buckets.All(bucket => bucket.Use < 1 && bucket.Wait < 60);

    /// <summary>The bucket that is used most.</summary>
    public BucketUse Tightest => Buckets.MaxBy(bucket => bucket.Use)!;

    /// <summary>Seconds until every VM was listed and screened once, from nothing.</summary>
    public double FirstPass => Buckets.Max(bucket => bucket.FirstPass);
}

/// <summary>One bucket's hour.</summary>
/// <param name="Use">Part of our share of its refill that is asked for; above 1 it never catches up.</param>
/// <param name="FirstPass">Seconds until the first minute's asking was granted.</param>
/// <param name="Wait">Longest wait in the hour's second half, seconds.</param>
internal sealed record BucketUse(string Bucket, double Use, double FirstPass, double Wait);
