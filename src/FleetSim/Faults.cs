using System.Collections.Concurrent;
using Watchdog.FleetSim.Failing;

namespace Watchdog.FleetSim;

/// <summary>
/// Switchable faults of the simulated Region. Shares are of all requests that <see cref="Applies"/> selects, 0 to 1, drawn from
/// <see cref="Seed"/> and the request's number, so the same requests in the same order fail the same way. Every member may be set
/// while the Region serves.
/// </summary>
public sealed class Faults
{
    private readonly ConcurrentDictionary<string, ConcurrentQueue<FaultKind>> _scripted = new(StringComparer.Ordinal);

    /// <summary>Chooses which requests fail.</summary>
    public ulong Seed { get; set; } = 1;

    /// <summary>Selects by <c>service:Action</c> which requests the shares are of; null for all.</summary>
    public Func<string, bool>? Applies { get; set; }

    /// <summary>Answered with the service's throttling error, whatever the buckets say.</summary>
    public double ThrottleShare { get; set; }

    /// <summary>Answered with HTTP 500 before anything is done.</summary>
    public double ServerErrorShare { get; set; }

    /// <summary>Answered with HTTP 503 before anything is done.</summary>
    public double UnavailableShare { get; set; }

    /// <summary>Connection cut before anything is done.</summary>
    public double DropShare { get; set; }

    /// <summary>Connection cut after the request took effect.</summary>
    public double LateDropShare { get; set; }

    /// <summary>Answered only after <see cref="HangFor"/>.</summary>
    public double HangShare { get; set; }

    /// <summary>Length of a hang, wall time, at most five minutes.</summary>
    public TimeSpan HangFor { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Body cut in the middle, connection closed.</summary>
    public double TruncateShare { get; set; }

    /// <summary>HTTP 200 with a body that is no XML and no JSON.</summary>
    public double GarbageShare { get; set; }

    /// <summary>Share of series in a GetMetricData answer that come with StatusCode PartialData and half of their points.</summary>
    public double PartialDataShare { get; set; }

    /// <summary>Share of metric points that were never published.</summary>
    public double MissingPointShare { get; set; }

    /// <summary>Share of StartInstances calls that meet InsufficientInstanceCapacity.</summary>
    public double NoCapacityShare { get; set; }

    /// <summary>Share of hibernations that are refused although the VM was launched for it (UnsupportedOperation).</summary>
    public double NoHibernationShare { get; set; }

    /// <summary>What the Region has announced for a VM, by instance id; listed with its status checks until it is taken out.</summary>
    public ConcurrentDictionary<string, Announcement> Announced { get; } = new(StringComparer.Ordinal);

    /// <summary>Actions the credentials may not use: <c>ec2:StopInstances</c>, <c>ssm:SendCommand</c>, ...</summary>
    public ConcurrentDictionary<string, bool> DeniedActions { get; } = new(StringComparer.Ordinal);

    /// <summary>
    /// Awaited when a request has arrived, before anything is done: here a drill kills or pauses whoever sent it. What it returns is done to
    /// the request (<see cref="FaultKind.LateDrop"/> drops the answer of what took effect); <see cref="FaultKind.None"/> leaves it to the
    /// other members. Null, the default, costs nothing.
    /// </summary>
    public Func<RequestSeen, ValueTask<FaultKind>>? Before { get; set; }

    /// <summary>Awaited after a request took effect (or was refused) and before it is answered. Null, the default, costs nothing.</summary>
    public Func<RequestSeen, ValueTask>? After { get; set; }

    /// <summary>The next <paramref name="times"/> requests of the action fail in this way, before any share is drawn.</summary>
    /// <param name="action"><c>service:Action</c>.</param>
    /// <param name="kind">How.</param>
    /// <param name="times">How often, from now on.</param>
    public void FailNext(string action, FaultKind kind, int times = 1)
    {
        var queue = _scripted.GetOrAdd(action, _ => new());
        for (var i = 0; i < times; i++)
            queue.Enqueue(kind);
    }

    internal FaultKind TakeScripted(string action) =>
        _scripted.TryGetValue(action, out var queue) && queue.TryDequeue(out var kind) ? kind : FaultKind.None;
}
