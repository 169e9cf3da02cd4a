using Watchdog.Diagnostics;

namespace Watchdog.Sweeps;

/// <summary>Wall seconds by stage, in the order in which the stages ran; each is a span too.</summary>
internal sealed class StageSeconds(TimeProvider wall)
{
    private readonly Dictionary<string, double> _seconds = [];

    /// <summary>Seconds so far, by stage.</summary>
    public IReadOnlyDictionary<string, double> All => _seconds;

    /// <summary>Runs a stage and adds its time, also when it throws.</summary>
    public Task TimeAsync(string stage, Func<Task> work) => TimeAsync(stage, async () =>
    {
        await work();
        return 0;
    });

    /// <summary>Runs a stage that has an answer, and adds its time, also when it throws.</summary>
    public async Task<T> TimeAsync<T>(string stage, Func<Task<T>> work)
    {
        using var span = Spans.Begin(stage);
        var start = wall.GetTimestamp();
        try
        {
            return await work();
        }
        finally
        {
            _seconds[stage] = _seconds.GetValueOrDefault(stage) + wall.GetElapsedTime(start).TotalSeconds;
        }
    }
}
