using System.Diagnostics;
using Watchdog.Aws;
using Watchdog.Diagnostics;

namespace Watchdog.Bench.Fleet;

/// <summary>
/// Listens to the worker's spans and adds up what passed within each: the whole process's CPU and allocation, which is the stage's own
/// because stages follow each other.
/// </summary>
internal sealed class StageMeter : IDisposable
{
    private readonly CallMeter _calls;
    private readonly int _postgres;
    private readonly ActivityListener _listener;
    private readonly Dictionary<string, StageFigures> _stages = [];
    private readonly List<string> _order = [];

    public StageMeter(CallMeter calls, int postgres)
    {
        _calls = calls;
        _postgres = postgres;
        _listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == Spans.Name,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStarted = Started,
            ActivityStopped = span => Add(span.OperationName, (Reading)span.GetCustomProperty(nameof(Reading))!),
        };
        ActivitySource.AddActivityListener(_listener);
    }

    /// <summary>The stages since the last taking, in the order in which they began.</summary>
    public IReadOnlyList<StageFigures> Take()
    {
        lock (_stages)
        {
            List<StageFigures> taken = [.. _order.Where(_stages.ContainsKey).Select(stage => _stages[stage])];
            _stages.Clear();
            _order.Clear();
            return taken;
        }
    }

    /// <summary>Reads the process now.</summary>
    public Reading Read() => new(
        TimeProvider.System.GetTimestamp(), Environment.CpuUsage.TotalTime, ProcessCost.CpuOfFamily(_postgres), GC.GetTotalAllocatedBytes(), _calls.Snapshot().Calls);

    public void Dispose() => _listener.Dispose();

    private void Started(Activity span)
    {
        lock (_stages)
        {
            if (!_order.Contains(span.OperationName))
            {
                _order.Add(span.OperationName);
            }
        }

        span.SetCustomProperty(nameof(Reading), Read());
    }

    private void Add(string stage, Reading start)
    {
        var more = start.Until(Read(), stage);
        lock (_stages)
        {
            _stages[stage] = _stages.TryGetValue(stage, out var sum) ? Sum(sum, more) : more;
        }
    }

    private static StageFigures Sum(StageFigures a, StageFigures b)
    {
        Dictionary<string, long> calls = new(a.Calls);
        foreach (var (action, count) in b.Calls)
        {
            calls[action] = calls.GetValueOrDefault(action) + count;
        }

        return new(a.Stage, Math.Min(a.Began, b.Began), a.Wall + b.Wall, a.Cpu + b.Cpu, a.Postgres + b.Postgres, a.Allocated + b.Allocated, calls);
    }
}

/// <summary>The process at an instant.</summary>
internal sealed record Reading(long Stamp, TimeSpan Cpu, double Postgres, long Allocated, IReadOnlyDictionary<string, long> Calls)
{
    /// <summary>What passed between two readings.</summary>
    public StageFigures Until(Reading end, string stage) => new(
        stage, Stamp, TimeProvider.System.GetElapsedTime(Stamp, end.Stamp).TotalSeconds, (end.Cpu - Cpu).TotalSeconds, end.Postgres - Postgres, end.Allocated - Allocated,
        end.Calls.Select(call => (call.Key, Count: call.Value - Calls.GetValueOrDefault(call.Key))).Where(call => call.Count > 0)
            .ToDictionary(call => call.Key, call => call.Count));
}
