using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Watchdog.Detectors.Facts;
using Watchdog.Inventory;
using Watchdog.Telemetry;

namespace Watchdog.Tests.Sweeps;

/// <summary>A Region behind the ports, without wires: VMs, their metrics as functions of time, and what a look inside shows.</summary>
internal sealed class FakeRegion : IFleetSource, IMetricSource, IGuestProbe
{
    private int _commands;

    public List<ListedVm> Vms { get; } = [];
    public List<ListedStatus> Statuses { get; } = [];
    /// <summary>A metric's point for the period that begins at the instant; null is absent.</summary>
    public Func<string, Metric, DateTimeOffset, float?> Point { get; set; } = (_, _, _) => null;
    /// <summary>Ids whose presence in a metric call makes it fail.</summary>
    public HashSet<string> Poisoned { get; } = [];
    /// <summary>What happens while metrics are read.</summary>
    public Action OnRead { get; set; } = () => { };
    public Dictionary<string, AgentState> Agents { get; } = [];
    /// <summary>Last pings by VM; unknown for the others.</summary>
    public Dictionary<string, DateTimeOffset> Pings { get; } = [];
    /// <summary>Output of the inspection document by VM; a VM without one never answers.</summary>
    public Dictionary<string, string> Guests { get; } = [];
    public Dictionary<string, string> Consoles { get; } = [];
    public ConcurrentQueue<(string[] Ids, Metric[] Metrics, int Points)> MetricCalls { get; } = new();
    public ConcurrentQueue<string> Sent { get; } = new();

    public static ListedVm Vm(string id, DateTimeOffset launch, string type = "m5.large", int vcpus = 2, string state = "running") => new(
        id, state, null, null, type, vcpus, "ami-1", "eu-test-1a", "vpc-1", "subnet-1", launch, "10.0.0.1", null, null, "ebs", null,
        new Dictionary<string, string> { ["watchdog:managed"] = "true", ["watchdog:owner"] = $"owner-{id}" }, []);

    public async IAsyncEnumerable<IReadOnlyList<ListedVm>> ListAsync(Scope scope, [EnumeratorCancellation] CancellationToken ct)
    {
        await Task.Yield();
        yield return Vms;
    }

    public Task<IReadOnlyList<ListedStatus>> ListStatusAsync(Scope scope, CancellationToken ct) => Task.FromResult<IReadOnlyList<ListedStatus>>([.. Statuses]);

    public Task<IReadOnlyList<MetricBatch>> ReadAsync(
        Scope scope, IReadOnlyList<string> instanceIds, IReadOnlyList<Metric> metrics, DateTimeOffset start, DateTimeOffset end, int periodSeconds, CancellationToken ct)
    {
        MetricCalls.Enqueue(([.. instanceIds], [.. metrics], (int)((end - start).TotalSeconds / periodSeconds)));
        OnRead();
        if (instanceIds.Any(Poisoned.Contains))
        {
            throw new InvalidOperationException("CloudWatch answered garbage");
        }

        var points = (int)((end - start).TotalSeconds / periodSeconds);
        List<MetricBatch> batches = [];
        foreach (var metric in metrics)
        {
            var batch = new MetricBatch([.. instanceIds], metric, start, periodSeconds, points);
            for (var row = 0; row < instanceIds.Count; row++)
            {
                batch.Answered[row] = true;
                for (var i = 0; i < points; i++)
                {
                    batch.Row(row)[i] = Point(instanceIds[row], metric, start.AddSeconds((double)i * periodSeconds)) ?? float.NaN;
                }
            }

            batches.Add(batch);
        }

        return Task.FromResult<IReadOnlyList<MetricBatch>>(batches);
    }

    public Task<IReadOnlyDictionary<string, AgentStatus>> AgentsAsync(Scope scope, IReadOnlyList<string> instanceIds, CancellationToken ct) =>
        Task.FromResult<IReadOnlyDictionary<string, AgentStatus>>(instanceIds.ToDictionary(
            id => id, id => new AgentStatus(Agents.GetValueOrDefault(id, Guests.ContainsKey(id) ? AgentState.Online : AgentState.Unmanaged),
                Pings.TryGetValue(id, out var ping) ? ping : null)));

    public Task<IReadOnlyDictionary<string, SentCommand>> SendAsync(Scope scope, IReadOnlyList<string> instanceIds, string comment, CancellationToken ct)
    {
        foreach (var id in instanceIds)
        {
            Sent.Enqueue(id);
        }

        var command = $"command-{Interlocked.Increment(ref _commands)}";
        return Task.FromResult<IReadOnlyDictionary<string, SentCommand>>(instanceIds.ToDictionary(id => id, _ => new SentCommand(command, null)));
    }

    public Task<Invocation> ReadAsync(Scope scope, string commandId, string instanceId, CancellationToken ct) => Task.FromResult(
        Guests.TryGetValue(instanceId, out var output) ? new Invocation(InvocationState.Done, output, null) : new Invocation(InvocationState.Pending, null, null));

    public Task<string?> ConsoleAsync(Scope scope, string instanceId, CancellationToken ct) => Task.FromResult(Consoles.GetValueOrDefault(instanceId));

    /// <summary>Makes the VM's instance check fail since the instant.</summary>
    public void Impair(string id, DateTimeOffset since) =>
        Statuses.Add(new ListedStatus(id, new StatusFacts(CheckState.Impaired, CheckState.Ok, CheckState.Ok, since), []));
}
