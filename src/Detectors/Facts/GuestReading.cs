namespace Watchdog.Detectors.Facts;

/// <summary>Whether a look inside the guest was had.</summary>
public enum GuestState
{
    /// <summary>Nobody asked.</summary>
    NotAsked,
    /// <summary>The agent ran the document and gave a snapshot.</summary>
    Read,
    /// <summary>SSM says that the agent's connection is lost.</summary>
    AgentLost,
    /// <summary>The agent pings, but the command did not end in time.</summary>
    TimedOut,
}

/// <summary>A look inside the guest, or the name of why there is none.</summary>
/// <param name="State">What came of it.</param>
/// <param name="Snapshot">The newest snapshot; null unless <see cref="GuestState.Read"/>.</param>
/// <param name="Earlier">A snapshot of the same suspicion taken 5 to 10 minutes before; null when there is none.</param>
/// <param name="LostSince">Last ping of a lost agent; null otherwise or unknown.</param>
public sealed record GuestReading(GuestState State, GuestSnapshot? Snapshot = null, GuestSnapshot? Earlier = null, DateTimeOffset? LostSince = null)
{
    /// <summary>Nobody asked.</summary>
    public static readonly GuestReading NotAsked = new(GuestState.NotAsked);
    /// <summary>Asked, and no answer in time.</summary>
    public static readonly GuestReading TimedOut = new(GuestState.TimedOut);
    /// <summary>SSM's ConnectionLost, with the last ping.</summary>
    public static GuestReading AgentLost(DateTimeOffset? since) => new(GuestState.AgentLost, LostSince: since);
    /// <summary>A snapshot was had.</summary>
    public static GuestReading Of(GuestSnapshot snapshot, GuestSnapshot? earlier = null) => new(GuestState.Read, snapshot, earlier);
}

/// <summary>The serial console's tail.</summary>
/// <param name="Tail">The last lines, decoded; null when absent. Hostile text: matched, never executed.</param>
/// <param name="At">When AWS says that the text was captured; null when unknown.</param>
public sealed record ConsoleReading(string? Tail, DateTimeOffset? At)
{
    /// <summary>Not asked, or AWS had none.</summary>
    public static readonly ConsoleReading Absent = new(null, null);
}
