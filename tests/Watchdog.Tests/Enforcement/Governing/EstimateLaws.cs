using FsCheck;
using FsCheck.Fluent;
using Watchdog.Enforcement.Governing;

namespace Watchdog.Tests.Enforcement.Governing;

public sealed class EstimateLaws
{
    private const double Rounding = 1e-3;

    private static readonly Gen<Wave> Waves =
        from buckets in Gen.Choose(1, 4)
        from sizes in Gen.Choose(1, 60).ArrayOf(buckets)
        from refills in Gen.Choose(1, 200).ArrayOf(buckets)
        from count in Gen.Choose(1, 60)
        from acts in (from calls in Gen.Choose(1, 6)
                      from named in Gen.Choose(0, buckets - 1).ArrayOf(calls)
                      from tokens in Gen.Choose(1, 3).ArrayOf(calls)
                      select named.Zip(tokens).ToArray()).ArrayOf(count)
        from parallel in Gen.Choose(1, 12)
        from latency in Gen.Choose(0, 500)
        select new Wave([.. sizes.Zip(refills, (size, refill) => new BucketRate(size, refill / 10.0))], acts, parallel, TimeSpan.FromMilliseconds(latency));

    [Fact]
    public void What_the_buckets_really_take_lies_within_the_estimate() => Prop.ForAll(Waves.ToArbitrary(), wave =>
    {
        var estimate = wave.Estimate();
        var took = wave.Play();
        return took >= estimate.Least.TotalSeconds - Rounding && took <= estimate.Most.TotalSeconds + Rounding;
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void With_one_bucket_and_no_latency_the_estimate_is_exact() => Prop.ForAll(Waves.ToArbitrary(), wave =>
    {
        var one = wave with { Rates = [wave.Rates[0]], Latency = TimeSpan.Zero, Acts = [.. wave.Acts.Select(act => act.Select(call => (0, call.Item2)).ToArray())] };
        var estimate = one.Estimate();
        return estimate.Least == estimate.Most && Math.Abs(one.Play() - estimate.Most.TotalSeconds) < Rounding;
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void More_acts_never_take_less() => Prop.ForAll(Waves.ToArbitrary(), wave =>
    {
        var fewer = wave with { Acts = wave.Acts[..^1] };
        return fewer.Estimate().Most <= wave.Estimate().Most && fewer.Estimate().Least <= wave.Estimate().Least;
    }).QuickCheckThrowOnFailure();

    /// <summary>Acts as their calls, each a bucket and its tokens.</summary>
    private sealed record Wave(BucketRate[] Rates, (int, int)[][] Acts, int Parallel, TimeSpan Latency) : ICallRates
    {
        public BucketRate Of(string bucket) => Rates[bucket[0] - 'a'];

        public Estimate Estimate() => Watchdog.Enforcement.Governing.Estimate.Of(
            [.. Acts.Select(act => new ActNeed(act.GroupBy(call => Name(call.Item1)).ToDictionary(b => b.Key, b => (double)b.Sum(call => call.Item2)), act.Length))],
            this, Parallel, Latency, TimeSpan.Zero);

        /// <summary>Plays it on buckets that lend, as RateBudget's do; seconds until the last call was answered.</summary>
        public double Play()
        {
            var tokens = Rates.Select(rate => rate.Size).ToArray();
            var stamps = new double[Rates.Length];
            var queue = new Queue<(int, int)[]>(Acts);
            var lanes = new PriorityQueue<((int, int)[] Act, int Call), double>();
            var end = 0.0;
            for (var lane = 0; lane < Parallel && queue.TryDequeue(out var act); lane++)
            {
                lanes.Enqueue((act, 0), 0);
            }

            while (lanes.TryDequeue(out var at, out var now))
            {
                var (bucket, count) = at.Act[at.Call];
                tokens[bucket] = Math.Min(Rates[bucket].Size, tokens[bucket] + ((now - stamps[bucket]) * Rates[bucket].PerSecond)) - count;
                stamps[bucket] = now;
                var then = now + Math.Max(0, -tokens[bucket] / Rates[bucket].PerSecond) + Latency.TotalSeconds;
                end = Math.Max(end, then);
                if (at.Call + 1 < at.Act.Length)
                {
                    lanes.Enqueue((at.Act, at.Call + 1), then);
                }
                else if (queue.TryDequeue(out var next))
                {
                    lanes.Enqueue((next, 0), then);
                }
            }

            return end;
        }

        private static string Name(int bucket) => ((char)('a' + bucket)).ToString();
    }
}
