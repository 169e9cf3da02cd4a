using Watchdog.Storage.Nodes;

namespace Watchdog.Alerts.Conditions;

/// <summary>Workers that ended without a good-bye and did not come back.</summary>
public sealed class WorkerConditions(NodeBook nodes, Storage.DatabaseClock clock) : IConditionSource
{
    // By then others have had its work for long, and whoever was told has looked.
    private static readonly TimeSpan Remembered = TimeSpan.FromHours(1);

    /// <inheritdoc/>
    public IReadOnlyList<string> Kinds => [IncidentKinds.Worker];

    /// <inheritdoc/>
    public async Task<IReadOnlyList<Condition>> ReadAsync(CancellationToken ct) => Of([.. (await nodes.ReadAsync(ct)).Select(one => (one.Node, one.State))], await clock.NowAsync(ct));

    /// <summary>The workers that are lost: gone, without a good-bye, and none began on their host after them. Pure.</summary>
    public static IReadOnlyList<Condition> Of(IReadOnlyList<(NodeLine Node, NodeState State)> all, DateTimeOffset now) =>
    [
        .. from one in all
           where one.State == NodeState.Gone && one.Node.StoppedAt is null && now - one.Node.SeenAt < Remembered
             && !all.Any(other => other.Node.Host == one.Node.Host && other.Node.StartedAt > one.Node.StartedAt)
           select new Condition(new(IncidentKinds.Worker, one.Node.Name, IncidentKey.Cluster), Severity.Warning,
               new(Sentence: FormattableString.Invariant($"worker {one.Node.Name} on {one.Node.Host} gave its last sign of life at {one.Node.SeenAt.UtcDateTime:yyyy-MM-dd HH:mm:ss}Z"))),
    ];
}
