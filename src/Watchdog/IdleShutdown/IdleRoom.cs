using Watchdog.Inventory;

namespace Watchdog.IdleShutdown;

/// <summary>
/// How many looks inside a run may have. Inspections of suspects live on the same SSM rates and go first: nobody waits for an idle look, since a run
/// begins and reads no more than the part of those rates that is meant for it.
/// </summary>
public static class IdleRoom
{
    /// <summary>A run's part of a pass over all shards; one at least.</summary>
    /// <param name="looksAPass"><see cref="IdleShutdownOptions.LooksAPass"/>.</param>
    /// <param name="shards">Shards of the run.</param>
    public static int Of(int looksAPass, int shards) => Math.Max(1, looksAPass * shards / Shard.Count);

    /// <summary>New looks beside those whose answers are on their way: what is asked now is read in the next run.</summary>
    public static int New(int room, int waiting) => Math.Max(0, room - waiting);
}
