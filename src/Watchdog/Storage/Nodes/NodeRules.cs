namespace Watchdog.Storage.Nodes;

/// <summary>Whether a worker is there.</summary>
public enum NodeState
{
    /// <summary>It told so lately.</summary>
    Alive,
    /// <summary>It missed a few signs of life: busy, paused, or cut off from the database.</summary>
    Late,
    /// <summary>It said good-bye, or has been silent for so long that others have its work.</summary>
    Gone,
}

/// <summary>One worker, as its row says.</summary>
/// <param name="Name">The owner of its leases.</param>
/// <param name="Program">Its version.</param>
/// <param name="Schema">The newest migration that it knows.</param>
/// <param name="SeenAt">Its last sign of life, by the database server's clock.</param>
/// <param name="StoppedAt">When it said good-bye; null: it did not.</param>
/// <param name="Skew">How far its clock lies ahead of the database server's.</param>
/// <param name="Jobs">Jobs that it runs just now.</param>
/// <param name="Leased">Tokens of AWS's rates that it leased since it started.</param>
/// <param name="Shards">Shards whose last sweep was its own.</param>
/// <param name="Leases">Other leases that it took last.</param>
public sealed record NodeLine(
    string Name, string Host, int Process, DateTimeOffset StartedAt, string Program, int Schema, DateTimeOffset SeenAt, DateTimeOffset? StoppedAt,
    TimeSpan Skew, int Jobs, long Leased, long Shards, long Leases);

/// <summary>What is said of a worker. Pure.</summary>
public static class NodeRules
{
    /// <summary>Between two signs of life.</summary>
    public static readonly TimeSpan Beat = TimeSpan.FromSeconds(5);

    /// <summary>Clocks further apart than this are told: Quartz fires by them.</summary>
    public static readonly TimeSpan MostSkew = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan Late = 3 * Beat;
    private static readonly TimeSpan Gone = TimeSpan.FromMinutes(1);

    /// <summary>The state and its reason.</summary>
    /// <param name="now">The database server's time.</param>
    public static (NodeState State, string Reason) Judge(NodeLine node, DateTimeOffset now)
    {
        var silent = now - node.SeenAt;
        var told = silent >= Late ? $"silent for {silent.TotalSeconds:F0} s"
            : node.Skew.Duration() > MostSkew
                ? $"its clock is {node.Skew.Duration().TotalSeconds:F1} s {(node.Skew < TimeSpan.Zero ? "behind" : "ahead of")} the database server's: set it by NTP"
            : "at work";
        return node.StoppedAt is not null ? (NodeState.Gone, "stopped")
            : (silent >= Gone ? NodeState.Gone : silent >= Late ? NodeState.Late : NodeState.Alive, told);
    }
}
