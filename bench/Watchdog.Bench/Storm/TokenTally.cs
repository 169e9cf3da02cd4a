using System.Collections.Concurrent;
using Watchdog.FleetSim;

namespace Watchdog.Bench.Storm;

/// <summary>What was taken of the Region's token buckets, by minutes that slide.</summary>
internal sealed class TokenTally
{
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);
    private readonly ConcurrentDictionary<string, Bucket> _buckets = new(StringComparer.Ordinal);

    /// <summary>Counts one taking.</summary>
    public void Add(TokensAsked asked)
    {
        if (!asked.Refused)
        {
            _buckets.GetOrAdd(asked.Bucket, static (_, first) => new(first.Size, first.PerSecond), asked).Add(asked.At, asked.Tokens);
        }
    }

    /// <summary>Each bucket's busiest minute.</summary>
    /// <param name="share">The worker's part of it.</param>
    public IReadOnlyList<BusiestMinute> Busiest(double share) =>
        [.. _buckets.OrderBy(of => of.Key, StringComparer.Ordinal).Select(of => new BusiestMinute(of.Key, of.Value.Most, share * of.Value.Limit))];

    private sealed class Bucket(double size, double perSecond)
    {
        private readonly Lock _gate = new();
        private readonly Queue<(DateTimeOffset At, double Tokens)> _within = new();
        private double _sum;

        public double Most { get; private set; }

        public double Limit => size + (perSecond * Window.TotalSeconds);

        public void Add(DateTimeOffset at, double tokens)
        {
            lock (_gate)
            {
                _within.Enqueue((at, tokens));
                _sum += tokens;
                while (at - _within.Peek().At > Window)
                {
                    _sum -= _within.Dequeue().Tokens;
                }

                Most = Math.Max(Most, _sum);
            }
        }
    }
}
