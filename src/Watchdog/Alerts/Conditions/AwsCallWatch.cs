using System.Diagnostics.Metrics;
using Watchdog.Diagnostics;

namespace Watchdog.Alerts.Conditions;

/// <summary>Counts this worker's AWS calls by operation and outcome over the last minutes: it listens to the counter that the calls feed.</summary>
public sealed class AwsCallWatch : IDisposable
{
    private const string Counter = "watchdog.aws.requests";
    private const int Minutes = 15;

    private readonly MeterListener listener = new();
    private readonly Lock gate = new();
    private readonly Dictionary<(string Operation, string Outcome), Dictionary<long, long>> counts = [];
    private readonly Clocks clocks;

    /// <summary>Begins to listen.</summary>
    public AwsCallWatch(Clocks clocks)
    {
        this.clocks = clocks;
        listener.InstrumentPublished = (instrument, of) =>
        {
            if (instrument.Meter.Name == Meters.Name && instrument.Name == Counter)
            {
                of.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<long>((_, value, tags, _) => Note(value, tags));
        listener.Start();
    }

    /// <summary>Calls of the last minutes, by operation (<c>ec2:DescribeInstances</c>) and outcome.</summary>
    /// <param name="minutes">1 to 15, the one that runs included.</param>
    public IReadOnlyDictionary<(string Operation, string Outcome), long> Last(int minutes)
    {
        var from = Minute() - minutes;
        lock (gate)
        {
            return counts.ToDictionary(one => one.Key, one => one.Value.Where(minute => minute.Key > from).Sum(minute => minute.Value));
        }
    }

    /// <inheritdoc/>
    public void Dispose() => listener.Dispose();

    private void Note(long value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var (service, operation, outcome) = ("", "", "");
        foreach (var (name, tag) in tags)
        {
            switch (name)
            {
                case "service":
                    service = tag as string ?? "";
                    break;
                case "operation":
                    operation = tag as string ?? "";
                    break;
                case "outcome":
                    outcome = tag as string ?? "";
                    break;
            }
        }

        var minute = Minute();
        lock (gate)
        {
            var key = ($"{service}:{operation}", outcome);
            var own = counts.TryGetValue(key, out var known) ? known : counts[key] = [];
            if (!own.ContainsKey(minute))
            {
                foreach (var old in own.Keys.Where(old => old <= minute - Minutes || old > minute + Minutes).ToList())
                {
                    own.Remove(old);
                }
            }

            own[minute] = own.GetValueOrDefault(minute) + value;
        }
    }

    // By the monotonic clock: a wall clock that steps would forget, or count twice.
    private long Minute() => (long)clocks.Wall.GetElapsedTime(0).TotalMinutes;
}
