using Watchdog.Inventory;
using Watchdog.Telemetry;

namespace Watchdog.Tests.Enforcement;

/// <summary>A CloudWatch that knows two numbers for each VM and period: CPU, and one for all other metrics, which are traffic.</summary>
internal sealed class FakeMetrics : IMetricSource
{
    /// <summary>NetworkOut of a VM in the period that begins at an instant, bytes; NaN is absent. At rest by default.</summary>
    public Func<string, DateTimeOffset, float> Out { get; set; } = (_, _) => 5_000;
    /// <summary>CPU of a VM in the period that begins at an instant, percent. At rest by default.</summary>
    public Func<string, DateTimeOffset, float> Cpu { get; set; } = (_, _) => 1;
    /// <summary>Whether CloudWatch answers at all.</summary>
    public bool Answers { get; set; } = true;
    /// <summary>Metrics asked for so far, one a VM: what CloudWatch bills.</summary>
    public int Billed { get; private set; }

    public Task<IReadOnlyList<MetricBatch>> ReadAsync(
        Scope scope, IReadOnlyList<string> instanceIds, IReadOnlyList<Metric> metrics, DateTimeOffset start, DateTimeOffset end, int periodSeconds,
        CancellationToken ct)
    {
        List<MetricBatch> batches = [];
        Billed += metrics.Count * instanceIds.Count;
        foreach (var metric in metrics)
        {
            var batch = new MetricBatch(instanceIds, metric, start, periodSeconds, (int)((end - start).TotalSeconds / periodSeconds));
            var value = metric == Metric.CPUUtilization ? Cpu : Out;
            for (var row = 0; row < instanceIds.Count; row++)
            {
                batch.Answered[row] = Answers;
                for (var i = 0; i < batch.Points && Answers; i++)
                {
                    batch.Row(row)[i] = value(instanceIds[row], start.AddSeconds((double)i * periodSeconds));
                }
            }

            batches.Add(batch);
        }

        return Task.FromResult<IReadOnlyList<MetricBatch>>(batches);
    }
}

/// <summary>Guests without an agent, unless a test gives them a voice.</summary>
internal sealed class FakeGuests : IGuestProbe
{
    /// <summary>What a guest's inspection prints; null while it has not answered. No agent takes a command while this is null.</summary>
    public Func<string, string?>? Says { get; set; }
    /// <summary>What single commands printed, by their ids; null while one has not answered.</summary>
    public Dictionary<string, string?> Heard { get; } = [];
    /// <summary>The console's text.</summary>
    public string? Console { get; set; }
    /// <summary>When agents took their commands, as AWS says; null: it does not say.</summary>
    public Func<DateTimeOffset?>? TookAt { get; set; }
    /// <summary>Called before each look; may throw.</summary>
    public Action? Before { get; set; }

    public Task<IReadOnlyDictionary<string, AgentStatus>> AgentsAsync(Scope scope, IReadOnlyList<string> instanceIds, CancellationToken ct) =>
        Task.FromResult<IReadOnlyDictionary<string, AgentStatus>>(instanceIds.ToDictionary(
            id => id, _ => new AgentStatus(Says is null ? AgentState.Unmanaged : AgentState.Online, null)));

    public Task<IReadOnlyDictionary<string, SentCommand>> SendAsync(Scope scope, IReadOnlyList<string> instanceIds, string comment, CancellationToken ct)
    {
        Before?.Invoke();
        return Task.FromResult<IReadOnlyDictionary<string, SentCommand>>(instanceIds.ToDictionary(
            id => id, id => Says is null ? new SentCommand(null, "not managed") : new SentCommand($"command-{id}", null)));
    }

    public Task<Invocation> ReadAsync(Scope scope, string commandId, string instanceId, CancellationToken ct) => Task.FromResult(
        (Heard.TryGetValue(commandId, out var heard) ? heard : Says?.Invoke(instanceId)) is { } text ? new Invocation(InvocationState.Done, text, null, TookAt?.Invoke()) : new Invocation(InvocationState.Pending, null, null));

    public Task<string?> ConsoleAsync(Scope scope, string instanceId, CancellationToken ct)
    {
        Before?.Invoke();
        return Task.FromResult(Console);
    }
}
