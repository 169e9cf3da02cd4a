using System.Collections.Concurrent;
using Watchdog.Scheduling;

namespace Watchdog.Tests.Scheduling;

/// <summary>Job bodies that note who ran what, and whether two ever ran at once under one key.</summary>
internal sealed class RecordedBodies
{
    private readonly ConcurrentDictionary<string, int> running = new();
    private readonly TaskCompletionSource seenEnough = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly int keys;
    private readonly int times;

    /// <param name="keys">How many keys there are.</param>
    /// <param name="times">Runs of each key until <see cref="SeenEnough"/>.</param>
    public RecordedBodies(int keys, int times) => (this.keys, this.times) = (keys, times);

    public ConcurrentDictionary<string, ConcurrentQueue<string>> Runs { get; } = new();

    public ConcurrentQueue<string> Overlaps { get; } = new();

    public Task SeenEnough => seenEnough.Task;

    public JobBodies On(string node) => new(
        (scope, _) => RunAsync(node, $"inventory:{scope}"),
        (shards, _) => RunAsync(node, $"shard:{Assert.Single(shards)}"),
        (scope, _) => RunAsync(node, $"actuator:{scope}"),
        _ => RunAsync(node, "audit"),
        _ => RunAsync(node, "slo"),
        (shards, _) => RunAsync(node, $"idle:{Assert.Single(shards)}"),
        (shards, _) => RunAsync(node, $"schedule:{Assert.Single(shards)}"));

    private async Task RunAsync(string node, string key)
    {
        if (running.AddOrUpdate(key, 1, (_, n) => n + 1) > 1)
        {
            Overlaps.Enqueue(key);
        }

        // One job outlasts its period: its next firing must wait for it, also on the other worker.
        await (key == "shard:7" ? Task.Delay(TimeSpan.FromSeconds(3), TimeProvider.System) : Task.CompletedTask);
        running.AddOrUpdate(key, 0, (_, n) => n - 1);
        var runs = Runs.GetOrAdd(key, _ => new ConcurrentQueue<string>());
        runs.Enqueue(node);
        if (Runs.Count == keys && Runs.Values.All(r => r.Count >= times))
        {
            seenEnough.TrySetResult();
        }

        if (runs.Count == 1)
        {
            throw new InvalidOperationException("the first run of each key fails, and the next must come all the same");
        }
    }
}
